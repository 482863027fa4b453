/**
 * Provider time: seconds that pass `speed` times faster than real ones. Every state of a task is
 * computed from this clock when someone looks, so there are no timers to drift or to leak.
 */
export class ProviderClock {
	private realBase: number;
	private secondsBase = 0;

	/** @param now real time in milliseconds @param pace provider-seconds per real second */
	constructor(
		readonly now: () => number,
		private pace: number,
	) {
		this.realBase = now();
	}

	/** Provider-seconds since the clock was made. */
	seconds(): number {
		return this.secondsBase + ((this.now() - this.realBase) / 1000) * this.pace;
	}

	/** Real milliseconds until a provider time; 0 when it has passed. */
	msUntil(seconds: number): number {
		return Math.max(0, ((seconds - this.seconds()) / this.pace) * 1000);
	}

	get speed(): number {
		return this.pace;
	}

	/** Provider time goes on from where it is, at another speed. */
	set speed(pace: number) {
		this.secondsBase = this.seconds();
		this.realBase = this.now();
		this.pace = pace;
	}
}
