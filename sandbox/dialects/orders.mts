/** The way of an order, the same in every dialect: faults, balance, document, pictures, ledger. */
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ratioOf, type Size } from '../assets/sizes.mts';
import { isObject } from '../documents/values.mts';
import { Refusal } from '../documents/viduErrors.mts';
import { readFaults, retryAfterHeader, type Faults } from '../faults.mts';
import { cardOf } from '../standIn.mts';
import type { Medium, Order, Task } from '../tasks.mts';
import type { Provider } from './dialect.mts';
import { readNewer } from './newer.mts';
import { inspectReferences, type References } from './references.mts';

/** What a dialect reads off a request that its document allows. */
export interface Draft extends Pick<Order, 'model' | 'prompt' | 'credits' | 'echo'> {
	readonly duration: number;
	readonly resolution: string;
	readonly audio: boolean;
	/** Absent where the picture decides. */
	readonly aspect?: string;
	readonly references: References;
	readonly callbackUrl?: string;
	/** Absent for a video. */
	readonly medium?: Medium;
	/** Known before any picture was looked at. */
	readonly failure?: string;
	/** The answer itself brings the result. */
	readonly instant?: boolean;
}

/** Where an order came in. */
export interface Counter extends Pick<Order, 'dialect' | 'key' | 'kind'> {
	readonly request: FastifyRequest;
	readonly reply: FastifyReply;
	/** The object that holds the prompt and the other parameters. */
	readonly parameters: unknown;
}

/**
 * Books an order and answers it.
 * @param read holds the parameters against the document @param answer what is told of the task
 * @throws {Refusal} for the dialect to put into its own envelope
 */
export async function place(
	provider: Provider,
	counter: Counter,
	read: (parameters: unknown) => Draft,
	answer: (task: Task) => unknown,
): Promise<unknown> {
	const { dialect, key, kind, request, reply, parameters } = counter;
	const words = wordsOf(parameters);
	const order = `${key} ${kind} ${words}`;
	const asked = readFaults(words, String(request.headers['x-sandbox-faults'] ?? ''));
	if (asked.slow > 0) await pause(asked.slow);
	refuseWhileBusy(provider, asked, order);
	const faults = stillDue(provider, asked, order);
	if (faults.reject !== undefined) {
		throw new Refusal(faults.reject, `${faults.reject} (as the prompt asked)`);
	}
	// "The balance is checked before the model": an empty account hides every other mistake.
	if (provider.book.balance(key) <= 0) throw poor();
	const draft = provider.isNewer() ? readNewer(read, parameters) : read(parameters);
	const { model, duration, resolution, audio, medium } = draft;
	const { failure, frame, images } = await inspectReferences(
		provider.uploads,
		key,
		draft.references,
	);
	const credits = faults.charge ?? draft.credits;
	provider.note(request, { model, credits });
	if (provider.book.balance(key) < credits) throw poor();
	refuseWhenFull(provider, key, faults);
	const card = provider.showsCards() ? cardOf(model, draft.prompt, images) : undefined;
	const aspect = aspectOf(draft.aspect, frame);
	const task = provider.book.accept({
		dialect,
		key,
		kind,
		model,
		prompt: draft.prompt,
		credits,
		faults,
		clip: { seconds: duration, resolution, audio, aspect, medium, card },
		echo: draft.echo,
		callbackUrl: draft.callbackUrl,
		failure: draft.failure ?? failure,
		instant: draft.instant,
	});
	provider.note(request, { taskId: task.id });
	provider.callbacks.follow(task);
	if (faults.create500) throw new Refusal('InternalServiceFailure', 'internal service failure');
	if (faults.drop) {
		reply.hijack();
		request.raw.socket.destroy();
		return reply;
	}
	return answer(task);
}

/** Where the tokens of faults stand: in the prompt, or in the other words of a body without one. */
function wordsOf(parameters: unknown): string {
	if (!isObject(parameters)) return '';
	const { prompt, text, payload, name, timing_prompts, image_settings } = parameters;
	if (typeof prompt === 'string' && prompt !== '') return prompt;
	const parts = [timing_prompts, image_settings].flatMap((list) =>
		Array.isArray(list) ? list : [],
	);
	const words = [
		text,
		payload,
		name,
		...parts.map((part: unknown) => isObject(part) && part.prompt),
	];
	return words.filter((word) => typeof word === 'string').join(' ');
}

const poor = () => new Refusal('CreditInsufficient', 'credit insufficient');

/** The faults of an order, without those that `[times=N]` has used up. */
function stillDue({ orders }: Provider, faults: Faults, order: string): Faults {
	const before = orders.get(order) ?? 0;
	orders.set(order, before + 1);
	if (before < faults.times) return faults;
	return { ...faults, reject: undefined, fail: undefined, drop: false, create500: false };
}

function refuseWhileBusy(provider: Provider, faults: Faults, order: string): void {
	const refusals = provider.busy.get(order) ?? 0;
	if (refusals >= faults.busy) return;
	provider.busy.set(order, refusals + 1);
	throw full(provider, faults);
}

function refuseWhenFull(provider: Provider, key: string, faults: Faults): void {
	const limit = provider.concurrency();
	if (limit !== null && provider.book.underWay(key) >= limit) throw full(provider, faults);
}

const full = ({ clock }: Provider, faults: Faults) =>
	new Refusal('QuotaExceeded', 'exceeded concurrency limit', 429, {
		'Retry-After': retryAfterHeader(faults, clock.now()),
	});

/** Without a ratio in the request the picture decides; a picture that was not looked at is 16:9. */
function aspectOf(aspect: string | undefined, frame: Size | null): string {
	const auto = aspect === undefined || aspect === 'auto';
	if (!auto && Number.isFinite(ratioOf(aspect))) return aspect;
	return frame === null ? '16:9' : `${frame.width}:${frame.height}`;
}
