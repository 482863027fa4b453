/**
 * Validates a request against the catalogue's row, before anything is sent. Pure.
 *
 * Rule that must not regress: nothing is clamped or truncated. A value that the model does not accept
 * is a problem that names the field, the value, the model, the provider and what is allowed. A field
 * that a model accepts without effect is omitted, with a hint.
 */
import { defaultAt, describeModel, kindName, labelOf, rulesOf } from '../../catalogue';
import { entriesOf, type FieldName, type Rule, type Rules } from '../../catalogue/rules';
import type { Row } from '../../catalogue/types';
import type { Draft } from '../../media/input';
import { rowName, type Case } from './case';
import { checkImages } from './media';
import { checkSubjects } from './subjects';
import { countText, emptyProblem, entries, valueProblem } from './values';

export interface Checked {
	/** The given values, with the model's defaults and without ineffective fields. */
	readonly values: Draft;
	/** Sentences; empty if the request may be sent. */
	readonly problems: readonly string[];
	/** Sentences for the user that do not stop the item. */
	readonly hints: readonly string[];
}

type Fields = Partial<Record<FieldName, unknown>>;

/** Checks the request of one item. `providerName` as shown to the user; `baseUrl` of the provider. */
export function check(row: Row, given: Draft, providerName: string, baseUrl = ''): Checked {
	const values = filledIn(row.fields, given);
	const of = kindName(row.kind);
	const who =
		row.model === null
			? `${providerName} (${of})`
			: `${describeModel(row.model).name} (${providerName}, ${of})`;
	const checked: Case = {
		row,
		who,
		baseUrl,
		values: values as Draft,
		problems: [],
		hints: [],
	};
	checkFields(checked, row.fields, values);
	checkGroups(checked);
	checkTogether(checked);
	return checked;
}

/** A copy with the defaults of what is not given, except for options; the same for the rows of lists. */
function filledIn(rules: Rules, given: Fields): Fields {
	const values = { ...given };
	for (const [name, rule] of entriesOf(rules)) {
		const value = values[name];
		if (rule.kind === 'list' && Array.isArray(value))
			values[name] = value.map((row: Fields) => filledIn(rule.of, row));
		if (value !== undefined || rule.option || !('default' in rule)) continue;
		const { duration } = values as Draft;
		values[name] =
			rule.kind === 'choice' ? defaultAt<string | number>(rule, duration) : rule.default;
	}
	return values;
}

/** Checks every field of a request, or of a row in a list, which `whose` names. */
function checkFields(checked: Case, rules: Rules, values: Fields, whose = ''): void {
	const { problems, who } = checked;
	for (const name of new Set([...Object.keys(rules), ...Object.keys(values)]) as Set<FieldName>) {
		const rule = rules[name];
		const value = values[name];
		const label = `"${labelOf(name, rule ?? rulesOf(checked.row.kind)[name])}"${whose}`;
		if (isEmpty(value)) {
			if (rule?.required || ((rule?.kind === 'images' || rule?.kind === 'list') && rule.min > 0))
				problems.push(emptyProblem(name, rule, label, whose, who));
		} else if (rule === undefined) {
			checkAbsent(checked, name, value, label);
			delete values[name];
		} else if (isIneffective(checked, name, rule, value, label)) {
			delete values[name];
		} else {
			checkValue(checked, name, rule, value, label, values);
		}
	}
}

