/** Queries about the tasks of a suspended run, shared by the callbacks that arrive within a second. */
import type { IWebhookFunctions } from 'n8n-workflow';
import { isFinal, unreadTask } from '../../providers/types';
import { pause } from '../../transport/pause';
import type { ItemJob } from '../context/job';
import { PATIENCE } from '../context/patience';
import type { Session } from '../context/session';
import type { Suspension } from './suspension';

/** What a query has found, by task ID. */
interface Seen {
	/** These stay ended, whenever it was. */
	readonly ended: ReadonlySet<string>;
	/** The query goes no further when it has found any. */
	readonly running: ReadonlySet<string>;
}

interface Look {
	/** When the query is sent, in milliseconds since 1970. */
	readonly at: number;
	readonly seen: Promise<Seen>;
}

/** By sleep: the last query of this process, which may still be to come. */
const looks = new Map<string, Look>();

/**
 * Whether the API reports a task as ended, and all others of the run too. Its own query is sent only if
 * neither the last one has seen that task ended, nor one is still to be sent; at most one a second.
 * @param sleep identifies the suspension
 */
export async function endedOf(
	session: Session<IWebhookFunctions>,
	sleep: string,
	own: string,
	suspension: Suspension<ItemJob>,
): Promise<'all' | 'some' | 'none'> {
	const rung = Date.now();
	for (;;) {
		const last = looks.get(sleep);
		const seen = await last?.seen;
		if (seen?.ended.has(own)) return seen.running.size > 0 ? 'some' : 'all';
		if (seen?.running.has(own) && last && last.at >= rung) return 'none';
		// Another callback may have begun one meanwhile.
		if (looks.get(sleep) === last) begin(session, sleep, own, suspension, last);
	}
}

function begin(
	session: Session<IWebhookFunctions>,
	sleep: string,
	own: string,
	{ going }: Suspension<ItemJob>,
	last: Look | undefined,
): void {
	const now = Date.now();
	for (const [other, { at }] of looks) if (at < now - PATIENCE.together) looks.delete(other);
	const at = Math.max(now, (last?.at ?? 0) + PATIENCE.together);
	// Latest first, because what was submitted last ends last: the first few show whether some still run.
	const others = Object.values(going).map(({ task }) => task.taskId);
	const open = [...new Set([own, ...others.reverse()])];
	const seen = pause(session.context, at - now).then(async () => await look(session, open));
	looks.set(sleep, { at, seen });
}

/** Queries the tasks in turn until some still run. Never throws. */
async function look(
	{ provider, fetchStatuses }: Session<IWebhookFunctions>,
	open: readonly string[],
): Promise<Seen> {
	const ended = new Set<string>();
	const running = new Set<string>();
	const size = provider.list?.maxIds ?? 5;
	for (let at = 0; at < open.length && running.size === 0; at += size) {
		const batch = open.slice(at, at + size);
		const { tasks } = await fetchStatuses(batch);
		for (const id of batch) (isFinal(tasks.get(id) ?? unreadTask(id)) ? ended : running).add(id);
	}
	return { ended, running };
}
