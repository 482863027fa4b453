/** What differs between live answers, those of the sandbox, and the documents. Pure. */
import { isFilled, isText, isWord, ownerOf, shapeOf, type Field, type Shape } from './shape.mts';

/** An answer, or one as documented. */
export interface Sample {
	readonly status: number | null;
	readonly body: unknown;
}

export interface Documented {
	readonly samples: readonly Sample[];
	/** Whether the samples may leave out fields. */
	readonly partial: boolean;
}

/** A field in the three sources, as text. */
export interface Row {
	readonly field: string;
	readonly documented: string;
	readonly sandbox: string;
	readonly live: string;
	/** `missing (documents, sandbox)`; empty if nothing differs. */
	readonly drift: readonly string[];
}

/** Documents give examples of values, except for these fields, of which they list all. */
const LISTED = /(^|\.)(state|status|task_status|err_code|reason|code)$/;
const CODES = /(^|\.)(err_code|reason|code)$/;
const STATUS = 'HTTP status';
const BODY = '(body)';

/** All fields that any source has. Null in place of the documents: they do not tell. */
export function compare(
	live: readonly Sample[],
	sandbox: readonly Sample[],
	documented: Documented | null,
): Row[] {
	const shapes = { live: shapeOf(bodies(live)), sandbox: shapeOf(bodies(sandbox)) };
	const { samples = [], partial = true } = documented ?? {};
	const written = shapeOf(bodies(samples));
	const paths = new Set([...shapes.live.keys(), ...shapes.sandbox.keys(), ...written.keys()]);
	const rows = [...paths].map((path): Row => {
		const byDocuments = documented && difference(path, shapes.live, written, true);
		return {
			field: path === '' ? BODY : path,
			documented: cell(documented && written.get(path), documented === null),
			sandbox: cell(shapes.sandbox.get(path)),
			live: cell(shapes.live.get(path)),
			drift: joined(
				byDocuments === 'additional' && partial ? null : byDocuments,
				difference(path, shapes.live, shapes.sandbox, false),
			),
		};
	});
	return [statusRow(live, sandbox, documented), ...rows].filter(isWorthTelling);
}

/** Not: what is nothing but the owner of others, and statuses of what has none. */
function isWorthTelling({ field, drift, sandbox, live }: Row): boolean {
	if (drift.length > 0) return true;
	if (field === STATUS) return live !== '–' || sandbox !== '–';
	return field !== BODY && !(live === sandbox && /^(object|list)$/.test(live));
}

const bodies = (samples: readonly Sample[]) =>
	samples.flatMap(({ body }) => (body === undefined ? [] : [body]));

const cell = (field: Field | null | undefined, isUnknown = false) =>
	field ? [...field.kinds].join(', ') : isUnknown ? '?' : '–';

/** The differences, with the sources that they are to; one for both, if it is the same. */
function joined(documents: string | null, sandbox: string | null): string[] {
	if (documents !== null && documents === sandbox) return [`${documents} (documents, sandbox)`];
	return [documents && `${documents} (documents)`, sandbox && `${sandbox} (sandbox)`].filter(
		(each) => each !== null,
	);
}

/**
 * How a field of a live answer differs from a source; what its owner says is not said again.
 * `isExample`: the source tells by examples.
 */
function difference(path: string, live: Shape, source: Shape, isExample: boolean): string | null {
	const [mine, theirs] = [live.get(path), source.get(path)];
	const has = (shape: Shape) => (path === '' ? shape.size > 0 : isFilled(shape.get(ownerOf(path))));
	if (mine === undefined) return theirs?.always && path !== '' && has(live) ? 'missing' : null;
	if (theirs === undefined) return path !== '' && has(source) ? 'additional' : null;
	for (const kind of mine.kinds) {
		const other = kindDifference(path, kind, [...theirs.kinds], isExample);
		if (other !== null) return other;
	}
	return null;
}

function kindDifference(
	path: string,
	kind: string,
	theirs: readonly string[],
	isExample: boolean,
): string | null {
	if (theirs.includes(kind) || (isExample && kind === 'empty list')) return null;
	const told = theirs.join(', ');
	const isEmpty = theirs.every((other) => other === 'empty text');
	const isListed = LISTED.test(path);
	if (kind === 'empty text' && theirs.some(isText)) {
		const isId = theirs.every((other) => other === 'ID') && !path.endsWith('token');
		return isId ? `other value: ${kind} instead of ${told}` : null;
	}
	if (isText(kind) && (theirs.includes('text') || (isEmpty && !isListed))) return null;
	const areWords = isWord(kind) || kind === 'text';
	if (areWords && (isEmpty || theirs.some(isWord))) {
		if (isExample && !isListed) return null;
		const what = CODES.test(path) ? 'other error code' : 'other value';
		return `${what}: ${kind} instead of ${told}`;
	}
	return `other type: ${isWord(kind) ? 'text' : kind} instead of ${told}`;
}

function statusRow(
	live: readonly Sample[],
	sandbox: readonly Sample[],
	documented: Documented | null,
): Row {
	const told = (samples: readonly Sample[]) =>
		[...new Set(samples.map(({ status }) => status))].filter((each) => each !== null);
	const [mine, theirs, written] = [told(live), told(sandbox), told(documented?.samples ?? [])];
	const silent = live.some(({ status, body }) => status === null && body === undefined);
	const against = (known: readonly number[]) => {
		if (silent) return 'no answer';
		const others = mine.filter((status) => !known.includes(status));
		if (others.length === 0 || known.length === 0) return null;
		return `other HTTP status: ${others.join(', ')} instead of ${known.join(', ')}`;
	};
	return {
		field: STATUS,
		documented: documented === null ? '?' : written.join(', ') || '–',
		sandbox: theirs.join(', ') || '–',
		live: [...mine, ...(silent ? ['no answer'] : [])].join(', ') || '–',
		drift: joined(documented && against(written), against(theirs)),
	};
}
