/** What is wrong with a value, as the end of a sentence that begins with its name. Pure. */
import { labelOf, valuesAt } from '../../catalogue';
import { isSingle, mediaLabels, mediaWord, singular } from '../../catalogue/labels';
import {
	isMediaRule,
	type ChoiceRule,
	type FieldName,
	type Rule,
	type TextRule,
} from '../../catalogue/rules';
import { linkProblem, urlProblem } from '../../media/links';
import type { Draft } from '../../media/input';
import { parseBody } from '../../providers/read';

interface About {
	readonly who: string;
	readonly baseUrl: string;
	/** All values of the request. */
	readonly values: Draft;
}

/** That a field must not be empty, in terms of the node's fields; `label` and `whose` name it. */
export function emptyProblem(
	name: FieldName,
	rule: Rule,
	label: string,
	whose: string,
	who: string,
): string {
	if (isMediaRule(rule)) {
		const { urlsLabel, binariesLabel } = mediaLabels(name, rule);
		const word = mediaWord(name, isSingle(rule) || rule.kind === 'image' ? 1 : 2);
		return `No ${word}${whose}: fill in "${urlsLabel}" or "${binariesLabel}"`;
	}
	if (rule.kind !== 'list') return `${label} is empty, but ${who} needs it`;
	const rows = labelOf(name).toLowerCase();
	const least = rule.min === 1 ? `one ${singular(rows)}` : `${rule.min} ${rows}`;
	return `Add at least ${least}: ${who} accepts ${countText(rule)}`;
}

/** What of a value the catalogue does not allow; null if nothing, or if its rule is not about a single value. */
export function limitProblem(rule: Rule, value: unknown, { who, values }: About): string | null {
	switch (rule.kind) {
		case 'text':
			return lengthProblem(rule, String(value), who);
		case 'number': {
			const { min = -Infinity, max = Infinity, whole } = rule;
			const fits = typeof value === 'number' && value >= min && value <= max;
			if (fits && !(whole && !Number.isSafeInteger(value))) return null;
			if (max === Infinity) return `is ${String(value)}, but must be a whole number`;
			return `is ${String(value)}, but ${who} accepts ${whole ? 'whole numbers from ' : ''}${min} to ${max}`;
		}
		case 'seconds':
			return [...rule.values, ...(rule.disputed ?? [])].includes(Number(value))
				? null
				: `is ${String(value)}, but ${who} accepts ${durationsText(rule.values)}`;
		case 'choice':
			return choiceProblem(rule, value, who, values.duration);
		case 'choices': {
			const wrong = [value].flat().find((one) => !rule.values.includes(String(one)));
			const allowed = rule.values.join(', ');
			return wrong === undefined ? null : `is ${String(wrong)}, but ${who} accepts ${allowed}`;
		}
		default:
			return null;
	}
}

/** What is wrong with the form of a value, whichever model it is for. */
export function formProblem(rule: Rule, value: unknown, { baseUrl }: About): string | null {
	switch (rule.kind) {
		case 'text':
			return textProblem(rule, String(value));
		case 'url':
			return rule.posted ? urlProblem(String(value)) : linkProblem(String(value), baseUrl);
		default:
			return null;
	}
}

function choiceProblem(
	rule: ChoiceRule | ChoiceRule<number>,
	value: unknown,
	who: string,
	duration: number | undefined,
): string | null {
	const { anyRatio, disputed = [], at } = rule;
	const allowed: readonly unknown[] = valuesAt<string | number>(rule, duration);
	if ([...allowed, ...disputed].includes(value)) return null;
	if (anyRatio && /^[1-9]\d{0,3}:[1-9]\d{0,3}$/.test(String(value))) return null;
	const others = anyRatio ? ', or any other ratio such as 21:9' : '';
	const when = at?.[duration ?? NaN] === undefined ? '' : ` at ${duration} s`;
	return `is ${String(value)}, but ${who} accepts ${allowed.join(', ')}${others}${when}`;
}

function lengthProblem(
	{ min = 0, max = Infinity, wide }: TextRule,
	text: string,
	who: string,
): string | null {
	const chinese = wide ? (text.match(/\p{Script=Han}/gu)?.length ?? 0) : 0;
	const length = [...text].length + chinese;
	if (length >= min && length <= max) return null;
	const counted = chinese > 0 ? ' (a Chinese one counts as two)' : '';
	const range = min > 0 ? `${min} to ${max}` : `at most ${max}`;
	return `has ${length} characters${counted}, but ${who} accepts ${range}`;
}

function textProblem({ spoken, form, json }: TextRule, text: string): string | null {
	if (json && !isJsonObject(text)) return 'must be a JSON object, such as {"Label": "AI"}';
	if (form !== undefined && !form.pattern.test(text))
		return `is "${text}", but must be ${form.words}`;
	return spoken ? pauseProblem(text) : null;
}

function isJsonObject(text: string): boolean {
	const parsed = parseBody(text);
	return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
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

/** Durations for people: "1–10 s, or 0 for automatic", "4 or 8 s". */
export function durationsText(durations: readonly number[]): string {
	const seconds = durations.filter((value) => value !== 0);
	const [first, last] = [seconds[0], seconds.at(-1)];
	const gapless = seconds.every((value, i) => i === 0 || value === (seconds[i - 1] ?? 0) + 1);
	const text = gapless && seconds.length > 2 ? `${first}–${last}` : seconds.join(' or ');
	return durations.includes(0) ? `${text} s, or 0 for automatic` : `${text} s`;
}

/** "1 entry", "2 entries". */
export function entries(count: number): string {
	return count === 1 ? '1 entry' : `${count} entries`;
}

/** How many entries, for people: "exactly 2", "1 to 7", "at least 1", "at most 3". */
export function countText({ min, max }: { readonly min: number; readonly max: number }): string {
	if (max === Infinity) return `at least ${min}`;
	if (min === 0) return `at most ${max}`;
	return min === max ? `exactly ${min}` : `${min} to ${max}`;
}
