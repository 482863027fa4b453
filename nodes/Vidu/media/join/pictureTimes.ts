/** When the pictures of each clip are shown in the film. Pure. */
import { about, type NamedClip } from './differences';
import { addRun, type Run } from './sampleTable';
import { Unfit } from './unfit';

/** Seconds of sound behind the last picture that are cut: encoders fill up the last frame of sound. */
const PADDING = 0.1;

/** The largest number that fits into the tables of times, in any reader. */
const MAX_TIME = 2 ** 31 - 1;

interface PictureTimes {
	/** Units of time in a second, for all times below. */
	readonly timescale: number;
	/** When each clip begins in the film, and the last one ends. */
	readonly starts: readonly number[];
	/** Before the first picture. */
	readonly pause: number;
	/** Where the first picture is in the track. */
	readonly from: number;
	readonly durations: readonly Run[];
	readonly delays: readonly Run[];
}

/** @throws Unfit if the clips' units of time have none in common */
export function pictureTimes(clips: readonly NamedClip[]): PictureTimes {
	const timescale = commonTimescale(clips);
	const starts = [0];
	const durations: Run[] = [];
	const delays: Run[] = [];
	// So late that no picture of any clip is shown before it is decoded.
	const from = Math.max(
		...clips.map(
			({ pictures: { firstTime, leastDelay, timescale: own } }) =>
				(firstTime - leastDelay) * (timescale / own),
		),
	);
	for (const [index, clip] of clips.entries()) {
		const { lead, length, firstTime, table, timescale: own } = clip.pictures;
		const factor = timescale / own;
		const pictures = (lead + length) * factor;
		const whole = Math.max(pictures, Math.round(soundEnd(clip) * timescale));
		about(clip, () => {
			// The last picture is shown until the next clip's first one.
			if (index > 0) holdLast(durations, lead * factor);
			for (const { count, value } of table.durations)
				addRun(durations, { count, value: fitting(value * factor) });
			holdLast(durations, whole - pictures);
			for (const { count, value } of table.delays)
				addRun(delays, { count, value: fitting((value - firstTime) * factor + from) });
		});
		starts.push((starts.at(-1) ?? 0) + whole);
	}
	const pause = ((clips[0]?.pictures.lead ?? 0) * timescale) / (clips[0]?.pictures.timescale ?? 1);
	return { timescale, starts, pause, from, durations, delays };
}

/** When the sound of a clip ends that goes on without pictures; 0 if there is none. */
function soundEnd({ pictures: { lead, length, timescale }, sound }: NamedClip): number {
	const end = sound?.end ?? 0;
	return end > (lead + length) / timescale + PADDING ? end : 0;
}

function holdLast(durations: Run[], time: number): void {
	const last = durations.pop();
	if (last === undefined) return;
	addRun(durations, { ...last, count: last.count - 1 });
	addRun(durations, { count: 1, value: fitting(last.value + time) });
}

function fitting(time: number): number {
	if (time > MAX_TIME) throw new Unfit('has a picture that is shown too long');
	return time;
}

/** Units in a second of which those of all clips are divisors, so that no time is rounded; at least 1000, for the sound. */
function commonTimescale(clips: readonly NamedClip[]): number {
	let common = 1;
	for (const { label, pictures } of clips) {
		const { timescale } = pictures;
		const next = (common / divisor(common, timescale)) * timescale;
		if (next > MAX_TIME)
			throw new Unfit(
				`${label} has ${timescale} units of time in a second, which have no common multiple with those of the clips before`,
			);
		common = next;
	}
	return common * Math.ceil(1000 / common);
}

function divisor(a: number, b: number): number {
	return b === 0 ? a : divisor(b, a % b);
}
