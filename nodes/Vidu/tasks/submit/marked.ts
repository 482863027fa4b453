/**
 * The tasks that carry our marks, listed once for a run: a retry finds by them what an earlier try
 * ordered in a turn of which n8n has saved nothing, because its process died.
 */
import type { Task } from '../../providers/types';
import { isStopped } from '../../transport/caller';
import { failure, type Failure } from '../../transport/failure';
import { pause } from '../../transport/pause';
import { CLOCK_SKEW, isCandidate } from './recover';
import type { TaskRequest } from './request';
import { readPages } from '../context/paginate';
import { isFailure, type Session } from '../context/session';

/** Milliseconds before each try to read what cannot be read at once. */
const TRIES: readonly number[] = [0, 500, 2000, 5000];
/** Of an account that has more since then, the newest are looked through. */
const MAX_ROWS = 1000;

export interface MarkedTasks {
	/** The task that carries a mark; a failure where it cannot be known whether there is one. */
	find(request: TaskRequest, marker: string): Promise<Task | Failure | undefined>;
}

/** @param since milliseconds since 1970 @param known ids of tasks whose orders are known already */
export function markedSince(
	session: Session,
	since: number,
	known: ReadonlySet<string>,
): MarkedTasks {
	let listed: ReturnType<typeof listSince> | undefined;
	const tasks = new Map<string, Promise<Task | Failure>>();
	return {
		async find(request, marker) {
			const rows = await (listed ??= listSince(session, since));
			if (isFailure(rows)) return unknown(rows.message);
			for (const row of rows) {
				const { taskId } = row;
				if (known.has(taskId) || !isCandidate(request, row)) continue;
				const reading = tasks.get(taskId) ?? read(session, taskId);
				tasks.set(taskId, reading);
				const task = await reading;
				if (isFailure(task)) return task;
				if (task.payload === marker) return task;
			}
			return undefined;
		},
	};
}

async function listSince(session: Session, since: number): Promise<readonly Task[] | Failure> {
	const { list } = session.provider;
	if (list === undefined) return [];
	const createdAfter = new Date(since - CLOCK_SKEW).toISOString();
	const pages = {
		...list,
		page: (size: number, token: string | null) => list.page({ createdAfter }, size, token),
	};
	let refused = true;
	let last: Failure | undefined;
	for (const delay of TRIES) {
		await pause(session.context, delay);
		if (isStopped(session.context)) break;
		const rows = await readPages(session, pages, MAX_ROWS, 'to list tasks');
		if (!isFailure(rows)) return rows;
		last = rows;
		const { httpStatus } = rows;
		refused &&= httpStatus !== null && httpStatus < 500 && httpStatus !== 429;
	}
	// A proxy or a gateway may not let the list through: then there is none.
	return refused || last === undefined ? [] : last;
}

async function read(session: Session, taskId: string): Promise<Task | Failure> {
	for (const delay of TRIES) {
		await pause(session.context, delay);
		const task = (await session.fetchStatuses([taskId])).tasks.get(taskId);
		if (task !== undefined) return task;
	}
	return unknown(`the task ${taskId} cannot be read, which may be the one`);
}

function unknown(reason: string): Failure {
	return failure(
		`It is not known whether an earlier try of this execution has made the same request: ${reason}`,
		'Nothing was sent, because a second clip would be paid for as well. Retry this execution later.',
		{ unknownOutcome: true },
	);
}
