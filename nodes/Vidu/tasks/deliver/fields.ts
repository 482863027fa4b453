/** The fields of an item about a task, in their order. */
import {
	listOf,
	NUMBER,
	objectOf,
	orNull,
	providersOwn,
	TEXT,
	type Fields,
	type ItemOf,
} from './schema';

/** What every item about a task begins with. */
const HEAD = {
	taskId: orNull(TEXT),
	provider: TEXT,
	operation: TEXT,
	model: orNull(TEXT),
	state: TEXT,
	nativeState: TEXT,
	progress: orNull(NUMBER),
};

const VIDEO = { url: TEXT, coverUrl: orNull(TEXT), watermarkedUrl: orNull(TEXT) };

/** As the provider describes it. Source: platform.vidu.cn/docs, subject library. */
export const SUBJECT = providersOwn({
	id: TEXT,
	name: TEXT,
	images: listOf(TEXT),
	videos: listOf(TEXT),
	voice_id: TEXT,
	style: TEXT,
	description: TEXT,
});

const PROMPT = providersOwn({ type: TEXT, content: TEXT });

/** What only some have: what they make, and IDs for use by other operations. */
const SOME = {
	images: listOf(objectOf({ url: TEXT })),
	audios: listOf(objectOf({ url: TEXT })),
	creationIds: listOf(TEXT),
	voiceId: orNull(TEXT),
	subject: SUBJECT,
	prompts: listOf(PROMPT),
};

export const MONEY = objectOf({ amount: NUMBER, currency: TEXT });

const TAIL = {
	/** The description is for a failure of the item, which the task itself does not have. */
	error: orNull(objectOf({ code: orNull(TEXT), message: TEXT })),
	credits: orNull(NUMBER),
	cost: orNull(MONEY),
	estimatedCredits: orNull(NUMBER),
	payload: orNull(TEXT),
	createdAt: orNull(TEXT),
	expiresAt: orNull(TEXT),
};

const ALL = { ...HEAD, videos: listOf(objectOf(VIDEO)), ...TAIL };

export type SomeField = keyof typeof SOME;

/** An item about a task; `hint` if not everything could be downloaded, `raw` if the user wants it. */
export type TaskItem = ItemOf<typeof ALL> &
	Partial<ItemOf<typeof SOME>> & { readonly hint?: string; readonly raw?: object };

/** The fields of an operation's items about tasks; without `video` the list of videos stays empty. */
export function taskFields(...some: ReadonlyArray<SomeField | 'video'>): Fields {
	const own = Object.entries(SOME).filter(([name]) => some.includes(name as SomeField));
	return {
		...HEAD,
		videos: some.includes('video') ? ALL.videos : { type: 'array' },
		...Object.fromEntries(own),
		...TAIL,
		hint: TEXT,
	};
}

/** Of tasks of any kind. */
export const anyTaskFields = () =>
	taskFields('video', 'images', 'audios', 'creationIds', 'voiceId');
