/**
 * The frame sizes that results come in: resolution class × aspect ratio, in pixels.
 * Shared by the script that draws the templates and by the code that serves them.
 */
export const RESOLUTIONS = ['360p', '540p', '720p', '1080p', '2K', '4K', '8K'] as const;
/** What upscaling and pictures reach: as clips these are still. */
export const LARGE: readonly string[] = ['2K', '4K', '8K'];
export const ASPECTS = ['16:9', '9:16', '1:1', '4:3', '3:4'] as const;

export type Resolution = (typeof RESOLUTIONS)[number];
export type Aspect = (typeof ASPECTS)[number];

export interface Size {
	readonly width: number;
	readonly height: number;
}

/** `16:9` as the number 1.78; `NaN` for anything that is no ratio. */
export function ratioOf(aspect: string): number {
	const [width = NaN, height = NaN] = aspect.split(':').map(Number);
	return width / height;
}

/** The shorter side of each class, in pixels. */
const SHORT_SIDES: Readonly<Record<Resolution, number>> = {
	'360p': 360,
	'540p': 540,
	'720p': 720,
	'1080p': 1080,
	'2K': 1440,
	'4K': 2160,
	'8K': 4320,
};

/** The shorter side is the class (`720p` → 720), the longer side follows from the aspect; both even. */
export function frameSize(resolution: Resolution, aspect: string): Size {
	const short = SHORT_SIDES[resolution];
	const ratio = ratioOf(aspect);
	const long = Math.round((short * Math.max(ratio, 1 / ratio)) / 2) * 2;
	return ratio >= 1 ? { width: long, height: short } : { width: short, height: long };
}

/** `720p-16x9`: the stem of a template's file name. */
export function templateName(resolution: Resolution, aspect: Aspect): string {
	return `${resolution}-${aspect.replace(':', 'x')}`;
}

/** A resolution class by its name; `720p` for any other. */
export const classOf = (resolution: string): Resolution =>
	RESOLUTIONS.find((known) => known === resolution) ?? '720p';

/** The real size nearest to what was asked: an unusual ratio falls to the closest of the five. */
export function nearestTemplate(
	resolution: string,
	aspect: string,
): { resolution: Resolution; aspect: Aspect } {
	const wanted = ratioOf(aspect);
	const distance = (candidate: Aspect) => Math.abs(Math.log(ratioOf(candidate) / wanted));
	return {
		resolution: classOf(resolution),
		aspect: Number.isFinite(Math.log(wanted))
			? ASPECTS.reduce((best, next) => (distance(next) < distance(best) ? next : best))
			: '16:9',
	};
}
