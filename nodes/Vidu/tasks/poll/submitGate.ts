/** When the next job may be submitted, after those before it were taken or not. Pure; all times in milliseconds. */
import { sentences, type Failure } from '../../transport/failure';
import type { Job, Submitted } from '../context/job';
import { backoff } from './intervals';
import { PATIENCE } from './patience';

export type Busy = Extract<Submitted, { kind: 'busy' }>;

/** After so many refusals in a row the pause is long enough to sleep; the run that wakes tries once. */
const TRIES_AWAKE = 4;

export class SubmitGate {
	/** No job is submitted before. */
	opensAt: number;

	private busyInARow: number;

	private busySince: number;

	/** @param blockedSince since when nothing was taken; null while the way is free */
	constructor(
		private readonly gap: number,
		private readonly maySleep: boolean,
		public blockedSince: number | null,
		now: number,
	) {
		this.opensAt = now;
		this.busySince = now;
		this.busyInARow = blockedSince === null ? 0 : TRIES_AWAKE;
	}

	/** Whether one job goes first to see whether the way is free. */
	get probes(): boolean {
		return this.busyInARow > 0;
	}

	begin(now: number): void {
		this.opensAt = Math.max(this.opensAt, now + this.gap);
	}

	taken(): void {
		this.busyInARow = 0;
		this.blockedSince = null;
	}

	/**
	 * A job was not taken: the pause until it is tried again, null where another one is as long;
	 * or its failure, when its time is over.
	 * @param begun when it was submitted
	 */
	refused(answer: Busy, { timeout }: Job, begun: number, now: number): number | null | Failure {
		const { retryAfter, unreachable } = answer;
		this.blockedSince ??= begun;
		const patience = unreachable ? Math.min(timeout, PATIENCE.unreachable) : timeout;
		const left = this.blockedSince + patience - now;
		if (left <= 0) return overdue(answer, timeout);
		// Refusals of submits that were on their way together are one.
		if (begun >= this.busySince) {
			this.busyInARow += 1;
			this.busySince = now;
		}
		// A run that may sleep does not stay awake for a server that says "in a second" for hours.
		const least = this.maySleep ? backoff(this.busyInARow, null) : 0;
		const pause = Math.min(Math.max(least, backoff(this.busyInARow, retryAfter)), left);
		if (now + pause <= this.opensAt) return null;
		this.opensAt = now + pause;
		return pause;
	}
}

function overdue({ failure, retryAfter }: Busy, timeout: number): Failure {
	const seconds = Math.round((retryAfter ?? 0) / 1000);
	const tooLong =
		(retryAfter ?? 0) > timeout &&
		`The provider asked for a pause of ${seconds} s, longer than the "Timeout" of this node`;
	return { ...failure, description: sentences(failure.description, tooLong) };
}
