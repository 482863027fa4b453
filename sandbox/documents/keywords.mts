/** What the documents ask for and JSON Schema has no word for. */

/** "<#x#>, x from 0.01 to 99.99 seconds, at most two decimals". */
export const PAUSE = /<#([^#]*)#>/g;
const PAUSE_SECONDS = /^(?!0+(\.0+)?$)\d{1,2}(\.\d{1,2})?$/;

export const FORMATS = {
	json: (value: string) => {
		try {
			return value === '' || JSON.parse(value) !== undefined;
		} catch {
			return false;
		}
	},
	/** Pauses stand between spoken words. */
	pauses: (value: string) => {
		const [words, seconds] = [value.split(/<#[^#]*#>/), [...value.matchAll(PAUSE)]];
		const between = seconds.length === 0 || words.every((part) => part.trim() !== '');
		return between && seconds.every(([, length = '']) => PAUSE_SECONDS.test(length));
	},
};

/** How long a spoken text may be, in characters; a Chinese one may count as several. */
export interface Speech {
	readonly min?: number;
	readonly max?: number;
	readonly hanCounts?: number;
}

/** Endings that tell what a file is. */
const KNOWN = [
	...['mp4', 'mov', 'avi', 'flv', 'm3u8', 'mxf', 'ts', 'webm', 'mkv'],
	...['wav', 'mp3', 'wma', 'm4a', 'aac', 'ogg'],
	...['png', 'jpg', 'jpeg', 'webp', 'gif', 'bmp', 'html', 'pdf', 'txt', 'json', 'zip'],
];

export const KEYWORDS = [
	{
		keyword: 'filled',
		type: 'string',
		validate: (_: boolean, value: string) => value.trim() !== '',
	},
	{
		keyword: 'maxImages',
		type: 'array',
		validate: (max: number, subjects: ReadonlyArray<{ images: readonly string[] }>) =>
			subjects.flatMap(({ images }) => images).length <= max,
	},
	{
		keyword: 'spoken',
		type: 'string',
		validate: ({ min = 0, max = Infinity, hanCounts = 1 }: Speech, words: string) => {
			const han = words.match(/\p{Script=Han}/gu)?.length ?? 0;
			const length = [...words].length + han * (hanCounts - 1);
			return min <= length && length <= max;
		},
	},
	{
		/** An address that ends as another kind of file is refused, one that tells nothing is not. */
		keyword: 'endings',
		type: 'string',
		validate: (allowed: readonly string[], address: string) => {
			const [, ending = ''] = /^[^?#]*\.(\w+)(?:[?#]|$)/.exec(address.toLowerCase()) ?? [];
			return !KNOWN.includes(ending) || allowed.includes(ending);
		},
	},
] as const;
