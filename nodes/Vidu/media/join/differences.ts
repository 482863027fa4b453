/** What keeps clips from being one film. Pure. */
import type { Clip } from './clip';
import type { PictureEntry, SoundEntry } from './sampleEntry';
import { Unfit } from './unfit';

/** A clip and its name at the beginning of a sentence. */
export interface NamedClip extends Clip {
	readonly label: string;
}

/** Runs `work` for a clip. @throws Unfit with the clip's name */
export function about<T>({ label }: Pick<NamedClip, 'label'>, work: () => T): T {
	try {
		return work();
	} catch (error) {
		throw error instanceof Unfit ? new Unfit(`${label} ${error.message}`) : error;
	}
}

/** @throws Unfit with the first clip that players could not show behind the first one, and what differs */
export function refuseDifferent(clips: readonly NamedClip[]): void {
	const withSound = clips.filter(({ sound }) => sound !== null);
	for (const [features, group] of [
		[pictureFeatures, clips],
		[soundFeatures, withSound],
	] as const) {
		const [first] = group;
		const wanted = first === undefined ? [] : features(first)[0];
		for (const clip of group) {
			for (const found of features(clip)) {
				const at = found.findIndex((feature, index) => feature !== wanted?.[index]);
				if (at >= 0)
					throw new Unfit(`${clip.label} ${found[at]}, but ${first?.label} ${wanted?.[at]}`);
			}
		}
	}
}

/** What has to be the same, each as the end of a sentence, for each entry. */
function pictureFeatures({ pictures }: Clip): string[][] {
	return pictures.entries.map(({ type, width, height, lengthSize }: PictureEntry) => [
		`has ${type.startsWith('h') ? 'H.265' : 'H.264'} video (${type})`,
		`is ${width}×${height}`,
		`is shown as ${shownAs(pictures.shown)}`,
		`has lengths of ${lengthSize} bytes in its video`,
	]);
}

/** Width and height as shown, and rotation. */
function shownAs(header: Buffer): string {
	const fixed = (at: number) => header.readInt32BE(at) / 0x10000;
	const turned = Math.round((Math.atan2(fixed(4), fixed(0)) * 180) / Math.PI);
	const mirrored = fixed(0) * fixed(16) < fixed(4) * fixed(12) ? ', mirrored' : '';
	return `${fixed(36)}×${fixed(40)}, turned by ${turned}°${mirrored}`;
}

function soundFeatures({ sound }: Clip): string[][] {
	return (sound?.entries ?? []).map(({ rate, channels, objectType, frame, config }: SoundEntry) => [
		`has sound of ${rate} Hz`,
		`has ${channels === 0 ? `sound in channels as ${config.toString('hex')}` : soundIn(channels)}`,
		`has AAC sound of type ${objectType}`,
		`has sound in frames of ${frame} samples`,
	]);
}

function soundIn(channels: number): string {
	if (channels > 2) return `sound in channel layout ${channels}`;
	return channels === 1 ? 'mono sound' : 'stereo sound';
}
