/** Images against the model's limits, and each against Vidu's rules. Pure. */
import type { ImageLimits, ImageRule, ImagesRule } from '../../catalogue/rules';
import { imageProblem, imageReferenceProblem, pixelsOf } from '../../media/imageRules';
import { isMedia, type Draft, type MediaInput } from '../../media/input';
import type { Case } from './case';
import { countText } from './values';

/** How many images a field holds, and each of them; `siblings` are the fields beside it. */
export function checkImages(
	{ who, baseUrl, problems }: Case,
	rule: ImageRule | ImagesRule,
	value: unknown,
	label: string,
	siblings: Draft,
): void {
	const images = [value].flat().filter(isMedia);
	const count = countProblem(rule, images.length, who, siblings);
	if (count !== null) problems.push(`${label} holds ${images.length}, but ${count}`);
	const likeStart = rule.kind === 'image' ? rule.likeStart : undefined;
	const [start, end] = [siblings.startImage, images[0]].map((image) => image && pixelsOf(image));
	if (likeStart !== undefined && start && end) {
		const [min, max] = likeStart;
		const share = start / end;
		if (share < min || share > max) {
			problems.push(
				`The start image has ${share.toFixed(2)} times the pixels of the last, but ${who} takes ${min} to ${max}`,
			);
		}
	}
	for (const image of images) {
		const limits = rule.kind === 'image' ? rule.limits : undefined;
		const problem = mediaProblem(image, limits, baseUrl);
		if (problem !== null) problems.push(`${capitalised(image.label)} ${problem}`);
	}
}

/** What is wrong with the number of images, as the end of a sentence. */
function countProblem(
	rule: ImageRule | ImagesRule,
	count: number,
	who: string,
	siblings: Draft,
): string | null {
	if (rule.kind === 'image') return count > 1 ? `${who} takes exactly 1` : null;
	const { min, moreWith, maxWithVideos } = rule;
	if (moreWith && siblings[moreWith.field] === moreWith.value && count < moreWith.min)
		return `${moreWith.value} needs at least ${moreWith.min}`;
	const besideVideos = (siblings.videos?.length ?? 0) > 0 && maxWithVideos !== undefined;
	const max = besideVideos ? maxWithVideos : rule.max;
	if (count >= min && count <= max) return null;
	return `${who} takes ${countText({ min, max })}${besideVideos ? ' beside videos' : ''}`;
}

/**
 * What is wrong with an image, as the end of a sentence; `limits` where they are not the usual
 * ones, `baseUrl` where the provider is.
 */
export function mediaProblem(
	input: MediaInput,
	limits?: ImageLimits,
	baseUrl?: string,
): string | null {
	return input.kind === 'reference'
		? imageReferenceProblem(input.value, limits, baseUrl)
		: imageProblem(input.image.header, input.image.size, limits);
}

/** With a capital first, to begin a sentence. */
export function capitalised(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
