/** The shot list of a film: what it is written like, and how it is read. Pure. */
import { capitalised, singular } from '../../catalogue/labels';
import { readMentions } from '../../tasks/validate/mentions';

/** A character or product that keeps its looks in all shots. */
export interface Character {
	readonly name: string;
	/** Addresses of images. */
	readonly images: readonly string[];
	/** Names of data fields with images. */
	readonly dataFields: readonly string[];
	readonly libraryId?: string;
	readonly voiceId?: string;
}

/** What a shot, or all of them, may look like; absent: as the model usually does. */
export interface Look {
	readonly model?: string;
	readonly duration?: number;
	readonly resolution?: string;
	readonly aspectRatio?: string;
	readonly audio?: boolean;
}

export interface Shot extends Look {
	readonly prompt: string;
	/** The characters in it. */
	readonly characters: readonly Character[];
}

export interface ShotList {
	readonly title: string | null;
	readonly shots: readonly Shot[];
	/** Names of subjects that no shot uses. */
	readonly unused: readonly string[];
}

/** More are a mistake, such as a whole book; each costs money. */
export const MAX_SHOTS = 100;

const TEXT = { type: 'string', minLength: 1 } as const;
const TEXTS = { type: 'array', items: TEXT } as const;
/** Of a shot. */
export const SECONDS = { minimum: 1, maximum: 16 } as const;
const DURATION = { type: 'integer', ...SECONDS, description: 'Seconds' } as const;

/** What an LLM may write: a JSON schema for n8n's Structured Output Parser. */
export const SHOT_LIST_SCHEMA = {
	type: 'object',
	required: ['shots'],
	additionalProperties: false,
	properties: {
		title: { ...TEXT, description: 'Name of the film and its file' },
		defaults: {
			type: 'object',
			additionalProperties: false,
			properties: {
				model: TEXT,
				duration: DURATION,
				resolution: { ...TEXT, description: 'Such as 720p. The same for all shots.' },
				aspectRatio: { ...TEXT, description: 'Such as 16:9. The same for all shots.' },
				audio: { type: 'boolean' },
			},
		},
		subjects: {
			type: 'array',
			description: 'Characters or products that look the same in all shots',
			items: {
				type: 'object',
				required: ['name'],
				additionalProperties: false,
				properties: {
					name: { ...TEXT, description: 'Prompts mention the subject by @name' },
					images: { ...TEXTS, maxItems: 3, description: 'URLs of images of it' },
					dataFields: { ...TEXTS, description: 'Or names of data fields with images of it' },
					libraryId: { ...TEXT, description: "Or its ID in Vidu's subject library" },
					voiceId: TEXT,
				},
			},
		},
		shots: {
			type: 'array',
			minItems: 1,
			maxItems: MAX_SHOTS,
			items: {
				type: 'object',
				required: ['prompt'],
				additionalProperties: false,
				properties: {
					prompt: {
						...TEXT,
						description:
							'One action in one place, in the present tense: who (@name) does what, where, in which light, and what the camera does. Repeat what has to look the same in every shot.',
					},
					duration: DURATION,
					subjects: { ...TEXTS, description: 'Names of the subjects in it, if not as mentioned' },
					model: TEXT,
				},
			},
		},
	},
} as const;

type Schema = {
	readonly type: string;
	readonly required?: readonly string[];
	readonly properties?: Readonly<Record<string, Schema>>;
	readonly items?: Schema;
	readonly minItems?: number;
	readonly maxItems?: number;
	readonly minLength?: number;
};

const RATHER: Readonly<Record<string, string>> = {
	string: 'a text',
	integer: 'a whole number',
	boolean: 'true or false',
	array: 'a list',
	object: 'an object',
};

/** A place in the list in words: "shots.1.prompt" is "prompt" of shot 2. */
function nameAt(path: string): string {
	const [list = '', at, field] = path.split('.');
	if (list === '') return '"Shot List"';
	if (at === undefined) return `"${list}"`;
	if (list === 'defaults') return `"${at}" of the defaults`;
	const whose = `${singular(list)} ${Number(at) + 1}`;
	return field === undefined ? capitalised(whose) : `"${field}" of ${whose}`;
}

