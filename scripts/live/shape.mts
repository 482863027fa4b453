/** The shape of answers: their fields, and of each the kind of its values. IDs, addresses and times are kinds, not values. */

/** By path, such as `creations[].url`; the root is the empty path. */
export type Shape = ReadonlyMap<string, Field>;

export interface Field {
	/** `number`, `ID`, `URL` …; a short word as it is, in quotes. */
	readonly kinds: ReadonlySet<string>;
	/** Whether every body has it that has what it belongs to. */
	readonly always: boolean;
}

/** What these bodies have together. */
export function shapeOf(bodies: readonly unknown[]): Shape {
	const kinds = new Map<string, Set<string>>();
	const times = new Map<string, number>();
	const visit = (path: string, value: unknown) => {
		kinds.set(path, (kinds.get(path) ?? new Set()).add(kindOf(path, value)));
		times.set(path, (times.get(path) ?? 0) + 1);
		if (Array.isArray(value)) for (const each of value) visit(`${path}[]`, each);
		else if (isObject(value)) {
			for (const [name, inner] of Object.entries(value)) {
				visit(path === '' ? name : `${path}.${name}`, inner);
			}
		}
	};
	for (const body of bodies) visit('', body);
	return new Map(
		[...kinds].map(([path, found]) => {
			const always = path.endsWith('[]') || times.get(path) === times.get(ownerOf(path));
			return [path, { kinds: found, always }];
		}),
	);
}

/** The path of what a field belongs to. */
export function ownerOf(path: string): string {
	return path.replace(/(^|\.)[^.[\]]*$|\[\]$/, '');
}

/** Whether it has fields, or entries. */
export function isFilled(field: Field | undefined): boolean {
	return field !== undefined && (field.kinds.has('object') || field.kinds.has('list'));
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

function kindOf(path: string, value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return value.length === 0 ? 'empty list' : 'list';
	return typeof value === 'string' ? textKind(path, value) : typeof value;
}

const PATTERNS: ReadonlyArray<readonly [kind: string, pattern: RegExp]> = [
	['URL', /^(https?|ssupload|data):/],
	['time', /^\d{4}-\d\d-\d\dT|^\w{3}, \d\d \w{3} \d{4} /],
	['ID', /^\d{15,}$|^[\da-f]{8}-[\da-f-]{27}$|^[\da-f]{16,}$/i],
	['number as text', /^-?\d+(\.\d+)?%?$/],
];
/** Fields whose words mean nothing by themselves. */
const IDS = /(^|[._-])(ids?|token|nonce|etag|signature)$|Ids?(\[\])?$/;
const WORD = /^[\w.:;-]{1,40}$/;

function textKind(path: string, value: string): string {
	if (value === '') return 'empty text';
	if (IDS.test(path)) return 'ID';
	const [kind] = PATTERNS.find(([, pattern]) => pattern.test(value)) ?? [];
	return kind ?? (WORD.test(value) ? `"${value}"` : 'text');
}

/** Whether a kind is a word, which is compared by its value. */
export const isWord = (kind: string) => kind.startsWith('"');

/** Kinds of text. */
export const isText = (kind: string) =>
	isWord(kind) || ['empty text', 'text', 'number as text', 'ID', 'URL', 'time'].includes(kind);
