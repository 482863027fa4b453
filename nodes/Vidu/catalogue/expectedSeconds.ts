/** Seconds before the first second of video is there, and for each second of video. Inferred. */
const START = 40;
const PER_SECOND = 10;
/** The share of that which the models named turbo or fast need. Inferred. */
const FAST = 0.6;
/** Seconds of video assumed where the model chooses. */
const USUAL_DURATION = 5;

/**
 * Roughly how many seconds a clip of `duration` seconds takes to make. No document gives figures:
 * inferred, and only used to poll rarely at first and often near the end. 0 (the model chooses the
 * duration) counts as 5 s.
 */
export function expectedSeconds(model: string, duration: number): number {
	const base = START + PER_SECOND * (duration === 0 ? USUAL_DURATION : duration);
	return /-(turbo|fast)$/.test(model) ? base * FAST : base;
}