function isEmpty(value: unknown): boolean {
	return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

/** Whether a value requests nothing, so that the field need not exist. */
function asksNothing(name: FieldName, value: unknown): boolean {
	return value === false || (name === 'movementAmplitude' && value === 'auto');
}

/** What the model cannot do, if that says more than that it does not have the field. */
const LACKING: Partial<Record<FieldName, string>> = {
	audio: 'does not make audio',
	offPeak: 'cannot run off-peak',
	videos: 'does not accept videos',
};

/** A field that the model, or the provider, does not have. */
function checkAbsent(
	{ row, who, problems, hints }: Case,
	name: FieldName,
	value: unknown,
	label: string,
): void {
	if (asksNothing(name, value)) return;
	const usual = rulesOf(row.kind)[name];
	// The node shows Vidu's fields, whose default a user cannot remove.
	if (usual?.kind === 'choice' && !usual.option && value === usual.default) {
		hints.push(`${label} was ignored: ${who} does not have this field`);
		return;
	}
	let state = 'is set';
	if (value === true) state = 'is on';
	else if (usual?.kind === 'choice') state = `is ${String(value)}`;
	else if (usual?.kind === 'urls') state = 'are set';
	problems.push(`${label} ${state}, but ${who} ${LACKING[name] ?? 'does not have this field'}`);
}

/** Whether to omit a field because it has no effect; adds a hint. */
function isIneffective(
	{ row, values, hints }: Case,
	name: FieldName,
	rule: Rule,
	value: unknown,
	label: string,
): boolean {
	if (rule.noEffect) {
		if (!asksNothing(name, value))
			hints.push(`${label} was ignored: it has no effect with ${modelName(row)}`);
		return true;
	}
	if (rule.needsAudio && values.audio !== true) {
		hints.push(`${label} was ignored: it only has an effect with "Audio" on`);
		return true;
	}
	return false;
}

function checkValue(
	checked: Case,
	name: FieldName,
	rule: Rule,
	value: unknown,
	label: string,
	siblings: Fields,
): void {
	const { row, who, baseUrl, values, problems, hints } = checked;
	const { onlyWith } = rule;
	if (onlyWith !== undefined && siblings[onlyWith.field] !== onlyWith.value) {
		problems.push(
			`${label} is set, but ${who} has it only with the ${onlyWith.field} ${onlyWith.value}`,
		);
	} else if (rule.kind === 'list') {
		checkRows(checked, name, value as readonly Draft[], rule, label);
	} else if (rule.kind === 'image' || rule.kind === 'images') {
		checkImages(checked, rule, value, label, siblings as Draft);
	} else {
		const problem = valueProblem(rule, value, { who, baseUrl, values });
		if (problem !== null) problems.push(`${label} ${problem}`);
	}
	const hint = hintOn(rule, value, row, values);
	if (hint !== null) hints.push(hint.replace('$', label));
}

/** A sentence about a value that is accepted, with `$` for the field. */
function hintOn(rule: Rule, value: unknown, row: Row, { duration }: Draft): string | null {
	if (rule.kind === 'choice' && (rule.disputed as readonly unknown[] | undefined)?.includes(value))
		return `Some documents allow the aspect ratio ${String(value)} for ${modelName(row)}, but the current one does not`;
	if (rule.kind === 'switch' && value === true && rule.notAt?.includes(duration ?? NaN))
		return `$ has no effect with ${modelName(row)} at ${duration} s`;
	if (rule.kind !== 'text' || rule.hintAbove === undefined) return null;
	const length = [...String(value)].length;
	return length > rule.hintAbove && length <= (rule.max ?? Infinity)
		? `$ has ${length} characters; one document of the provider allows ${rule.hintAbove} only`
		: null;
}

function modelName({ model }: Row): string {
	return describeModel(model ?? '').name;
}

/** The number of rows in a list, and the fields of each. */
function checkRows(
	checked: Case,
	name: FieldName,
	rows: readonly Draft[],
	rule: Extract<Rule, { kind: 'list' }>,
	label: string,
): void {
	const { who, values, problems } = checked;
	if (rows.length < rule.min || rows.length > rule.max)
		problems.push(`${label} has ${entries(rows.length)}, but ${who} accepts ${countText(rule)}`);
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
	if (rule.subjects !== undefined) checkSubjects(checked, rows, rule.subjects);
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
		problems.push(`Fill in at least one of ${row.someOf.map(nameOf).join(', ')}`);
	}
}

/** What depends on other fields. */
function checkTogether({ row, who, values, problems, hints }: Case): void {
	const { audio = false, offPeak } = values;
	const { withAudio } = row.fields.offPeak ?? {};
	if (offPeak === true && withAudio === undefined) {
		problems.push(`"Off-Peak" is on, but ${who} ${LACKING.offPeak}`);
	} else if (offPeak === true && audio !== withAudio) {
		const rule = `can run off-peak only with "Audio" ${withAudio ? 'on' : 'off'}`;
		problems.push(`"Off-Peak" is on, but ${who} ${rule}`);
	}
	const { watermark, wmPosition, wmUrl } = values;
	if (watermark !== true && (wmPosition !== undefined || wmUrl !== undefined)) {
		hints.push('The watermark settings have no effect because "Watermark" is off');
	}
}
