/**
 * What was submitted, kept in the node's execution context, which survives n8n's Retry On Fail and the
 * retry of a failed execution, so that they re-attach to a paid task instead of paying twice.
 */
import type { IContextObject, IExecuteFunctions } from 'n8n-workflow';
import { createHash } from 'crypto';
import type { Task } from '../../providers/types';
import { originOf } from '../context/call';
import { keyedSubmissionsIn } from './deduplication';
import { submissionsOfProcess } from './thisProcess';

/**
 * `sending` is written before the request is sent: if nothing follows, the task may exist.
 * `unknown`: the response did not tell. `submitted`: the task exists under `taskId`.
 */
export interface Submission {
	readonly state: 'sending' | 'unknown' | 'submitted';
	readonly taskId: string | null;
	/** Milliseconds since 1970. */
	readonly at: number;
	/** The task, if the create response was final: it may not be readable later. */
	readonly ended?: Task;
	/** As in the request's payload, if it is ours. */
	readonly marker?: string;
}

export interface SubmissionStore {
	get(key: string): Submission | undefined;
	set(key: string, submission: Submission): void;
	delete(key: string): void;
}

/** The submissions of a run's items. */
export interface Submissions {
	/** The store for an item. */
	of(item: Keyed): SubmissionStore;
	/** The scope of an item's keys in this process: all executions for a deduplication key, else one and its retries. */
	scopeOf(item: Keyed): string;
	/** Stores a submission for retries of this execution. */
	keep(key: string, submission: Submission): void;
}

interface Keyed {
	readonly settings: { readonly dedupeKey: string | null };
}

const SLOT = 'viduSubmissions';

const recordIn = (context: IContextObject) => (context[SLOT] ??= {}) as Record<string, Submission>;

/** The submissions of this node, in this execution and beyond. */
export function submissionsOf(context: IExecuteFunctions): Submissions {
	const { id: nodeId } = context.getNode();
	const node = `${context.getWorkflow().id}:${nodeId}`;
	const origin = originOf(context);
	const own = storeIn(recordIn(context.getContext('node')));
	const scopeOf = ({ settings }: Keyed) =>
		settings.dedupeKey === null ? `${node}:${origin.execution}:` : `${node}:`;
	return {
		scopeOf,
		keep: (key, submission) => own.set(key, submission),
		of(item) {
			const stores = [own, submissionsOfProcess(scopeOf(item))];
			if (item.settings.dedupeKey === null) return combined(...stores);
			const staticData = context.getWorkflowStaticData('global');
			return combined(...stores, keyedSubmissionsIn(staticData, nodeId, Date.now));
		},
	};
}

function storeIn(record: Record<string, Submission>): SubmissionStore {
	return {
		get: (key) => record[key],
		set: (key, submission) => {
			record[key] = submission;
		},
		delete: (key) => {
			delete record[key];
		},
	};
}

/** The IDs of the tasks that this node has submitted in this execution. */
export function tasksIn(context: IContextObject): Set<string> {
	return new Set(Object.values(recordIn(context)).flatMap(({ taskId }) => taskId ?? []));
}

/** Several stores as one: the newest submission in any of them counts, because another execution may have submitted in the meantime. */
function combined(...stores: readonly SubmissionStore[]): SubmissionStore {
	return {
		get: (key) =>
			stores
				.map((store) => store.get(key))
				.reduce((newest, one) => ((one?.at ?? 0) > (newest?.at ?? 0) ? one : newest), undefined),
		set: (key, submission) => {
			for (const store of stores) store.set(key, submission);
		},
		delete: (key) => {
			for (const store of stores) store.delete(key);
		},
	};
}

/** The hash of a request for use in a key: a changed request is a new submission. */
export function hashOf(request: unknown): string {
	return createHash('sha256').update(JSON.stringify(request)).digest('hex').slice(0, 16);
}

/** The key of the submission that follows one whose task failed without a charge. */
export function keyAfter(key: string, taskId: string): string {
	return `${key}#${taskId}`;
}

/** The last submission under a key, after those that failed without a charge. */
export function lastSubmission(submissions: SubmissionStore, key: string): Submission | undefined {
	const submission = submissions.get(key);
	const { taskId = null } = submission ?? {};
	return (
		(taskId === null ? undefined : lastSubmission(submissions, keyAfter(key, taskId))) ?? submission
	);
}
