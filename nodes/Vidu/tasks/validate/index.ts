/**
 * Validates a request against the catalogue's row, before anything is sent. Pure.
 *
 * Rule that must not regress: nothing is clamped or truncated. A value that the model does not accept
 * is a problem that names the field, the value, the model, the provider and what is allowed. A field
 * that a model accepts without effect is omitted, with a hint. If the user wants unknown values sent,
 * the catalogue only warns; what is not a matter of the catalogue is a problem as ever.
 */
import { defaultAt, kindName, labelOf, rulesOf } from '../../catalogue';
import { labelsOf } from '../../catalogue/labels';
import { entriesOf, type FieldName, type Rule, type Rules } from '../../catalogue/rules';
import type { Row } from '../../catalogue/types';
import type { Draft } from '../../media/input';
import { checkAbsent, isIneffective, LACKING } from './absent';
import { modelName, rowName, type Case, type Catalogue, type Field } from './case';
import { checkImages, checkRecordings } from './media';
import { checkSubjects } from './subjects';
import { countText, emptyProblem, entries, formProblem, limitProblem } from './values';

export interface Checked {
	/** The given values, with the model's defaults and without ineffective fields. */
	readonly values: Draft;
	/** Sentences; empty if the request may be sent. */
	readonly problems: readonly string[];
	/** Sentences about values that are sent although the catalogue does not allow them. */
	readonly beyond: readonly string[];
	/** Sentences for the user that do not stop the item. */
	readonly hints: readonly string[];
}

type Fields = Partial<Record<FieldName, unknown>>;

/** Checks the request of one item. `providerName` as shown to the user; `baseUrl` of the provider. */
export function check(
	row: Row,
	given: Draft,
	providerName: string,
	baseUrl = '',
	catalogue: Catalogue = row.unconfirmed ? 'advisory' : 'binding',
): Checked {
	const values = catalogue === 'silent' ? { ...given } : filledIn(row.fields, given);
	const problems: string[] = [];
	const of = kindName(row.kind);
	const who =
		row.model === null ? `${providerName} (${of})` : `${modelName(row)} (${providerName}, ${of})`;
	const checked: Case = {
		row,
		who,
		baseUrl,
		catalogue,
		values: values as Draft,
		problems,
		limits: catalogue === 'binding' ? problems : [],
		hints: [],
	};
	checkFields(checked, row.fields, values);
	checkGroups(checked);
	checkTogether(checked);
	return { ...checked, beyond: catalogue === 'advisory' ? checked.limits : [] };
}

/** A copy with the defaults of what is not given, except for options; the same for the rows of lists. */
function filledIn(rules: Rules, given: Fields): Fields {
	const values = { ...given };
	for (const [name, rule] of entriesOf(rules)) {
		const value = values[name];
		if (rule.kind === 'list' && Array.isArray(value))
			values[name] = value.map((row: Fields) => filledIn(rule.of, row));
		if (value !== undefined || !('default' in rule)) continue;
		// Vidu's documents require the type of the audio, if there is any.
		const isRequired = rule.needsAudio && !rule.noEffect && (values as Draft).audio === true;
		if (rule.option && !isRequired) continue;
		const { duration } = values as Draft;
		values[name] =
			rule.kind === 'choice' ? defaultAt<string | number>(rule, duration) : rule.default;
	}
	return values;
}

/** Checks every field of a request, or of a row in a list, which `whose` names. */
function checkFields(checked: Case, rules: Rules, values: Fields, whose = ''): void {
	for (const [name, rule] of entriesOf(rules)) checkField(checked, name, rule, values, whose);
	for (const name of Object.keys(values) as FieldName[]) {
		if (rules[name] === undefined) checkField(checked, name, undefined, values, whose);
	}
}

function checkField(
	checked: Case,
	name: FieldName,
	rule: Rule | undefined,
	values: Fields,
	whose: string,
): void {
	const value = values[name];
	const isMissing = isEmpty(value);
	if (isMissing && !isNeeded(checked, name, rule)) return;
	const label = `"${labelOf(name, rule ?? rulesOf(checked.row.kind)[name])}"${whose}`;
	if (rule === undefined) {
		if (!checkAbsent(checked, name, value, label)) delete values[name];
	} else if (isMissing) {
		checked.problems.push(emptyProblem(name, rule, label, whose, checked.who));
	} else if (isIneffective(checked, name, rule, value, label)) {
		delete values[name];
	} else {
		checkValue(checked, { name, rule, label, whose }, value, values);
	}
}

/** Whether a field must not be empty. */
function isNeeded({ values }: Case, name: FieldName, rule: Rule | undefined): boolean {
	const isWritten = name === 'prompt' && values.isRec === true;
	const isList = rule?.kind === 'images' || rule?.kind === 'list';
	return (rule?.required === true && !isWritten) || (isList && rule.min > 0);
}

