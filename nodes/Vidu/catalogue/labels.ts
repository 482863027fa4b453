/** The labels of the fields in the panel, and the names of the kinds in messages. */
import { isMediaRule, type FieldName, type MediaRule, type Rule } from './rules';
import type { Kind } from './types';

const LABELS: Readonly<Record<FieldName, string>> = {
	area: 'Area',
	aspectRatio: 'Aspect Ratio',
	audio: 'Audio',
	audioType: 'Audio Type',
	audioUrl: 'Audio URL',
	autoSubjects: 'Auto Subjects',
	beast: 'Beast',
	bgm: 'Background Music',
	callbackUrl: 'Callback URL',
	count: 'Count',
	description: 'Description',
	duration: 'Duration',
	emotion: 'Emotion',
	endImage: 'End Image',
	faceImage: 'Face Image',
	from: 'From (Seconds)',
	image: 'Image',
	images: 'Images',
	isRec: 'Recommended Prompt',
	keyFrames: 'Key Frames',
	metaData: 'Metadata',
	movementAmplitude: 'Movement Amplitude',
	name: 'Name',
	offPeak: 'Off-Peak',
	payload: 'Payload',
	pitch: 'Pitch',
	prompt: 'Prompt',
	promptAudioUrl: 'Prompt Audio URL',
	promptText: 'Prompt Text',
	pronunciations: 'Pronunciations',
	resolution: 'Resolution',
	seed: 'Seed',
	serverId: 'Library Subject',
	sounds: 'Reference Sound URLs',
	sourceSeconds: 'Source Length (Seconds)',
	speed: 'Speed',
	startImage: 'Start Image',
	story: 'Story',
	style: 'Style',
	subjectId: 'Subject ID',
	subjects: 'Subjects',
	template: 'Template',
	text: 'Text',
	timingPrompts: 'Timing Prompts',
	to: 'To (Seconds)',
	types: 'Types',
	upscaleResolution: 'Upscale Resolution',
	videoCreationId: 'Video Creation ID',
	videos: 'Video URLs',
	videoUrl: 'Video URL',
	voiceId: 'Voice ID',
	volume: 'Volume',
	watermark: 'Watermark',
	wmPosition: 'Watermark Position',
	wmUrl: 'Watermark Image URL',
};

/** Whether a list in the request has a single entry, so that the node has a field for one. */
export function isSingle(rule: Rule | undefined): boolean {
	return (rule?.kind === 'images' || rule?.kind === 'recordings') && rule.max === 1;
}

/** The labels of a field in the panel: one, or two for media. */
export function labelsOf(name: FieldName, rule?: Rule): readonly [string, ...string[]] {
	// A choice of durations says so with each of them.
	if (name === 'duration' && rule?.kind === 'number') return ['Duration (Seconds)'];
	if (rule === undefined || !isMediaRule(rule)) return [LABELS[name]];
	const { urlsLabel, binariesLabel } = mediaLabels(name, rule);
	return [urlsLabel, binariesLabel];
}

/** The label of a field in the panel; for media, of the one for addresses. */
export function labelOf(name: FieldName, rule?: Rule): string {
	return labelsOf(name, rule)[0];
}

/** What the media of a field are called in messages: "image", "end images". */
export function mediaWord(name: FieldName, count: number): string {
	return `${words(singular(name))}${count === 1 ? '' : 's'}`;
}

/** The labels of the two fields for media, by URL and from the incoming item. */
export function mediaLabels(name: FieldName, rule: MediaRule) {
	const plural = rule.kind === 'image' || isSingle(rule) ? '' : 's';
	const word = LABELS[name].replace(/Images?$|URLs$/, '');
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

/** Names of kinds that differ from their identifiers. */
const KIND_NAMES: Partial<Record<Kind, string>> = {
	referenceSubjects: 'reference to video with subjects',
	referenceMedia: 'reference to video with media',
	multiFrame: 'multi-frame',
	startEndToVideo: 'start and end to video',
};

/** The name of a kind in messages: "lip sync" for `lipSync`. */
export function kindName(kind: Kind): string {
	return KIND_NAMES[kind] ?? words(kind);
}

/** "lip sync" for `lipSync`. */
function words(identifier: string): string {
	return identifier.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
}