function hasType(value: unknown, type: string): boolean {
	if (type === 'array') return Array.isArray(value);
	if (type === 'integer') return Number.isInteger(value);
	if (type === 'object')
		return typeof value === 'object' && value !== null && !Array.isArray(value);
	return typeof value === type;
}

/** What is wrong with a value by the schema, as sentences that name the shot and the field. */
function problemsOf(value: unknown, schema: Schema, path = ''): string[] {
	const where = nameAt(path);
	if (!hasType(value, schema.type)) return [`${where} must be ${RATHER[schema.type]}`];
	if (typeof value === 'string' && value.trim() === '') return [`${where} is empty`];
	if (Array.isArray(value)) {
		const { minItems = 0, maxItems = Infinity, items } = schema;
		if (value.length < minItems) return [`${where} is empty: add at least one shot`];
		if (value.length > maxItems) {
			return [`${where} has ${value.length} entries, but may have at most ${maxItems}`];
		}
		return value.flatMap((entry, at) =>
			problemsOf(entry, items as Schema, below(path, String(at))),
		);
	}
	const { properties, required = [] } = schema;
	if (properties === undefined) return [];
	const given = Object.entries(value as object).filter(([, field]) => field !== undefined);
	const names = given.map(([name]) => name);
	return [
		...required.filter((name) => !names.includes(name)).map((name) => `${where} has no ${name}`),
		...given.flatMap(([name, field]) =>
			Object.hasOwn(properties, name)
				? problemsOf(field, properties[name] as Schema, below(path, name))
				: [
						`${where} has the field "${name}", which is unknown. Known: ${Object.keys(properties).join(', ')}`,
					],
		),
	];
}

const below = (path: string, name: string) => (path === '' ? name : `${path}.${name}`);

interface Written {
	readonly title?: string;
	readonly defaults?: Look;
	readonly subjects?: ReadonlyArray<Partial<Character> & { readonly name: string }>;
	readonly shots: ReadonlyArray<
		Pick<Look, 'model' | 'duration'> & {
			readonly prompt: string;
			readonly subjects?: readonly string[];
		}
	>;
}

/**
 * Reads a shot list; `look` is what its defaults do not say.
 * @returns what is wrong with it, as sentences, if anything is
 */
export function readShotList(value: unknown, look: Look = {}): ShotList | readonly string[] {
	const problems = problemsOf(value, SHOT_LIST_SCHEMA);
	if (problems.length > 0) return problems;
	const { title = null, defaults, subjects = [], shots } = value as Written;
	const characters = subjects.map(({ name, ...rest }): Character => {
		return { images: [], dataFields: [], ...rest, name: name.replace(/^@/, '') };
	});
	const names = characters.map(({ name }) => name);
	const unknown: string[] = [];
	const read = shots.map(({ subjects: listed, prompt, ...own }, index): Shot => {
		const { unused, unknown: strangers } = readMentions(prompt, names);
		if (names.length > 0)
			unknown.push(
				...strangers.map(
					(word) =>
						`The prompt of shot ${index + 1} mentions @${word}, but there is no subject with that name`,
				),
			);
		const used = listed?.map((name) => name.replace(/^@/, ''));
		const strange = used?.find((name) => !names.includes(name));
		if (strange !== undefined) {
			const known = names.length === 0 ? 'there are none' : `there are ${names.join(', ')}`;
			unknown.push(`Shot ${index + 1} uses the subject "${strange}", but ${known}`);
		}
		const isIn = ({ name }: Character) => used?.includes(name) ?? !unused.includes(name);
		return { ...look, ...defaults, ...own, prompt, characters: characters.filter(isIn) };
	});
	if (unknown.length > 0) return unknown;
	const seen = new Set(read.flatMap((shot) => shot.characters.map(({ name }) => name)));
	return { title, shots: read, unused: names.filter((name) => !seen.has(name)) };
}
