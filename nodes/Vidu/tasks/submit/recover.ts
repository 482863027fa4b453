/**
 * Finds the task of a request whose response was lost, so that a paid clip is not lost with it.
 * Identified only by our mark in the payload: a task that merely looks alike may belong to another item.
 */
import { asRecord, asText } from '../../providers/read';
import type { Task } from '../../providers/types';
import { isStopped } from '../../transport/caller';
import { pause } from '../../transport/pause';
import type { TaskRequest } from './request';
import { requestFree, type Session } from '../context/session';
import { isFailure } from '../../transport/failure';

/** Milliseconds before each search: a task may appear in the list some time after it was created. */
const LOOKS: readonly number[] = [500, 2000, 5000];
/** Milliseconds by which the provider's clock may differ. */
export const CLOCK_SKEW = 300_000;
/** Milliseconds from sending the request to the creation of the task, including clock skew; it keeps the list short for a search a day later. */
const LONGEST_REQUEST = 600_000;
/** Each candidate costs a request. */
const MAX_CANDIDATES = 10;

export interface UnansweredSubmit {
	readonly request: TaskRequest;
	/** As in the request; null if it had none. */
	readonly marker: string | null;
	/** When the request was sent, at the earliest and at the latest, in milliseconds since 1970. */
	readonly sentAt: number;
	readonly until: number;
}

/** The task, or the IDs of similar ones, newest first. Never throws. */
export async function recoverTask(
	session: Session,
	lost: UnansweredSubmit,
): Promise<Task | readonly string[]> {
	const { context } = session;
	if (session.provider.list === undefined) return [];
	let candidates: readonly string[] = [];
	// Without a mark one search is enough: candidates can only be shown to the user.
	for (const delay of lost.marker === null ? [0] : LOOKS) {
		await pause(context, delay);
		if (isStopped(context)) return candidates;
		candidates = await listCandidates(session, lost);
		if (lost.marker === null) continue;
		for (const id of candidates) {
			const task = (await session.fetchStatuses([id])).tasks.get(id);
			if (task?.payload === lost.marker) return task;
		}
	}
	return candidates;
}

async function listCandidates(
	session: Session,
	{ request, sentAt, until }: UnansweredSubmit,
): Promise<readonly string[]> {
	const { list } = session.provider;
	if (list === undefined) return [];
	const filters = {
		createdAfter: new Date(sentAt - CLOCK_SKEW).toISOString(),
		createdBefore: new Date(until + LONGEST_REQUEST).toISOString(),
	};
	const answer = await requestFree(session, list.page(filters, 100, null), 'to list tasks');
	if (isFailure(answer)) return [];
	return list
		.read(answer.body)
		.filter((row) => isCandidate(request, row))
		.map(({ taskId }) => taskId)
		.slice(0, MAX_CANDIDATES);
}

/** Whether a task in a list could be that of this request. */
export function isCandidate(request: TaskRequest, { raw }: Task): boolean {
	const { model, prompt } = asRecord(raw);
	return (
		(request.model === null || asText(model) === request.model) &&
		(request.prompt === null || asText(prompt) === request.prompt)
	);
}
