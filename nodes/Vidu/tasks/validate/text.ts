/** The prompt, and what is passed through: seed, payload, metadata, addresses. */
import { linkProblem, urlProblem } from '../../media/links';
import type { Case, Part } from './case';

/** Characters. */
const MAX_PAYLOAD = 1_048_576;

/** The prompt's presence and length; lengths count characters, not bytes. */
export function checkPrompt({ row, who, draft, problems, hints }: Case): void {
	const { prompt = '' } = draft;
	const length = [...prompt].length;
	const { required, max, hintAbove } = row.prompt;
	if (required && length === 0) problems.push(`"Prompt" is empty, but ${who} needs one`);
	if (length > max) {
		problems.push(`"Prompt" has ${length} characters, but ${who} takes at most ${max}`);
	} else if (hintAbove !== undefined && length > hintAbove) {
		hints.push(
			`"Prompt" has ${length} characters; one document of the provider allows ${hintAbove} only`,
		);
	}
}

/** Everything that is the same for all models. */
export function checkRest({
	draft,
	problems,
	hints,
	baseUrl,
}: Pick<Case, 'problems' | 'hints' | 'baseUrl'> & Part): void {
	const { seed, payload, metaData } = draft;
	if (seed !== undefined && !Number.isSafeInteger(seed)) {
		problems.push(`"Seed" is ${seed}, but must be a whole number (0 for a random one)`);
	}
	if (payload !== undefined && payload.length > MAX_PAYLOAD) {
		problems.push(
			`"Payload" has ${payload.length} characters, but at most ${MAX_PAYLOAD} are allowed`,
		);
	}
	if (metaData !== undefined && !isJsonObject(metaData)) {
		problems.push('"Metadata" must be a JSON object, such as {"Label": "AI"}');
	}
	for (const [label, url, problemOf] of [
		['Watermark Image URL', draft.wmUrl, linkProblem],
		['Callback URL', draft.callbackUrl, urlProblem],
	] as const) {
		const problem = url === undefined ? null : problemOf(url, baseUrl);
		if (problem) problems.push(`"${label}" ${problem}`);
	}
	if (draft.watermark !== true && (draft.wmPosition !== undefined || draft.wmUrl !== undefined)) {
		hints.push('The watermark settings have no effect while "Watermark" is off');
	}
}

function isJsonObject(value: string): boolean {
	try {
		const parsed: unknown = JSON.parse(value);
		return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
	} catch {
		return false;
	}
}
