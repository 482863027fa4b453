import type { FastifyInstance } from 'fastify';
import type { Callbacks } from '../callbacks.mts';
import type { ProviderClock } from '../clock.mts';
import type { Region } from '../documents/viduPrices.mts';
import type { Snowflakes } from '../ids.mts';
import type { Library } from '../library.mts';
import type { Note } from '../log.mts';
import type { Results } from '../results.mts';
import type { Task, TaskBook } from '../tasks.mts';
import type { Uploads } from '../uploads.mts';

/** `/tasks/{id}/creations`, `/task/{id}/creations` or the list `/tasks?task_ids={id}`. */
export type KkiaiQuery = 'tasks' | 'task' | 'list';

/** What every dialect is given: the one provider behind all of them. */
export interface Provider {
	readonly clock: ProviderClock;
	readonly ids: Snowflakes;
	readonly book: TaskBook;
	readonly results: Results;
	readonly uploads: Uploads;
	readonly library: Library;
	readonly callbacks: Callbacks;
	/** Creates refused so far as `[busy=N]`, by key and prompt. */
	readonly busy: Map<string, number>;
	/** Creates that were let through so far, by key and prompt, for `[times=N]`. */
	readonly orders: Map<string, number>;
	readonly region: Region;
	readonly url: () => string;
	/** Whether a key is one of Vidu's own. */
	readonly knows: (key: string) => boolean;
	/** Where kkiai answers for a task; its documents do not say. */
	readonly kkiaiQuery: () => KkiaiQuery;
	/** How many tasks a key may have under way; null for any number. */
	readonly concurrency: () => number | null;
	/** Whether it takes what its documents do not know. */
	readonly isNewer: () => boolean;
	/** Whether results show what was ordered. */
	readonly showsCards: () => boolean;
	/** Adds what a request was about to its line in the log. */
	readonly note: Note;
}

/** A provider's contract: routes, and how its callbacks describe a task. */
export interface Dialect {
	/** Name in `Task.dialect`. */
	readonly id: string;
	/** Adds the routes; error answers are the dialect's own, inside its own scope. */
	routes(app: FastifyInstance, provider: Provider): void;
	/** The body of a callback; absent where the provider sends none. */
	callbackBody?(task: Task, provider: Provider): unknown;
	/** What signs callbacks in place of the key that ordered. */
	callbackKey?(): string;
}

/** No gateway publishes a price in credits; the sandbox bills ten for each second. */
export const flatPrice = (seconds: number) => seconds * 10;
