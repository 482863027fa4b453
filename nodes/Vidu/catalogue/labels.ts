/** The labels of the fields in the panel, and the names of the kinds in messages. */
import { isMediaRule, type FieldName, type MediaRule, type Rule } from './rules';
import type { Kind } from './types';

/** Labels that do not follow from the identifier. */
const LABELS: Partial<Record<FieldName, string>> = {
	bgm: 'Background Music',
	from: 'From (Seconds)',
	isRec: 'Recommended Prompt',
	metaData: 'Metadata',
	offPeak: 'Off-Peak',
	serverId: 'Library Subject',
	sounds: 'Reference Sound URLs',
	sourceSeconds: 'Source Length (Seconds)',
	to: 'To (Seconds)',
	videos: 'Video URLs',
	wmPosition: 'Watermark Position',
	wmUrl: 'Watermark Image URL',
};

/** The same for kinds. */
const KIND_LABELS: Partial<Record<Kind, string>> = {
	referenceSubjects: 'Reference to Video with Subjects',
	referenceMedia: 'Reference to Video with Media',
	multiFrame: 'Multi-Frame',
	recommend: 'Recommend Prompts',
	startEndToVideo: 'Start and End to Video',
};

/** "Task ID" for `taskId`, "Image to Video" for `imageToVideo`. */
export function titleOf(identifier: string): string {
	return capitalised(identifier.replace(/[A-Z]/g, ' $&'))
		.replace(' To ', ' to ')
		.replace(/\b(Api|Id|Url)(?=s?\b)/, (word) => word.toUpperCase());
}

/** With a capital first letter, as at the beginning of a sentence. */
export function capitalised(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Whether a list in the request has a single entry, so that the node has a field for one. */
export function isSingle(rule: Rule | undefined): boolean {
	return (rule?.kind === 'images' || rule?.kind === 'recordings') && rule.max === 1;
}

/** The labels of a field in the panel: one, or two for media. */
export function labelsOf(name: FieldName, rule?: Rule): readonly [string, ...string[]] {
	// A choice of durations says so with each of them.
	if (name === 'duration' && rule?.kind === 'number') return ['Duration (Seconds)'];
	if (rule === undefined || !isMediaRule(rule)) return [LABELS[name] ?? titleOf(name)];
	const { urlsLabel, binariesLabel } = mediaLabels(name, rule);
	return [urlsLabel, binariesLabel];
}

/** The label of a field in the panel; for media, of the one for addresses. */
export function labelOf(name: FieldName, rule?: Rule): string {
	return labelsOf(name, rule)[0];
}

/** What the media of a field are called in messages: "image", "end images". */
export function mediaWord(name: FieldName, count: number): string {
	return `${titleOf(singular(name)).toLowerCase()}${count === 1 ? '' : 's'}`;
}

/** The labels of the two fields for media, by URL and from the incoming item. */
export function mediaLabels(name: FieldName, rule: MediaRule) {
	const plural = rule.kind === 'image' || isSingle(rule) ? '' : 's';
	const word = labelOf(name).replace(/Images?$|URLs$/, '');
	const isImage = rule.kind !== 'recordings';
	return {
		urlsLabel: `${word}${isImage ? 'Image ' : ''}URL${plural}`,
		binariesLabel: `${word}Input Data Field Name${plural}`,
	};
}

/** "Key Frames" as "Key Frame". */
export function singular(label: string): string {
	return label.replace(/s$/, '');
}

/** The name of a kind in the panel: "Lip Sync" for `lipSync`. */
export function kindLabel(kind: Kind): string {
	return KIND_LABELS[kind] ?? titleOf(kind);
}

/** The name of a kind in messages: "lip sync" for `lipSync`. */
export function kindName(kind: Kind): string {
	return kindLabel(kind).toLowerCase();
}
