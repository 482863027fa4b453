/** What a poll of a task means. Pure; all times in milliseconds. */
import { hasFailed, NO_OUTPUT, type Task } from '../../providers/types';
import { failure, fetchLater, sentences, type Failure } from '../../transport/failure';
import { LABELS } from '../context/settings';
import { PATIENCE } from '../context/patience';
import type { Followed, Job, Statuses } from '../context/job';

type Limits = Pick<Job, 'timeout' | 'patience'>;

/** `ready`: can be delivered. `failed`: the provider ended it without a result. */
export type Seen = 'running' | 'ready' | 'failed' | Failure;

/** A polled task, with the fields that only the create response may have. */
function withEarlier(seen: Task, earlier: Task): Task {
	return {
		...seen,
		createdAt: seen.createdAt ?? earlier.createdAt,
		credits: seen.credits ?? earlier.credits,
		payload: seen.payload ?? earlier.payload,
	};
}

/** Starts polling a task at `now`. */
export function followed(task: Task, now: number): Followed {
	return { since: now, task, refusedSince: null, emptySince: null };
}

/**
 * Updates the entry with a task polled at `now`; it keeps the ID that was submitted. A success without
 * a result counts as running for a while, because the files may follow, except in the last poll.
 */
export function takeIn(
	entry: Followed,
	given: Task,
	now: number,
	last = false,
): Exclude<Seen, Failure> {
	const seen = withEarlier({ ...given, taskId: entry.task.taskId }, entry.task);
	entry.refusedSince = null;
	if (seen.error?.code === NO_OUTPUT) {
		entry.emptySince ??= now;
		if (!last && now - entry.emptySince < PATIENCE.emptySuccess) return 'running';
	} else {
		entry.emptySince = null;
	}
	entry.task = seen;
	if (seen.state === 'succeeded') return 'ready';
	return hasFailed(seen) ? 'failed' : 'running';
}

/** Updates the entry with a poll that began at `now`, which is the last one if the time is over. */
export function takeInLook(
	entry: Followed,
	{ timeout, patience }: Limits,
	{ tasks, refused, trouble }: Statuses,
	now: number,
): Seen {
	const { taskId } = entry.task;
	const task = tasks.get(taskId);
	const refusal = refused.get(taskId);
	const overdue = now - entry.since >= timeout;
	if (task !== undefined) {
		const seen = takeIn(entry, task, now, overdue);
		if (seen !== 'running' || !overdue) return seen;
	} else if (refusal !== undefined) {
		entry.refusedSince ??= now;
		if (overdue || now - entry.refusedSince >= (patience ?? PATIENCE.refusal)) {
			const bought = patience === undefined && fetchLater(taskId);
			return { ...refusal, description: sentences(refusal.description, bought), task: entry.task };
		}
	}
	return overdue ? overdueFailure(entry.task, timeout, trouble?.reason) : 'running';
}

function overdueFailure(task: Task, timeout: number, reason: string | undefined): Failure {
	return failure(
		`The task was still ${task.state} after ${Math.round(timeout / 1000)} s`,
		sentences(
			`To wait longer, increase "${LABELS.timeout}"`,
			reason && `The last status request was not answered: ${reason}`,
			'The task keeps running at the provider',
			fetchLater(task.taskId),
		),
		{ task },
	);
}

/** The longest wait until the next poll of a task whose last poll was odd. */
export function untilRecheck(
	{ refusedSince, emptySince }: Followed,
	{ patience = PATIENCE.refusal }: Limits,
): number {
	return refusedSince === null && emptySince === null ? Infinity : Math.min(15_000, patience / 2);
}
