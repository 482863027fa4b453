/** Plays videos in the browser. */
import type { Editor } from './editor.mts';

interface Played {
	/** `ended`, or the player's error. */
	readonly how: string;
	readonly duration: number;
	/** Times of the first and the last picture that were shown. */
	readonly first: number;
	readonly last: number;
}

/** What the browser runs, which knows no types: it plays the video to its end. */
const PLAYER = `(async (base64) => {
	const video = document.createElement('video');
	const shown = [];
	const next = () => video.requestVideoFrameCallback((_, { mediaTime }) => {
		shown.push(mediaTime);
		next();
	});
	next();
	const film = await (await fetch('data:video/mp4;base64,' + base64)).blob();
	video.src = URL.createObjectURL(film);
	video.muted = true;
	document.body.append(video);
	const how = new Promise((resolve) => {
		video.onended = () => resolve('ended');
		video.onerror = () => resolve(video.error.message);
	});
	await video.play();
	return { how: await how, duration: video.duration, first: shown[0], last: shown.at(-1) };
})`;

/** Plays a video from its first to its last picture. `length` in seconds, `pictures` their number. */
export async function expectToPlay(
	{ page }: Editor,
	bytes: Buffer,
	length: number,
	pictures: number,
): Promise<void> {
	await page.goto('about:blank');
	const played = (await page.evaluate(`${PLAYER}('${bytes.toString('base64')}')`)) as Played;
	expect(played).toMatchObject({ how: 'ended', duration: expect.closeTo(length, 1) });
	const frame = length / pictures;
	expect(played.first).toBeLessThan(frame);
	expect(played.last).toBeGreaterThan(length - 1.5 * frame);
}
