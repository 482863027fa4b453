/**
 * What was bought, kept in the node's execution context: it survives n8n's Retry On Fail and the
 * retry of a failed execution, so that a paid task is picked up again instead of bought twice.
 */
import type { IContextObject } from 'n8n-workflow';
import { createHash } from 'crypto';
import type { Task } from '../../providers/types';

/**
 * `sending` is written before the request leaves: if nothing follows, the task may exist.
 * `unknown`: the answer did not say. `submitted`: the task exists under `taskId`.
 */
export interface Submission {
	readonly state: 'sending' | 'unknown' | 'submitted';
	readonly taskId: string | null;
	/** Milliseconds since 1970. */
	readonly at: number;
	/** What the provider answered, where that was final: it may not be told again. */
	readonly ended?: Task;
	/** As in the request's payload, where it is ours. */
	readonly marker?: string;
}

export interface SubmissionStore {
	get(key: string): Submission | undefined;
	set(key: string, submission: Submission): void;
	delete(key: string): void;
}

const SLOT = 'viduSubmissions';

/** The memory of this node in this execution. */
export function submissionsIn(context: IContextObject): SubmissionStore {
	const submissions = (context[SLOT] ??= {}) as Record<string, Submission>;
	return {
		get: (key) => submissions[key],
		set: (key, submission) => {
			submissions[key] = submission;
		},
		delete: (key) => {
			delete submissions[key];
		},
	};
}

/** The tasks that this node has bought in this execution. */
export function tasksIn(context: IContextObject): Set<string> {
	const submissions = Object.values((context[SLOT] ?? {}) as Record<string, Submission>);
	return new Set(submissions.flatMap(({ taskId }) => taskId ?? []));
}

/** Several memories as one: the newest that any of them knows counts, since another execution may have bought since. */
export function combined(...memories: readonly SubmissionStore[]): SubmissionStore {
	return {
		get: (key) =>
			memories
				.map((submissions) => submissions.get(key))
				.reduce((newest, one) => ((one?.at ?? 0) > (newest?.at ?? 0) ? one : newest), undefined),
		set: (key, submission) => {
			for (const submissions of memories) submissions.set(key, submission);
		},
		delete: (key) => {
			for (const submissions of memories) submissions.delete(key);
		},
	};
}

/** What stands for a request in a key: a changed one is a new purchase. */
export function hashOf(request: unknown): string {
	return createHash('sha256').update(JSON.stringify(request)).digest('hex').slice(0, 16);
}

/** The key of the purchase that follows one whose task failed without a charge. */
export function keyAfter(key: string, taskId: string): string {
	return `${key}#${taskId}`;
}

/** The last purchase under a key, after those that failed without a charge. */
export function lastSubmission(submissions: SubmissionStore, key: string): Submission | undefined {
	const submission = submissions.get(key);
	const { taskId = null } = submission ?? {};
	return (
		(taskId === null ? undefined : lastSubmission(submissions, keyAfter(key, taskId))) ?? submission
	);
}
