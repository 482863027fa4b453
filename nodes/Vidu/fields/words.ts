/** Words for the panel: of a field, and those that kinds have in common. What a field takes and is called says the catalogue. */
import type { INodeProperties } from 'n8n-workflow';
import type { OptionName } from '../catalogue/fields';
import type { FieldName } from '../catalogue/rules';
import type { Kind, Kinds } from '../catalogue/types';

export interface Words {
	readonly description: string;
	readonly placeholder?: string;
	/** An expression that reads what an earlier operation left; without it empty, or the catalogue's default. */
	readonly default?: string;
	/** What values are called that do not say it themselves. */
	readonly names?: Readonly<Record<string, string>>;
	/** Lines of the text field. */
	readonly lines?: number;
	/** Of the rows of a list. */
	readonly fields?: WordsByName;
	/** In place of what the rule gives. */
	readonly property?: Partial<INodeProperties>;
}

export type WordsByName = { readonly [F in FieldName]?: Words };

/** Words for all that a kind needs. */
export type WordsOf<K extends Kind> = WordsByName & Readonly<Record<Kinds[K], Words>>;

/** What aspect ratios are called. */
export const ASPECTS: Readonly<Record<string, string>> = {
	'16:9': '16:9 (Landscape)',
	'9:16': '9:16 (Portrait)',
	'1:1': '1:1 (Square)',
	'4:3': '4:3 (Landscape)',
	'3:4': '3:4 (Portrait)',
	auto: 'Automatic',
};

/** The fields of a clip that follow its model. */
export const MODEL_FIELDS = {
	duration: { description: 'How long the clip is' },
	resolution: { description: 'How many lines the picture has; more cost more' },
	aspectRatio: { description: 'Width to height of the picture', names: ASPECTS },
	audio: { description: 'Whether to make the clip with sound: speech and effects' },
} as const satisfies WordsByName;

/** The prompt of clips without subjects. */
export const PROMPT: Words = {
	lines: 4,
	placeholder: 'e.g. The bottle turns slowly, light runs along the glass, camera moves in',
	description: 'What happens in the clip',
};

/** Of the options that kinds have in common. */
export const OPTION_WORDS: Readonly<Record<OptionName, Words>> = {
	audioType: {
		names: {
			all: 'Sound Effects and Voices',
			sound_effect_only: 'Sound Effects Only',
			speech_only: 'Voices Only',
		},
		description: 'What is heard when the video is made with audio',
	},
	autoSubjects: {
		description: 'Whether the provider may add fitting subjects of its own library',
	},
	bgm: { description: 'Whether to add music that the provider chooses' },
	callbackUrl: {
		placeholder: 'e.g. https://n8n.example.com/webhook/vidu',
		description:
			'Where the provider posts each change of the task, besides the way this node waits',
	},
	isRec: {
		description: 'Whether the provider writes the prompt, for 10 more credits; yours is ignored',
	},
	metaData: {
		placeholder: 'e.g. {"Label": "AI"}',
		description:
			'JSON that is written into the file as its AI label, in place of the provider’s own',
	},
	movementAmplitude: {
		names: { auto: 'Automatic' },
		description: 'How much moves in the picture',
	},
	offPeak: {
		description: 'Whether to pay about half the price and get the video within 48 hours',
	},
	payload: {
		placeholder: 'e.g. order-17',
		description:
			'A text of your own that comes back unchanged with the result and with callbacks. An object is sent as JSON.',
	},
	seed: { description: 'The same seed and request give a similar result again; 0 is random' },
	style: { description: 'How the picture is drawn' },
	voiceId: {
		placeholder: 'e.g. English_Aussie_Bloke',
		description: 'The voice of the whole video, when it is made with audio',
	},
	watermark: {
		description:
			'Whether to make a copy with a watermark, in watermarkedUrl beside the clean video',
	},
	wmPosition: {
		names: { 1: 'Top Left', 2: 'Top Right', 3: 'Bottom Right', 4: 'Bottom Left' },
		description: 'Where the watermark stands',
	},
	wmUrl: {
		placeholder: 'e.g. https://example.com/logo.png',
		description: 'The picture to use as a watermark, in place of the text "AI generated"',
	},
};
