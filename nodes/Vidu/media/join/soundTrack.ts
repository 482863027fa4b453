/** The sound of all clips as one track, in step with the pictures. Pure. */
import type { Sound } from './clip';
import { about, type NamedClip } from './differences';
import { addPlace, type FilmChunk, type FilmTrack, type Part } from './filmTrack';
import type { SoundEntry } from './sampleEntry';
import { limited, valuesOf } from './sampleTable';
import { Unfit } from './unfit';

/** A frame of AAC without any sound, for every rate, by the number of channels. */
const SILENCE: Readonly<Record<number, Buffer>> = {
	1: Buffer.from('00c800802380', 'hex'),
	2: Buffer.from('210049900219002380', 'hex'),
};
/** AAC-LC, and with what extends it. */
const WITH_SILENCE = [2, 5, 29];

/** Frames before the first one that is heard, which the decoder may need. */
const PRE_ROLL = 4;

/** The frames so far, which follow each other without gaps, because players play them so. */
interface Frames {
	/** How a frame is encoded. */
	readonly entry: SoundEntry;
	/** When the first one begins, in samples of sound. */
	readonly zero: number;
	readonly sizes: number[];
	readonly chunks: FilmChunk[];
}

/**
 * The first frame of each clip is placed within half a frame of its time, the others behind it: silence
 * fills what is missing before them, and what is too much is left out. Null if no clip has sound.
 * @param starts when each clip begins, and the last one ends, in seconds
 * @throws Unfit if silence is needed that cannot be made
 */
export function joinSound(
	clips: readonly NamedClip[],
	starts: readonly number[],
): FilmTrack | null {
	const entry = clips.find(({ sound }) => sound !== null)?.sound?.entries[0];
	if (entry === undefined) return null;
	const { rate, frame } = entry;
	const hidden = Math.max(0, -(clips[0]?.sound?.origin ?? 0) * rate);
	const zero = -Math.min(hidden, (hidden % frame) + PRE_ROLL * frame);
	const frames: Frames = { entry, zero, sizes: [], chunks: [] };
	for (const [position, clip] of clips.entries()) {
		const [start = 0, end = 0] = [starts[position], starts[position + 1]];
		const { sound } = clip;
		if (sound !== null) about(clip, () => addSound(frames, position, sound, start, end));
	}
	const { sizes, chunks } = frames;
	// Nothing is heard.
	if (now(frames) <= 0) return null;
	return {
		timescale: rate,
		pause: 0,
		from: Math.round(-zero),
		end: Math.round(now(frames)),
		durations: [{ count: sizes.length, value: frame }],
		delays: [],
		sizes,
		keys: null,
		chunks,
		entries: [entry.bytes],
	};
}

/** When the next frame begins, in samples of sound. */
function now({ zero, sizes, entry }: Frames): number {
	return zero + sizes.length * entry.frame;
}

function addSound(frames: Frames, clip: number, sound: Sound, start: number, end: number): void {
	const { rate, frame } = frames.entry;
	// The next clip's sound begins half a frame later.
	const full = end * rate - frame / 2;
	// Hidden frames are only of use before the first clip, where they stay hidden.
	const begin = clip === 0 ? -Infinity : -frame / 2 / rate;
	const durations = valuesOf(sound.table.durations);
	let time = sound.origin;
	let slack = frame / 2;
	for (const { at, first, samples } of sound.table.chunks) {
		let taken = emptyChunk(clip, at);
		let place = at;
		for (let sample = first; sample < first + samples; sample++) {
			const size = sound.table.sizes[sample] ?? 0;
			const late = now(frames) - (start + time) * rate;
			if (time > begin && time < sound.end && late <= slack && now(frames) < full) {
				if (late < -slack) {
					keep(frames, taken);
					taken = emptyChunk(clip, place);
					const room = full + frame / 2 - now(frames);
					addSilence(frames, clip, Math.round(Math.min(-late, room) / frame));
				}
				if (now(frames) < full) {
					addPlace(taken.parts, place, size);
					taken.samples++;
					taken.size += size;
					taken.to = place + size;
					frames.sizes.push(size);
					// Behind the first frame, rounded times are no gaps.
					slack = 0.75 * frame;
				}
			}
			place += size;
			time += (durations.next().value ?? 0) / sound.timescale;
		}
		keep(frames, taken);
	}
}

/** A chunk that is being filled. */
type Filling = { -readonly [K in keyof FilmChunk]: FilmChunk[K] } & { readonly parts: Part[] };

function emptyChunk(clip: number, from: number): Filling {
	return { clip, from, to: from, parts: [], samples: 0, size: 0, entry: 0 };
}

function keep({ chunks }: Frames, chunk: FilmChunk): void {
	if (chunk.samples > 0) chunks.push(chunk);
}

function addSilence({ entry, sizes, chunks }: Frames, clip: number, count: number): void {
	const { channels, objectType, frame, rate } = entry;
	const silent = WITH_SILENCE.includes(objectType) ? SILENCE[channels] : undefined;
	if (silent === undefined) {
		const seconds = ((count * frame) / rate).toFixed(2);
		throw new Unfit(
			`has ${seconds} s without sound before its sound, which can be filled in mono and stereo AAC-LC only`,
		);
	}
	limited(sizes.length + count);
	for (let each = 0; each < count; each++) sizes.push(silent.length);
	const bytes = Buffer.alloc(count * silent.length, silent);
	chunks.push({ ...emptyChunk(clip, 0), parts: [{ bytes }], samples: count, size: bytes.length });
}
