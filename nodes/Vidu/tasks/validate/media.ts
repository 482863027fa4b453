/** Subjects, images and videos against the model's limits, and each picture against Vidu's rules. */
import type { ImageLimits } from '../../catalogue/operations/types';
import { imageProblem, imageReferenceProblem, pixelsOf } from '../../media/imageRules';
import { linkProblem } from '../../media/links';
import { readMentions } from './mentions';
import type { MediaInput } from '../../media/input';
import { rangeText, type Case } from './case';

/** Names, counts, media and mentions of the subjects. */
export function checkSubjects({ row, who, baseUrl, draft, problems, hints }: Case): void {
	const { subjects } = draft;
	if (subjects === undefined) return;
	const limits = row.subjects;
	if (limits === undefined) {
		problems.push(`"Subjects" are given, but ${who} takes none`);
		return;
	}
	if (subjects.length < limits.min || subjects.length > limits.max) {
		problems.push(
			`"Subjects" holds ${subjects.length}, but ${who} takes ${rangeText(limits.min, limits.max)}`,
		);
	}
	const names = subjects.map(({ name }) => name);
	for (const [index, subject] of subjects.entries()) {
		const which = `subject ${index + 1}${subject.name ? ` "${subject.name}"` : ''}`;
		if (!subject.name)
			problems.push(`"Name" of ${which} is empty; the prompt speaks of it as @name`);
		if (/[\s@[\]]/.test(subject.name)) {
			problems.push(`"Name" of ${which} must not contain spaces, @ or brackets`);
		}
		if (names.indexOf(subject.name) !== index && subject.name) {
			problems.push(`"Name" of ${which} is used twice; each subject needs its own`);
		}
		const media = subject.images.length + subject.videos.length;
		if (media === 0 && subject.serverId === undefined) {
			problems.push(
				`The ${which} has nothing to go by: give it an image, a video or a subject of the library`,
			);
		}
		if (subject.images.length > limits.imagesPerSubject) {
			problems.push(
				`The ${which} has ${subject.images.length} images, but ${who} takes at most ${limits.imagesPerSubject}`,
			);
		}
		if (subject.images.length > 0 && subject.videos.length > 0) {
			problems.push(`The ${which} has images and a video, but may have one or the other`);
		}
		if (subject.voiceId !== undefined && row.subjectVoice !== 'yes') {
			hints.push(`The voice of ${which} has no effect with ${row.model}`);
		}
		for (const video of subject.videos) {
			const problem = urlOrDataProblem(video, baseUrl);
			if (problem) problems.push(`"Video URL" of ${which} ${problem}`);
		}
	}
	const videoSubjects = subjects.filter(({ videos }) => videos.length > 0).length;
	if (videoSubjects > limits.maxVideoSubjects) {
		problems.push(
			limits.maxVideoSubjects === 0
				? `"Video URL" of a subject is set, but ${who} takes no video subjects`
				: `${videoSubjects} subjects are videos, but ${who} takes at most ${limits.maxVideoSubjects}`,
		);
	}
	const stillSubjects = subjects.length - videoSubjects;
	if (limits.maxImageSubjects !== undefined && stillSubjects > limits.maxImageSubjects) {
		problems.push(
			`${stillSubjects} subjects are no videos, but ${who} takes at most ${limits.maxImageSubjects} such`,
		);
	}
	const images = subjects.reduce((sum, subject) => sum + subject.images.length, 0);
	if (limits.maxImages !== undefined && images > limits.maxImages) {
		problems.push(
			`The subjects have ${images} images together, but ${who} takes at most ${limits.maxImages}`,
		);
	}
	const { unknown, unused } = readMentions(draft.prompt ?? '', names.filter(Boolean));
	for (const word of new Set(unknown)) {
		const known = names.map((name) => `@${name}`).join(', ') || 'none';
		problems.push(`"Prompt" speaks of @${word}, but no subject has this name. Subjects: ${known}`);
	}
	for (const name of unused) {
		hints.push(`The prompt does not speak of @${name}, so this subject may not appear`);
	}
}

/** How many images, and each picture of the draft. */
export function checkImages({ row, who, baseUrl, draft, problems }: Case): void {
	const images = draft.images ?? [];
	const limits = row.images;
	if (limits === undefined) {
		if (images.length > 0) problems.push(`Images are given, but ${who} takes none`);
	} else {
		const max =
			(draft.videos?.length ?? 0) > 0 && limits.maxWithVideos !== undefined
				? limits.maxWithVideos
				: limits.max;
		if (images.length < limits.min || images.length > max) {
			const beside = max === limits.max ? '' : ' beside videos';
			problems.push(
				`${images.length} images are given, but ${who} takes ${rangeText(limits.min, max)}${beside}`,
			);
		}
	}
	const [first, second] = images.map(pixelsOf);
	if (limits?.alike !== undefined && first && second) {
		const [min, max] = limits.alike;
		const share = first / second;
		if (share < min || share > max) {
			problems.push(
				`The first picture has ${share.toFixed(2)} times the pixels of the last, but ${who} takes ${min} to ${max}`,
			);
		}
	}
	for (const image of [...images, ...(draft.subjects ?? []).flatMap((subject) => subject.images)]) {
		const problem = mediaProblem(image, undefined, baseUrl);
		if (problem) problems.push(`${capitalised(image.label)} ${problem}`);
	}
}

/** How many reference videos, and their addresses. */
export function checkVideos({ row, who, baseUrl, draft, problems }: Case): void {
	const videos = draft.videos ?? [];
	const max = row.videos?.max ?? 0;
	if (videos.length > max) {
		problems.push(
			max === 0
				? `"Video URLs" are given, but ${who} takes no videos`
				: `"Video URLs" holds ${videos.length}, but ${who} takes at most ${max}`,
		);
	}
	for (const [index, video] of videos.entries()) {
		const problem = urlOrDataProblem(video, baseUrl);
		if (problem) problems.push(`Video ${index + 1} in "Video URLs" ${problem}`);
	}
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

function urlOrDataProblem(reference: string, baseUrl: string): string | null {
	return /^data:video\/[\w.+-]+;base64,/i.test(reference) ? null : linkProblem(reference, baseUrl);
}

/** With a capital first, to begin a sentence. */
export function capitalised(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
