/** Decides when the next job may be submitted, after previous ones were accepted or not. Pure; all times in milliseconds. */
import { sentences, type Failure } from '../../transport/failure';
import type { Job, Submitted } from '../context/job';
import { backoff } from './intervals';
import { LABELS } from '../context/settings';
import { PATIENCE } from '../context/patience';

export type Busy = Extract<Submitted, { kind: 'busy' }>;

/** After so many consecutive refusals the pause is long enough to sleep; the resumed run tries once. */
const TRIES_AWAKE = 4;

export class SubmitGate {
	/** When the next job may be submitted. */
	opensAt: number;

	private busyInARow: number;

	private busySince: number;

	/** @param blockedSince since when nothing was accepted; null if submitting is possible */
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

	/** Whether a single job has to probe first. */
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
	 * Handles a job that was not accepted: returns the pause until it is retried (null if the current
	 * one is as long), or its failure if its time is over.
	 * @param begun when it was submitted
	 */
	refused(answer: Busy, { timeout }: Job, begun: number, now: number): number | null | Failure {
		const { retryAfter, unreachable } = answer;
		this.blockedSince ??= begun;
		const patience = unreachable ? Math.min(timeout, PATIENCE.unreachable) : timeout;
		const left = this.blockedSince + patience - now;
		if (left <= 0) return overdue(answer, timeout);
		// Refusals of concurrent submits count as one.
		if (begun >= this.busySince) {
			this.busyInARow += 1;
			this.busySince = now;
		}
		// A run that may sleep must not stay awake for hours for a server that keeps saying "in a second".
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
		`The provider asked for a pause of ${seconds} s, longer than "${LABELS.timeout}"`;
	return { ...failure, description: sentences(failure.description, tooLong) };
}
