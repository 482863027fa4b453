/**
 * What other executions have submitted that this one knows nothing of: another retry of the same
 * failed execution, a turn of it in which the process died, or whoever used the same deduplication key.
 */
import { failure, sentences, type Failure } from '../../transport/failure';
import { originOf, type Origin } from '../context/origin';
import type { Session } from '../context/session';
import { claimsOf, type Claims } from './claims';
import { MAX_AGE } from './deduplication';
import { markedSince, type MarkedTasks } from './marked';
import type { Plan } from './plan';
import { recoverTask } from './recover';
import type { TaskRequest } from './request';
import { tasksIn, type Submission } from './submissions';

/** A request that is to be submitted for an item under one key. */
export interface Attempt {
	readonly item: Plan;
	readonly request: TaskRequest;
	readonly key: string;
	/** For the request's payload; undefined where it can carry none, or no task can be found by it. */
	readonly marker: string | undefined;
}

export class OtherExecutions {
	/** Keys that nobody else has submitted under, as far as that can be known. */
	private readonly cleared = new Set<string>();

	private readonly origin: Origin;

	private readonly claims: Claims;

	private readonly marked: MarkedTasks;

	/** @param slept whether the execution has slept before, so that n8n may have gone on from there more than once, or a retry may */
	constructor(
		private readonly session: Session,
		private readonly slept: boolean,
	) {
		const { context } = session;
		this.origin = originOf(context);
		this.claims = claimsOf(context);
		this.marked = markedSince(session, this.origin.at, tasksIn(context.getContext('node')));
	}

	/** What was submitted under the key, or a failure where that cannot be found or known. Undefined: the key is this execution's. */
	async find(attempt: Attempt): Promise<Submission | Failure | undefined> {
		const { request, item, key, marker } = attempt;
		const { origin } = this;
		const keyed = item.settings.dedupeKey !== null;
		if (this.cleared.has(key)) return undefined;
		// Up to its first sleep an execution is nobody else's. After one, n8n may go on from the same sleep
		// twice (see `endings`), and saves nothing of a turn in which the process dies.
		if (!keyed && !origin.retried && !this.slept) return undefined;
		if (marker !== undefined && origin.retried) {
			const task = await this.marked.find(request, marker);
			if (task !== undefined) return 'taskId' in task ? submitted(task.taskId, marker) : task;
		}
		const claim = await this.claims.take(this.claimKey(attempt));
		if (claim instanceof Error && keyed) return unusableKey(claim);
		if (claim === 'taken') return await this.findTaken(attempt);
		this.cleared.add(key);
		return undefined;
	}

	/** Gives back a claim under which nothing was submitted after all. */
	async release(attempt: Attempt): Promise<void> {
		if (!this.cleared.delete(attempt.key)) return;
		await this.claims.giveBack(this.claimKey(attempt)).catch(() => undefined);
	}

	/**
	 * A user's own key is claimed for all executions, others for one and its retries. A retry finds by
	 * our mark what was submitted before it, and need not heed who claimed it then.
	 */
	private claimKey({ item, key, marker }: Attempt): string {
		const { execution, retried } = this.origin;
		if (item.settings.dedupeKey !== null) return key;
		const first = !retried && marker !== undefined;
		return `${execution}:${first ? 'first:' : ''}${key}`;
	}

	private async findTaken({ request, item, marker }: Attempt): Promise<Submission | Failure> {
		const { dedupeKey } = item.settings;
		const until = Date.now();
		const sentAt = dedupeKey === null ? this.origin.at : until - MAX_AGE;
		const unanswered = { request, marker: marker ?? null, sentAt, until };
		const found = await recoverTask(this.session, unanswered);
		return 'taskId' in found ? submitted(found.taskId) : notFound(dedupeKey, found);
	}
}

function submitted(taskId: string, marker?: string): Submission {
	return { state: 'submitted', taskId, at: Date.now(), marker };
}

function unusableKey({ message }: Error): Failure {
	return failure(
		`"Deduplication Key" cannot be used: ${message}`,
		'n8n keeps these keys in its database, for workflows that are saved. Nothing was sent, and nothing was charged.',
	);
}

function notFound(dedupeKey: string | null, candidates: readonly string[]): Failure {
	return failure(
		dedupeKey === null
			? 'It is not known whether another try of this execution has made the same request: no task of it can be found'
			: `The deduplication key "${dedupeKey}" was used before, but the task of that time cannot be found`,
		sentences(
			'Nothing was sent, because a second clip would be paid for as well',
			candidates.length > 0 && `It may be one of the tasks ${candidates.join(', ')}`,
			'Look for the task in the earlier executions of this workflow (by viduTasks in their custom data) or in the console of the provider, and fetch it with Vidu → Task → Get',
			dedupeKey === null
				? 'To buy a new clip, start a new execution'
				: 'To buy a new clip, use another "Deduplication Key"',
		),
		{ unknownOutcome: true },
	);
}
