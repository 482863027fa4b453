/** What a video file says of itself in its header. */
import { ALL_FORMATS, FilePathSource, Input } from 'mediabunny';

export interface Mp4 {
	/** As in the codec's own name: `avc` is H.264. */
	readonly codec: string | null;
	readonly width: number;
	readonly height: number;
	/** Seconds. */
	readonly duration: number;
}

/** Reads the header of a video file. @throws when it is not a video that can be read */
export async function readMp4(path: string): Promise<Mp4> {
	const input = new Input({ source: new FilePathSource(path), formats: ALL_FORMATS });
	const track = await input.getPrimaryVideoTrack();
	if (!track) throw new Error(`${path} has no video track`);
	const { codec, displayWidth, displayHeight } = track;
	return {
		codec,
		width: displayWidth,
		height: displayHeight,
		duration: await input.computeDuration(),
	};
}
