/** From the parts of a response to a task: the rules that all providers share. Pure, never throws. */
import { sentenceOf } from './advice';
import { said } from './discreet';
import { fileOf, resultLinks } from './links';
import { asRecord, idOf, type Fields } from './read';
import {
	hasFailed,
	NO_OUTPUT,
	unreadTask,
	type Task,
	type TaskState,
	type TaskVideo,
} from './types';

/**
 * The states of all providers, in lower case: pages of one vendor differ in their words, and gateways
 * pass on those of others. Unknown words, such as `scheduling`, count as running.
 */
const STATES: ReadonlyArray<readonly [TaskState, readonly string[]]> = [
	['queued', ['created', 'pending', 'queued', 'queueing', 'submitted']],
	['succeeded', ['completed', 'done', 'finish', 'succeed', 'succeeded', 'success']],
	['failed', ['fail', 'failed', 'failure']],
	['cancelled', ['canceled', 'cancelled']],
];

/** A provider's word for a state; null for anything else, such as the HTTP status of an envelope. */
export function wordOf(value: unknown): string | null {
	return typeof value === 'string' ? said(value, 60) : null;
}

/** Gateways with their own IDs may pass on Vidu's, which are long numbers. */
const isOf = (asked: string, id: string) =>
	id === asked || (/^\d{15,}$/.test(id) && !/^\d+$/.test(asked));

const idsIn = ({ task_id, id }: Fields) => [task_id, id].flatMap((each) => idOf(each) ?? []);

/** The part of a response that describes the task: the body, or what a gateway wraps as `{"code":"success","data":{…}}`. */
export function sourceIn(body: unknown): Fields {
	const outer = asRecord(body);
	const inner = asRecord(outer.data);
	if (wordOf(inner.state ?? inner.status ?? asRecord(inner.task).status) !== null) return inner;
	return idsIn(outer).length === 0 && idsIn(inner).length > 0 ? inner : outer;
}

/** The parts of a response in which providers differ. */
export interface Reading {
	/** The part that describes the task, from {@link sourceIn} or a provider's own reader. */
	readonly source: Fields;
	/** The provider's word for the state. */
	readonly state: unknown;
	/** Results, at their documented place. */
	readonly videos: readonly TaskVideo[];
	readonly code?: unknown;
	/** Why it failed: the first that is a sentence. */
	readonly reasons: readonly unknown[];
	/** Lifetime of the result links, in seconds. */
	readonly ttl?: number | null;
	readonly more: Partial<
		Pick<Task, 'progress' | 'credits' | 'cost' | 'payload' | 'createdAt' | 'also'>
	>;
}

/**
 * The task in a response. `asked` is the requested ID, which the task keeps whatever the response says;
 * empty if the response names it. A response about another task does not tell about this one: it is
 * read as trouble, that is without a state, and its `error` says why.
 */
export function taskFrom(body: unknown, asked: string, reading: Reading): Task {
	const { source, videos, reasons, ttl = null } = reading;
	const ids = idsIn(source);
	const unread = { ...unreadTask(asked || (ids[0] ?? '')), raw: body };
	if (asked !== '' && ids.length > 0 && !ids.some((id) => isOf(asked, id))) {
		const message = `the answer is about another task, ${said(ids[0], 100)}`;
		return { ...unread, error: { code: null, message } };
	}
	const task = { ...unread, ...reading.more, videos };
	const nativeState = wordOf(reading.state) ?? '';
	if (nativeState === '') return task;
	const word = nativeState.toLowerCase().replace(/^task_status_/, '');
	const code = said(reading.code, 60);
	let [state] = STATES.find(([, words]) => words.includes(word)) ?? ['processing' as TaskState];
	// Vidu reports a cancelled task as failed, with this code.
	if (state === 'failed' && code === 'UserCancelled') state = 'cancelled';
	const results =
		state === 'succeeded' && videos.length === 0
			? resultLinks(source, body).flatMap(fileOf)
			: videos;
	const [reason] = reasons.flatMap((each) => said(each) ?? []);
	let error: Task['error'] = null;
	if (state === 'succeeded' && results.length === 0) {
		state = 'failed';
		error = { code: NO_OUTPUT, message: reason ?? sentenceOf(NO_OUTPUT) };
	} else if (hasFailed({ state })) {
		error = { code, message: reason ?? sentenceOf(code) };
	}
	return {
		...task,
		state,
		nativeState,
		videos: results,
		error,
		expiresInSeconds: results.length > 0 && ttl !== null && ttl > 0 ? ttl : null,
	};
}
