/** Checks subjects as a whole: names, media, counts, and the mentions in the prompt. Pure. */
import { capitalised } from '../../catalogue/labels';
import type { SubjectLimits } from '../../catalogue/limits';
import type { Draft } from '../../media/input';
import { rowName, type Case } from './case';
import { readMentions } from './mentions';

/** In addition to the rules of each field. `voiced`: which subjects were given a voice. */
export function checkSubjects(
	{ who, values, problems, limits, hints }: Case,
	subjects: readonly Draft[],
	voiced: readonly boolean[],
	most: SubjectLimits,
): void {
	const names = subjects.map(({ name = '' }) => name);
	for (const [index, { name, images = [], videos = [], serverId }] of subjects.entries()) {
		const which = rowName('subjects', index, name);
		if (name && names.indexOf(name) !== index)
			problems.push(`"Name" of ${which} is used twice; each subject needs its own`);
		if (images.length + videos.length === 0 && serverId === undefined) {
			if (most.needsImages || !voiced[index])
				problems.push(`${capitalised(which)} has no ${looksText(most)}: fill in one of them`);
			else hints.push(`${capitalised(which)} has no image: the model only knows its name`);
		}
		if (images.length > 0 && videos.length > 0 && most.maxVideos > 0)
			limits.push(`${capitalised(which)} has images and a video: use one or the other`);
	}
	checkCounts(subjects, most, who, limits);
	const { unknown, unused, open } = readMentions(values.prompt ?? '', names.filter(Boolean));
	// A subject without a name is a problem already, and may be the one that is mentioned.
	for (const word of names.every(Boolean) ? new Set(unknown) : []) {
		const said = `"Prompt" mentions @${word}, but there is no subject with that name`;
		problems.push([said, ...suggestion(word, names.filter(Boolean))].join('. '));
	}
	for (const name of open) {
		hints.push(`Write [@${name}] in the prompt: without brackets a name ends at the first space`);
	}
	for (const name of unused) {
		hints.push(`The prompt does not mention @${name}, so this subject may not appear`);
	}
}

/** What can say how a subject looks or, if that is enough, sounds: "image, library subject or voice". */
function looksText({ maxVideos, needsImages }: SubjectLimits): string {
	const all = ['image', ...(maxVideos > 0 ? ['video'] : []), 'library subject'];
	const last = needsImages ? all.pop() : 'voice';
	return `${all.join(', ')} or ${last}`;
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
	{ maxVideos, maxStills = Infinity, maxVideosInAll = 0, maxImages = Infinity }: SubjectLimits,
	who: string,
	limits: string[],
): void {
	const videos = subjects.filter((subject) => (subject.videos?.length ?? 0) > 0).length;
	if (videos > 0 && maxVideos === 0)
		limits.push(`"Video URL" of a subject is set, but ${who} does not accept video subjects`);
	else if (videos > maxVideos)
		limits.push(`${videos} subjects are videos, but ${who} accepts at most ${maxVideos}`);
	const library = subjects.filter(({ serverId, images = [] }) => serverId && images.length === 0);
	const perhaps = Math.max(0, Math.min(library.length, maxVideosInAll - videos));
	const stills = subjects.length - videos - perhaps;
	if (stills > maxStills)
		limits.push(`${stills} subjects are not videos, but ${who} accepts at most ${maxStills}`);
	const images = subjects.reduce((sum, subject) => sum + (subject.images?.length ?? 0), 0);
	if (images > maxImages) {
		limits.push(
			`The subjects have ${images} images in total, but ${who} accepts at most ${maxImages}`,
		);
	}
}
