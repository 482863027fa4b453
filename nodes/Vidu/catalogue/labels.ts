/** What the panel calls the fields, and what messages call the kinds. */
import type { FieldName, Rule } from './rules';
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
	from: 'From',
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
	speed: 'Speed',
	startImage: 'Start Image',
	story: 'Story',
	style: 'Style',
	subjectId: 'Subject ID',
	subjects: 'Subjects',
	template: 'Template',
	text: 'Text',
	timingPrompts: 'Timing Prompts',
	to: 'To',
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

/** Whether the node has a field for one entry of what is a list on the wire. */
export function isSingle(rule: Rule | undefined): boolean {
	return (rule?.kind === 'images' || rule?.kind === 'urls') && rule.max === 1;
}

/** What the panel calls a field. */
export function labelOf(name: FieldName, rule?: Rule): string {
	return isSingle(rule) ? singular(LABELS[name]) : LABELS[name];
}

/** "Key Frames" as "Key Frame". */
export function singular(label: string): string {
	return label.replace(/s$/, '');
}

/** Where the words of a kind are not those of its name. */
const KIND_NAMES: Partial<Record<Kind, string>> = {
	referenceSubjects: 'reference to video with subjects',
	referenceMedia: 'reference to video with media',
	startEndToVideo: 'start and end to video',
};

/** A kind as messages call it: `lipSync` as "lip sync". */
export function kindName(kind: Kind): string {
	return KIND_NAMES[kind] ?? kind.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
}
