/** What holds for subjects together: names, media, counts, and what the prompt mentions. Pure. */
import type { SubjectLimits } from '../../catalogue/rules';
import type { Draft } from '../../media/input';
import { rowName, type Case } from './case';
import { readMentions } from './mentions';

/** Beside the rules of each field. */
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
			problems.push(
				`The ${which} has nothing to go by: give it an image, a video or a subject of the library`,
			);
		}
		if (images.length > 0 && videos.length > 0)
			problems.push(`The ${which} has images and a video, but may have one or the other`);
	}
	checkCounts(subjects, limits, who, problems);
	const { unknown, unused } = readMentions(values.prompt ?? '', names.filter(Boolean));
	for (const word of new Set(unknown)) {
		const known = names.map((name) => `@${name}`).join(', ') || 'none';
		problems.push(`"Prompt" speaks of @${word}, but no subject has this name. Subjects: ${known}`);
	}
	for (const name of unused) {
		hints.push(`The prompt does not speak of @${name}, so this subject may not appear`);
	}
}

function checkCounts(
	subjects: readonly Draft[],
	{ maxVideos, maxStills = Infinity, maxImages = Infinity }: SubjectLimits,
	who: string,
	problems: string[],
): void {
	const videos = subjects.filter((subject) => (subject.videos?.length ?? 0) > 0).length;
	if (videos > 0 && maxVideos === 0)
		problems.push(`"Video URL" of a subject is set, but ${who} takes no video subjects`);
	else if (videos > maxVideos)
		problems.push(`${videos} subjects are videos, but ${who} takes at most ${maxVideos}`);
	const stills = subjects.length - videos;
	if (stills > maxStills)
		problems.push(`${stills} subjects are no videos, but ${who} takes at most ${maxStills} such`);
	const images = subjects.reduce((sum, subject) => sum + (subject.images?.length ?? 0), 0);
	if (images > maxImages) {
		problems.push(
			`The subjects have ${images} images together, but ${who} takes at most ${maxImages}`,
		);
	}
}