function isEmpty(value: unknown): boolean {
	return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

function checkValue(checked: Case, field: Field, value: unknown, siblings: Fields): void {
	const { name, rule, label } = field;
	const { row, who, baseUrl, values, problems, limits, hints } = checked;
	const { onlyWith } = rule;
	if (onlyWith !== undefined && siblings[onlyWith.field] !== onlyWith.value) {
		limits.push(
			`${label} is set, but ${who} has it only with the ${onlyWith.field} ${onlyWith.value}`,
		);
	} else if (rule.kind === 'list') {
		checkRows(checked, name, value as readonly Draft[], rule, label);
	} else if (rule.kind === 'image' || rule.kind === 'images') {
		checkImages(checked, { ...field, rule }, value, siblings as Draft);
	} else if (rule.kind === 'recordings') {
		checkRecordings(checked, { ...field, rule }, value);
	} else {
		const about = { who, baseUrl, values };
		const [limit, form] = [limitProblem(rule, value, about), formProblem(rule, value, about)];
		if (limit !== null) limits.push(`${label} ${limit}`);
		if (form !== null) problems.push(`${label} ${form}`);
	}
	const hint = hintOn(name, rule, value, row, values);
	if (hint !== null) hints.push(hint.replace('$', label));
}

/** A sentence about a value that is accepted, with `$` for the field. */
function hintOn(
	name: FieldName,
	rule: Rule,
	value: unknown,
	row: Row,
	{ duration }: Draft,
): string | null {
	const disputed: readonly unknown[] = ('disputed' in rule && rule.disputed) || [];
	if (disputed.includes(value))
		return `Some documents allow the ${labelOf(name).toLowerCase()} ${String(value)} for ${modelName(row)}, but others do not`;
	if (rule.kind === 'switch' && value === true && rule.notAt?.includes(duration ?? NaN))
		return `$ has no effect with ${modelName(row)} at ${duration} s`;
	if (rule.kind !== 'text' || rule.hintAbove === undefined) return null;
	const length = [...String(value)].length;
	return length > rule.hintAbove && length <= (rule.max ?? Infinity)
		? `$ has ${length} characters; one document of the provider allows ${rule.hintAbove} only`
		: null;
}

/** The number of rows in a list, and the fields of each. */
function checkRows(
	checked: Case,
	name: FieldName,
	rows: readonly Draft[],
	rule: Extract<Rule, { kind: 'list' }>,
	label: string,
): void {
	const { who, values, problems, limits } = checked;
	if (rows.length < rule.min || rows.length > rule.max)
		limits.push(`${label} has ${entries(rows.length)}, but ${who} accepts ${countText(rule)}`);
	// The check may leave voices out.
	const voiced = rows.map(({ voiceId }) => !isEmpty(voiceId));
	for (const [index, row] of rows.entries()) {
		const of = rowName(name, index, row.name);
		checkFields(checked, rule.of, row, ` of ${of}`);
		const [from = 0, to = 0, end = Infinity] = [row.from, row.to, values.duration];
		if (rule.within !== undefined && !(from < to && to <= end)) {
			problems.push(
				`The time of ${of} is ${from} to ${to} s, but must be within 0 to ${end} s and start before it ends`,
			);
		}
	}
	if (rule.subjects !== undefined) checkSubjects(checked, rows, voiced, rule.subjects);
}

/** Groups of which exactly one, or at least one, field must be set. */
function checkGroups({ row, values, problems }: Case): void {
	const nameOf = (name: FieldName) => `"${labelOf(name, row.fields[name])}"`;
	const given = (names: readonly FieldName[]) => names.filter((name) => !isEmpty(values[name]));
	for (const group of row.oneOf ?? []) {
		const count = given(group).length;
		if (count === 1) continue;
		const names = group.map(nameOf).join(' and ');
		const [state, advice] = count === 0 ? ['empty', 'fill in one'] : ['set', 'leave one empty'];
		problems.push(`${names} are both ${state}: ${advice}`);
	}
	if (row.someOf !== undefined && given(row.someOf).length === 0) {
		const labels = row.someOf.flatMap((name) => labelsOf(name, row.fields[name]));
		problems.push(`Fill in at least one of ${labels.map((label) => `"${label}"`).join(', ')}`);
	}
}

/** What depends on other fields. */
function checkTogether({ row, who, values, limits, hints }: Case): void {
	const { audio = false, offPeak } = values;
	const { withAudio } = row.fields.offPeak ?? {};
	if (offPeak === true && withAudio === undefined) {
		limits.push(`"Off-Peak" is on, but ${who} ${LACKING.offPeak}`);
	} else if (offPeak === true && audio !== withAudio) {
		const rule = `can run off-peak only with "Audio" ${withAudio ? 'on' : 'off'}`;
		limits.push(`"Off-Peak" is on, but ${who} ${rule}`);
	}
	const { watermark, wmPosition, wmUrl, isRec, prompt } = values;
	if (isRec === true && !isEmpty(prompt))
		hints.push('The prompt is ignored because "Recommended Prompt" is on');
	if (watermark !== true && (wmPosition !== undefined || wmUrl !== undefined)) {
		hints.push('The watermark settings have no effect because "Watermark" is off');
	}
}
