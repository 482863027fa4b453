/** What a look at a task that is waited for means. Pure; all times in milliseconds. */
import { hasFailed, NO_OUTPUT, type Task } from '../../providers/types';
import { failure, fetchLater, sentences, type Failure } from '../../transport/failure';
import { PATIENCE } from './patience';
import type { Statuses } from '../context/job';

/** A task that is waited for. */
export interface Followed {
	/** When it was submitted, or found again. */
	readonly since: number;
	task: Task;
	/** Since when every look was refused, or showed a success without a result; null while it is neither. */
	refusedSince: number | null;
	emptySince: number | null;
}

export interface Limits {
	/** How long the task may take. */
	readonly timeout: number;
	/** How long a refusal to show the task must repeat until it counts; absent for one that was bought here. */
	readonly patience?: number;
}

/** `ready`: it can be delivered. `failed`: the provider ended it without a result. */
export type Seen = 'running' | 'ready' | 'failed' | Failure;

/** A task as it was seen, with what only the answer to the create request tells. */
function withEarlier(seen: Task, earlier: Task): Task {
	return {
		...seen,
		createdAt: seen.createdAt ?? earlier.createdAt,
		credits: seen.credits ?? earlier.credits,
		payload: seen.payload ?? earlier.payload,
	};
}

/** Begins to follow a task at `now`. */
export function followed(task: Task, now: number): Followed {
	return { since: now, task, refusedSince: null, emptySince: null };
}

/**
 * Takes in a task as it was seen at `now`: the ID stays that of the task that was bought. A success
 * without a result counts as running for a while, since the files may follow, unless it is the last look.
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

/** Takes in a look that began at `now`. It is the last one where the time is over by then. */
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
		`The task was still ${task.state} after ${Math.round(timeout / 1000)} s, the "Timeout" of this node`,
		sentences(
			reason && `The last status request was of no use: ${reason}`,
			'The task goes on at the provider',
			fetchLater(task.taskId),
		),
		{ task },
	);
}

/** How long to wait at most until the next look at a task of which something odd was said. */
export function untilRecheck(
	{ refusedSince, emptySince }: Followed,
	{ patience = PATIENCE.refusal }: Limits,
): number {
	return refusedSince === null && emptySince === null ? Infinity : Math.min(15_000, patience / 2);
}
