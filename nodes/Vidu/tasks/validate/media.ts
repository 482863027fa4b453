/** Checks images, videos and sounds against the model's limits, and each against Vidu's rules. Pure. */
import { capitalised, mediaWord } from '../../catalogue/labels';
import type { ImageRule, ImagesRule, RecordingsRule } from '../../catalogue/rules';
import { headerIn, mediaProblem, USUAL_LIMITS } from '../../media/mediaRules';
import { isMedia, type Draft, type MediaInput } from '../../media/input';
import type { Case, Field } from './case';
import { countText } from './values';

/** Checks the number of images of a field, and each of them; `siblings` are the other fields. */
export function checkImages(
	{ who, baseUrl, problems, limits, hints }: Case,
	field: Field<ImageRule | ImagesRule>,
	value: unknown,
	siblings: Draft,
): void {
	const { rule } = field;
	const images = [value].flat().filter(isMedia);
	const count = countProblem(rule, images.length, who, siblings);
	if (count !== null) limits.push(`${thereAre(images.length, field)}, but ${count}`);
	const likeStart = rule.kind === 'image' ? rule.likeStart : undefined;
	const [start, end] = [siblings.startImage, images[0]].map((image) => image && pixelsOf(image));
	if (likeStart !== undefined && start && end) {
		const [min, max] = likeStart;
		const share = start / end;
		if (share < min || share > max) {
			limits.push(
				`The start image has ${share.toFixed(2)} times the pixels of the end image, but ${who} accepts ${min} to ${max}`,
			);
		}
	}
	const own = { ...USUAL_LIMITS, ...rule.limits };
	for (const image of images) {
		const needed = own.smallIsHint ? { ...own, minSide: 1 } : own;
		const problem = mediaProblem(image, needed, baseUrl);
		if (problem !== null) (headerIn(image) === null ? problems : limits).push(told(image, problem));
		const small = own.smallIsHint && problem === null && mediaProblem(image, own, baseUrl);
		if (small) hints.push(told(image, `${small}, as a document says of reference images`));
	}
}

/** The same for videos and sounds. */
export function checkRecordings(
	{ who, baseUrl, problems, limits }: Case,
	field: Field<RecordingsRule>,
	value: unknown,
): void {
	const { rule } = field;
	const files = [value].flat().filter(isMedia);
	if (files.length > rule.max)
		limits.push(`${thereAre(files.length, field)}, but ${who} accepts at most ${rule.max}`);
	for (const file of files) {
		const problem = mediaProblem(file, rule.limits, baseUrl, files.length);
		if (problem !== null) (headerIn(file) === null ? problems : limits).push(told(file, problem));
	}
}

/** How many files a field has, from addresses and data fields together. */
function thereAre(count: number, { name, whose }: Field): string {
	return `There ${count === 1 ? 'is' : 'are'} ${count} ${mediaWord(name, count)}${whose}`;
}

function told({ label }: MediaInput, sentence: string): string {
	return `${capitalised(label)} ${sentence}`;
}

/** The pixels of an image whose bytes are known; null for an address, or if it is not an image. */
function pixelsOf(image: MediaInput): number | null {
	const header = headerIn(image);
	return header && header.width * header.height;
}

/** What is wrong with the number of images, as the end of a sentence. */
function countProblem(
	rule: ImageRule | ImagesRule,
	count: number,
	who: string,
	siblings: Draft,
): string | null {
	if (rule.kind === 'image') return count > 1 ? `${who} accepts exactly 1` : null;
	const { min, moreWith, maxWithVideos } = rule;
	if (moreWith && siblings[moreWith.field] === moreWith.value && count < moreWith.min)
		return `${moreWith.value} needs at least ${moreWith.min}`;
	const besideVideos = (siblings.videos?.length ?? 0) > 0 && maxWithVideos !== undefined;
	const max = besideVideos ? maxWithVideos : rule.max;
	if (count >= min && count <= max) return null;
	return `${who} accepts ${countText({ min, max })}${besideVideos ? ' together with videos' : ''}`;
}
