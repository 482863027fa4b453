/** Holds the values of an operation against its row of the catalogue, before anything is sent. Pure. */
import type {
	FieldRule,
	FieldRules,
	OperationRow,
	TextRule,
} from '../../catalogue/operations/types';
import { linkProblem } from '../../media/links';
import { isMedia, type Draft } from '../../media/input';
import { rangeText } from './case';
import { checkChoices } from './fields';
import { capitalised, mediaProblem } from './media';
import { checkRest } from './text';

export type Values = Readonly<Record<string, unknown>>;

/** How the user knows a field; `fields` are those of its rows. */
export interface Labelled {
	readonly key: string;
	readonly label: string;
	readonly fields?: readonly Labelled[];
}

export interface OperationCase {
	readonly row: OperationRow;
	/** Operation, model and provider, as messages name them. */
	readonly who: string;
	/** By the names of the fields; what is not given is undefined. */
	readonly values: Values;
	/** Options that operations share, those that are set. */
	readonly options: Partial<Draft>;
	/** Of the fields and of the options. */
	readonly labels: readonly Labelled[];
	/** Where the provider is. */
	readonly baseUrl?: string;
}

/** The sentences that stop the item; empty when it may be sent. */
export function checkOperation({
	row,
	who,
	values,
	options,
	labels,
	baseUrl = '',
}: OperationCase): string[] {
	const problems = checkFieldsOf(row.fields, values, labels, { who, whose: '', baseUrl });
	const nameOf = (key: string) => `"${labels.find((label) => label.key === key)?.label ?? key}"`;
	const given = (keys: readonly string[]) => keys.filter((key) => !isEmpty(values[key]));
	for (const group of row.oneOf ?? []) {
		const count = given(group).length;
		if (count === 1) continue;
		const [names, state] = [group.map(nameOf).join(' and '), count === 0 ? 'empty' : 'set'];
		problems.push(`${names} are both ${state}, but ${who} needs just one of them`);
	}
	if (row.someOf !== undefined && given(row.someOf).length === 0) {
		problems.push(`${who} needs at least one of ${row.someOf.map(nameOf).join(', ')}`);
	}
	for (const [key, value] of Object.entries(options)) {
		const known: readonly string[] = row.options;
		if (value !== false && !known.includes(key)) {
			problems.push(`${nameOf(key)} is set, but ${who} has no such field`);
		}
	}
	checkChoices({ draft: options, problems });
	checkRest({ draft: options, problems, hints: [], baseUrl });
	return problems;
}

function isEmpty(value: unknown): boolean {
	return value === undefined || (Array.isArray(value) && value.length === 0);
}

interface Whose {
	readonly who: string;
	/** Names the row of a list, such as ` of key frame 2`. */
	readonly whose: string;
	readonly baseUrl: string;
}

function checkFieldsOf(
	rules: FieldRules,
	values: Values,
	labels: readonly Labelled[],
	{ who, whose, baseUrl }: Whose,
): string[] {
	return Object.entries(rules).flatMap(([key, rule]) => {
		const { label = key, fields = [] } = labels.find((known) => known.key === key) ?? {};
		const name = `"${label}"${whose}`;
		const value = values[key];
		const { onlyWith } = rule;
		if (isEmpty(value)) {
			const min = 'min' in rule && (rule.kind === 'images' || rule.kind === 'list') ? rule.min : 0;
			if (rule.required) return [`${name} is empty, but ${who} needs it`];
			return min > 0 ? [`${name} holds 0, but ${who} takes ${countText(rule)}`] : [];
		}
		if (onlyWith !== undefined && values[onlyWith.field] !== onlyWith.value) {
			return [`${name} is set, but ${who} has it only with ${onlyWith.field} ${onlyWith.value}`];
		}
		if (rule.kind === 'list') {
			const rows = value as readonly Values[];
			const singular = label.replace(/s$/, '').toLowerCase();
			return [
				...countProblem(rule, rows.length, values, name, who),
				...rows.flatMap((row, index) => {
					const which = ` of ${singular} ${index + 1}`;
					return [
						...checkFieldsOf(rule.of, row, fields, { who, whose: which, baseUrl }),
						...spanProblem(rule, row, values, which),
					];
				}),
			];
		}
		if (rule.kind === 'image' || rule.kind === 'images') {
			const images = [value].flat().filter(isMedia);
			return [
				...countProblem(rule, images.length, values, name, who),
				...images.flatMap((image) => {
					const problem = mediaProblem(image, 'limits' in rule ? rule.limits : undefined, baseUrl);
					return problem === null ? [] : [`${capitalised(image.label)} ${problem}`];
				}),
			];
		}
		const problem = valueProblem(rule, value, who, baseUrl);
		return problem === null ? [] : [`${name} ${problem}`];
	});
}

