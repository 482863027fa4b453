/** Words for the panel: of one field, and those that kinds have in common. Rules and labels are in the catalogue. */
import type { INodeProperties } from 'n8n-workflow';
import type { OptionName } from '../catalogue/fields';
import type { FieldName } from '../catalogue/rules';
import type { Kind, Kinds } from '../catalogue/types';
import { VOICE_LIST } from './links';

export interface Words {
	readonly description: string;
	readonly placeholder?: string;
	/** An expression that reads the output of an earlier operation; without it empty, or the catalogue's default. */
	readonly default?: string;
	/** Names of values that are not self-explanatory. */
	readonly names?: Readonly<Record<string, string>>;
	/** Lines of the text field. */
	readonly lines?: number;
	/** Words for the rows of a list. */
	readonly fields?: WordsByName;
	/** Overrides what the rule gives. */
	readonly property?: Partial<INodeProperties>;
}

export type WordsByName = { readonly [F in FieldName]?: Words };

/** Words for all fields that a kind needs. */
export type WordsOf<K extends Kind> = WordsByName & Readonly<Record<Kinds[K], Words>>;

/** Names of aspect ratios. */
export const ASPECTS: Readonly<Record<string, string>> = {
	'16:9': '16:9 (Landscape)',
	'9:16': '9:16 (Portrait)',
	'1:1': '1:1 (Square)',
	'4:3': '4:3 (Landscape)',
	'3:4': '3:4 (Portrait)',
	auto: 'Automatic',
};

/** The fields of a video that depend on its model. */
export const MODEL_FIELDS = {
	duration: { description: 'Duration of the video' },
	resolution: { description: 'Output resolution; a higher one costs more' },
	aspectRatio: { description: 'Aspect ratio of the video', names: ASPECTS },
	audio: { description: 'Whether to add sound to the video: speech and effects' },
} as const satisfies WordsByName;

/** The prompt of videos without subjects. */
export const PROMPT: Words = {
	lines: 4,
	placeholder: 'e.g. The bottle turns slowly, light runs along the glass, camera moves in',
	description: 'What happens in the video',
};

/** Words for the options that kinds have in common. */
export const OPTION_WORDS: Readonly<Record<OptionName, Words>> = {
	audioType: {
		names: {
			all: 'Sound Effects and Voices',
			sound_effect_only: 'Sound Effects Only',
			speech_only: 'Voices Only',
		},
		description: 'Kind of sound in a video with audio',
	},
	autoSubjects: {
		description: 'Whether to let the provider add matching subjects from its library',
	},
	bgm: { description: 'Whether to add music chosen by the provider' },
	callbackUrl: {
		placeholder: 'e.g. https://n8n.example.com/webhook/vidu',
		description:
			'URL to which the provider posts every change of the task, regardless of how this node waits',
	},
	isRec: {
		description:
			'Whether to let the provider write the prompt, for 10 more credits; yours is ignored',
	},
	metaData: {
		placeholder: 'e.g. {"Label": "AI"}',
		description:
			'JSON to write into the file as its AI label, instead of the label of the provider',
	},
	movementAmplitude: {
		names: { auto: 'Automatic' },
		description: 'Amount of motion',
	},
	offPeak: {
		description: 'Whether to pay about half the price and get the video within 48 hours',
	},
	payload: {
		placeholder: 'e.g. order-17',
		description:
			'Your own text, which is returned unchanged with the result and with callbacks. An object is sent as JSON.',
	},
	seed: { description: 'The same seed and request give a similar result; 0 is random' },
	sourceSeconds: {
		description:
			'Length of the video to work on (of the speech, if that is longer), from which the price is estimated; it is not sent',
	},
	style: { description: 'Visual style of the video' },
	voiceId: {
		placeholder: 'e.g. English_Aussie_Bloke',
		description: `Voice for the whole video, if it has audio: from ${VOICE_LIST}, or a cloned one`,
	},
	watermark: {
		description: 'Whether to add a watermarked copy in watermarkedUrl, next to the clean video',
	},
	wmPosition: {
		names: { 1: 'Top Left', 2: 'Top Right', 3: 'Bottom Right', 4: 'Bottom Left' },
		description: 'Position of the watermark',
	},
	wmUrl: {
		placeholder: 'e.g. https://example.com/logo.png',
		description: 'Image to use as the watermark, instead of the text "AI generated"',
	},
};
