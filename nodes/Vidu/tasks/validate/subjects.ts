/** Checks subjects as a whole: names, media, counts, and the mentions in the prompt. Pure. */
import type { SubjectLimits } from '../../catalogue/rules';
import type { Draft } from '../../media/input';
import { rowName, type Case } from './case';
import { capitalised } from './media';
import { readMentions } from './mentions';

/** In addition to the rules of each field. */
export function checkSubjects(
	{ who, values, problems, hints }: Case,
	subjects: readonly Draft[],
	limits: SubjectLimits,
): void {
	const names = subjects.map(({ name = '' }) => name);
	for (const [index, { name, images = [], videos = [], serverId }] of subjects.entries()) {
		const which = rowName('subjects', index, name);
		if (name && names.indexOf(name) !== index)
			problems.push(`"Name" of ${which} is used twice; each subject needs its own`);
		if (images.length + videos.length === 0 && serverId === undefined) {
			problems.push(`${capitalised(which)} has no image, video or library subject`);
		}
		if (images.length > 0 && videos.length > 0)
			problems.push(`${capitalised(which)} has images and a video: use one or the other`);
	}
	checkCounts(subjects, limits, who, problems);
	const { unknown, unused } = readMentions(values.prompt ?? '', names.filter(Boolean));
	for (const word of new Set(unknown)) {
		const said = `"Prompt" mentions @${word}, but there is no subject with that name`;
		problems.push([said, ...suggestion(word, names.filter(Boolean))].join('. '));
	}
	for (const name of unused) {
		hints.push(`The prompt does not mention @${name}, so this subject may not appear`);
	}
}

/** The subject that was probably meant, or all there are. */
function suggestion(word: string, names: readonly string[]): string[] {
	const lower = word.toLowerCase();
	const meant = names.find((name) => lower.startsWith(name.toLowerCase()));
	if (meant !== undefined) return [`Did you mean @${meant}?`];
	return names.length > 0 ? [`Subjects: ${names.map((name) => `@${name}`).join(', ')}`] : [];
}

function checkCounts(
	subjects: readonly Draft[],
	{ maxVideos, maxStills = Infinity, maxImages = Infinity }: SubjectLimits,
	who: string,
	problems: string[],
): void {
	const videos = subjects.filter((subject) => (subject.videos?.length ?? 0) > 0).length;
	if (videos > 0 && maxVideos === 0)
		problems.push(`"Video URL" of a subject is set, but ${who} does not accept video subjects`);
	else if (videos > maxVideos)
		problems.push(`${videos} subjects are videos, but ${who} accepts at most ${maxVideos}`);
	const stills = subjects.length - videos;
	if (stills > maxStills)
		problems.push(`${stills} subjects are not videos, but ${who} accepts at most ${maxStills}`);
	const images = subjects.reduce((sum, subject) => sum + (subject.images?.length ?? 0), 0);
	if (images > maxImages) {
		problems.push(
			`The subjects have ${images} images in total, but ${who} accepts at most ${maxImages}`,
		);
	}
}