/** What is wrong with a value, as the end of a sentence that begins with its name. */
function valueProblem(
	rule: FieldRule,
	value: unknown,
	who: string,
	baseUrl: string,
): string | null {
	switch (rule.kind) {
		case 'text':
			return textProblem(rule, String(value), who);
		case 'number': {
			const { min, max, whole } = rule;
			const fits = typeof value === 'number' && value >= min && value <= max;
			if (fits && !(whole && !Number.isInteger(value))) return null;
			return `is ${String(value)}, but ${who} takes ${whole ? 'whole numbers from ' : ''}${min} to ${max}`;
		}
		case 'choice':
		case 'choices': {
			const wrong = [value].flat().find((one) => !rule.values.includes(String(one)));
			return wrong === undefined
				? null
				: `is ${String(wrong)}, but ${who} takes ${rule.values.join(', ')}`;
		}
		case 'url': {
			const urls = [value].flat().map(String);
			const max = rule.max ?? 1;
			if (urls.length > max) return `holds ${urls.length}, but ${who} takes ${max}`;
			return (
				urls.map((url) => linkProblem(url, baseUrl)).find((problem) => problem !== null) ?? null
			);
		}
		default:
			return null;
	}
}

function textProblem(
	{ min = 0, max = Infinity, wide, spoken, form }: TextRule,
	text: string,
	who: string,
): string | null {
	const chinese = wide ? (text.match(/\p{Script=Han}/gu)?.length ?? 0) : 0;
	const length = [...text].length + chinese;
	if (length < min || length > max) {
		const counted = chinese > 0 ? ' (a Chinese one counts as two)' : '';
		const range = min > 0 ? `${min} to ${max}` : `at most ${max}`;
		return `has ${length} characters${counted}, but ${who} takes ${range}`;
	}
	if (form !== undefined && !form.pattern.test(text))
		return `is "${text}", but must be ${form.words}`;
	return spoken ? pauseProblem(text) : null;
}

/** "<#x#>, x from 0.01 to 99.99 seconds with at most two decimals, between two texts that are spoken." */
function pauseProblem(text: string): string | null {
	const [first = '', ...rest] = text.split('<#');
	if (rest.length === 0) return null;
	const parts = rest.map((part) => part.split('#>'));
	const fine = parts.every(
		([seconds = '', spoken = '']) =>
			/^\d{1,2}(\.\d{1,2})?$/.test(seconds) && Number(seconds) > 0 && spoken.trim() !== '',
	);
	return fine && first.trim() !== ''
		? null
		: 'has a pause that is not like <#0.5#>: 0.01 to 99.99 seconds, between two spoken texts';
}

function countProblem(
	rule: FieldRule,
	count: number,
	values: Values,
	name: string,
	who: string,
): string[] {
	const more = rule.kind === 'images' ? rule.moreWith : undefined;
	const needs = more !== undefined && values[more.field] === more.value ? more.min : 0;
	if (count < needs) return [`${name} holds ${count}, but ${more?.value} needs at least ${needs}`];
	const { min, max } = countsOf(rule);
	return count < min || count > max
		? [`${name} holds ${count}, but ${who} takes ${countText(rule)}`]
		: [];
}

function countsOf(rule: FieldRule): { min: number; max: number } {
	return rule.kind === 'images' || rule.kind === 'list' ? rule : { min: 0, max: 1 };
}

function countText(rule: FieldRule): string {
	const { min, max } = countsOf(rule);
	return max === Infinity ? `at least ${min}` : rangeText(min, max);
}

function spanProblem(rule: FieldRule, row: Values, values: Values, whose: string): string[] {
	if (rule.kind !== 'list' || rule.span === undefined) return [];
	const [from, to, end] = [row[rule.span.from], row[rule.span.to], values[rule.span.end]].map(
		Number,
	);
	if (from === undefined || to === undefined || end === undefined || (from < to && to <= end))
		return [];
	return [
		`The time${whose} is ${from} to ${to} s, but must lie within 0 to ${end} s, its start before its end`,
	];
}
