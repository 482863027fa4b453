/**
 * The tasks that carry our marks, listed once for a run: by them a retry finds what an earlier attempt
 * submitted in a turn of which n8n has saved nothing, because its process died.
 */
import type { Task } from '../../providers/types';
import { isStopped } from '../../transport/caller';
import { pause } from '../../transport/pause';
import { failure, type Failure, isFailure } from '../../transport/failure';
import { CLOCK_SKEW, isCandidate } from './recover';
import type { TaskRequest } from './request';
import { type Session, readPages } from '../context/session';

/** Milliseconds before each attempt to read. */
const TRIES: readonly number[] = [0, 500, 2000, 5000];
/** If an account has more tasks since then, the newest are searched. */
const MAX_ROWS = 1000;

export interface MarkedTasks {
	/** The task that carries a mark; a failure if it cannot be known whether there is one. */
	find(request: TaskRequest, marker: string): Promise<Task | Failure | undefined>;
}

/** @param since milliseconds since 1970 @param known IDs of tasks whose requests are already known */
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
	let refused = true;
	let last: Failure | undefined;
	for (const delay of TRIES) {
		await pause(session.context, delay);
		if (isStopped(session.context)) break;
		const rows = await readPages(session, list, { createdAfter }, MAX_ROWS, 'to list tasks');
		if (!isFailure(rows)) return rows;
		last = rows;
		const { httpStatus } = rows;
		refused &&= httpStatus !== null && httpStatus < 500 && httpStatus !== 429;
	}
	// A proxy or gateway may block the list: then there is none.
	return refused || last === undefined ? [] : last;
}

async function read(session: Session, taskId: string): Promise<Task | Failure> {
	for (const delay of TRIES) {
		await pause(session.context, delay);
		const task = (await session.fetchStatuses([taskId])).tasks.get(taskId);
		if (task !== undefined) return task;
	}
	return unknown(`the task ${taskId}, which may be the one, cannot be read`);
}

function unknown(reason: string): Failure {
	return failure(
		`An earlier attempt of this execution may have sent the same request: ${reason}`,
		'Nothing was sent, because that could charge you twice. Retry this execution later.',
		{ unknownOutcome: true },
	);
}
