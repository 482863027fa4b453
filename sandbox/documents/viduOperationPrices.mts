/** What the other operations cost in credits, from the document "Product pricing" (2026-08). */

/** The first second, then so much for every further one. */
const SEGMENTS: Readonly<Record<string, Readonly<Record<string, readonly [number, number]>>>> = {
	'viduq2-turbo': { '540p': [10, 2], '720p': [15, 5], '1080p': [40, 10] },
	'viduq2-pro': { '540p': [15, 5], '720p': [30, 10], '1080p': [60, 15] },
};

/** "From 10 credits, each second +2": as everywhere with ViduQ2, the first second is in the base. */
export function segmentPrice(model: string, resolution: string, seconds: number): number {
	const steps = SEGMENTS[model]?.[resolution];
	if (steps === undefined) throw new Error(`No price for ${model} ${resolution}`);
	return steps[0] + steps[1] * (seconds - 1);
}

const UPSCALE: Readonly<Record<string, number>> = { '1080p': 10, '2K': 20, '4K': 40, '8K': 160 };
export const upscalePrice = (resolution: string, seconds: number) =>
	(UPSCALE[resolution] ?? 0) * Math.ceil(seconds);

/** viduq2 by resolution, for no image, up to three and up to seven. */
const IMAGES: Readonly<Record<string, readonly [number, number, number]>> = {
	'1080p': [6, 8, 10],
	'2K': [8, 12, 16],
	'4K': [10, 20, 30],
};
export function imagePrice(model: string, resolution: string, images: number): number {
	if (model === 'viduq1') return 20;
	return IMAGES[resolution]?.[images === 0 ? 0 : images <= 3 ? 1 : 2] ?? 0;
}

/** "Each template has a price of its own", without a table. */
export const TEMPLATE_PRICE = 40;
export const STORY_PRICE = 100;

export const SUBJECT_PRICE = 5;
const CLONE_PRICE = 300;

/** "10 credits for 500 characters." */
export const speechPrice = (text: string) => 10 * Math.max(1, Math.ceil([...text].length / 500));
/** "The trial text is charged as speech." */
export const clonePrice = (text: string) => CLONE_PRICE + speechPrice(text);
/** "Shorter than 5 seconds 10, shorter than 10 seconds 20": the longest are ten seconds. */
export const effectPrice = (seconds: number) => (seconds < 5 ? 10 : 20);
/** "20 credits for every 5 seconds of video." */
export const lipSyncPrice = (seconds: number) => 20 * Math.ceil(seconds / 5);
export const motionPrice = (seconds: number) => 10 * Math.ceil(seconds);
/** "10 credits for every 5 prompts." */
export const promptPrice = (prompts: number) => 10 * Math.ceil(prompts / 5);

/** The international price page: "plus lip sync and speech". */
const HUMAN: Readonly<Record<string, number>> = { 'viduq2-turbo': 120, 'viduq2-pro': 200 };
export const humanPrice = (model: string, seconds: number, text: string) =>
	(HUMAN[model] ?? 0) + lipSyncPrice(seconds) + (text === '' ? 0 : speechPrice(text));
