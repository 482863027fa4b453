/**
 * What was submitted elsewhere, without a trace in this execution: by another retry of the same failed
 * execution, by a turn in which the process died, or by anyone with the same deduplication key.
 */
import { failure, sentences, type Failure } from '../../transport/failure';
import { originOf, type Origin } from '../context/call';
import type { Session } from '../context/session';
import { claimsOf, type Claims } from './claims';
import { MAX_AGE } from './deduplication';
import { markedSince, type MarkedTasks } from './marked';
import type { Plan } from './plan';
import { recoverTask } from './recover';
import type { TaskRequest } from './request';
import { tasksIn, type Submission } from './submissions';

/** A request to submit for an item under one key. */
export interface Attempt {
	readonly item: Plan;
	readonly request: TaskRequest;
	readonly key: string;
	/** For the request's payload; undefined if it can carry none, or no task can be found by it. */
	readonly marker: string | undefined;
}

export class OtherExecutions {
	/** Keys under which nobody else has submitted, as far as that can be known. */
	private readonly cleared = new Set<string>();

	private readonly origin: Origin;

	private readonly claims: Claims;

	private readonly marked: MarkedTasks;

	/** @param slept whether the execution has slept before, so that n8n or a retry may have resumed from there more than once */
	constructor(
		private readonly session: Session,
		private readonly slept: boolean,
	) {
		const { context } = session;
		this.origin = originOf(context);
		this.claims = claimsOf(context);
		this.marked = markedSince(session, this.origin.at, tasksIn(context.getContext('node')));
	}

	/** What was submitted under the key, or a failure if that cannot be found or known. Undefined: the key is this execution's. */
	async find(attempt: Attempt): Promise<Submission | Failure | undefined> {
		const { request, item, key, marker } = attempt;
		const { origin } = this;
		const keyed = item.settings.dedupeKey !== null;
		if (this.cleared.has(key)) return undefined;
		// Before its first sleep an execution runs once. After one, n8n may resume it twice from the same
		// sleep (see `endSleep`), and saves nothing of a turn in which the process dies.
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

	/** Releases a claim under which nothing was submitted after all. */
	async release(attempt: Attempt): Promise<void> {
		if (!this.cleared.delete(attempt.key)) return;
		await this.claims.giveBack(this.claimKey(attempt)).catch(() => undefined);
	}

	/**
	 * A deduplication key is claimed for all executions, other keys for one and its retries. A retry
	 * finds what was submitted before it by our mark, and can ignore who claimed it then.
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
		'n8n stores these keys in its database, only for saved workflows. Nothing was sent, and nothing was charged.',
	);
}

function notFound(dedupeKey: string | null, candidates: readonly string[]): Failure {
	return failure(
		dedupeKey === null
			? 'Another attempt of this execution may have sent the same request, but its task cannot be found'
			: `The deduplication key "${dedupeKey}" was used before, but its task cannot be found`,
		sentences(
			'Nothing was sent this time: the clip may exist already, and another would charge you twice',
			candidates.length > 0 && `The task may be one of ${candidates.join(', ')}`,
			'Look for the task in earlier executions of this workflow (viduTasks in their custom data) or in the console of the provider, and fetch it with Vidu → Task → Get',
			dedupeKey === null
				? 'To buy a new clip, start a new execution'
				: 'To buy a new clip, use another "Deduplication Key"',
		),
		{ unknownOutcome: true },
	);
}
