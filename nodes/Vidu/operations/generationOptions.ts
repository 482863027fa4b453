/** The options that go to the model: the same names wherever they mean the same. */
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { booleanOf, numberOf, textOf } from '../tasks/parameters';
import type { Draft } from '../media/input';

export const generationOptions = (): INodeProperties[] => [
	{
		displayName: 'Audio Type',
		name: 'audioType',
		type: 'options',
		default: 'all',
		options: [
			{ name: 'Sound Effects and Voices', value: 'all' },
			{ name: 'Sound Effects Only', value: 'sound_effect_only' },
			{ name: 'Voices Only', value: 'speech_only' },
		],
		description: 'What is heard when the video is made with audio',
	},
	{
		displayName: 'Auto Subjects',
		name: 'autoSubjects',
		type: 'boolean',
		default: false,
		description: 'Whether the provider may add fitting subjects of its own library',
	},
	{
		displayName: 'Background Music',
		name: 'bgm',
		type: 'boolean',
		default: false,
		description: 'Whether to add music that the provider chooses',
	},
	{
		displayName: 'Callback URL',
		name: 'callbackUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://n8n.example.com/webhook/vidu',
		description:
			'Where the provider posts each change of the task, besides the way this node waits',
	},
	{
		displayName: 'Metadata',
		name: 'metaData',
		type: 'json',
		default: '',
		placeholder: 'e.g. {"Label": "AI"}',
		description:
			'JSON that is written into the file as its AI label, in place of the provider’s own',
	},
	{
		displayName: 'Movement Amplitude',
		name: 'movementAmplitude',
		type: 'options',
		default: 'auto',
		options: [
			{ name: 'Automatic', value: 'auto' },
			{ name: 'Large', value: 'large' },
			{ name: 'Medium', value: 'medium' },
			{ name: 'Small', value: 'small' },
		],
		description: 'How much moves in the picture. Has no effect with q2 and q3 models.',
	},
	{
		displayName: 'Off-Peak',
		name: 'offPeak',
		type: 'boolean',
		default: false,
		description:
			'Whether to make the video within 48 hours for about half the credits. Depends on Audio: q3 models need it on, others off.',
	},
	{
		displayName: 'Payload',
		name: 'payload',
		type: 'string',
		default: '',
		placeholder: 'e.g. order-17',
		description: 'A text of your own that comes back with the result and with callbacks',
	},
	{
		displayName: 'Recommended Prompt',
		name: 'isRec',
		type: 'boolean',
		default: false,
		description: 'Whether the provider writes the prompt itself, for 10 more credits',
	},
	{
		displayName: 'Seed',
		name: 'seed',
		type: 'number',
		typeOptions: { numberPrecision: 0 },
		default: 0,
		description: 'The same seed and request give a similar video again; 0 is random',
	},
	{
		displayName: 'Style',
		name: 'style',
		type: 'options',
		default: 'general',
		options: [
			{ name: 'Anime', value: 'anime' },
			{ name: 'General', value: 'general' },
		],
		description: 'How the picture is drawn. Has no effect with q2 and q3 models.',
	},
	{
		displayName: 'Voice ID',
		name: 'voiceId',
		type: 'string',
		default: '',
		placeholder: 'e.g. English_Aussie_Bloke',
		description:
			'The voice of the whole video, when it is made with audio. Has no effect with q3 models.',
	},
	{
		displayName: 'Watermark',
		name: 'watermark',
		type: 'boolean',
		default: false,
		description:
			'Whether to make a copy with a watermark, in watermarkedUrl beside the clean video',
	},
	{
		displayName: 'Watermark Image URL',
		name: 'wmUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/logo.png',
		description: 'The picture to use as a watermark, in place of the text "AI generated"',
	},
	{
		displayName: 'Watermark Position',
		name: 'wmPosition',
		type: 'options',
		default: 3,
		options: [
			{ name: 'Bottom Left', value: 4 },
			{ name: 'Bottom Right', value: 3 },
			{ name: 'Top Left', value: 1 },
			{ name: 'Top Right', value: 2 },
		],
		description: 'Where the watermark stands',
	},
];

/** The options of one item that go to the model; those not set are undefined. */
export function readGenerationOptions(
	context: IExecuteFunctions,
	itemIndex: number,
): Partial<Draft> {
	const options = (context.getNodeParameter('options', itemIndex, {}) ?? {}) as Record<
		string,
		unknown
	>;
	return {
		audioType: textOf(options.audioType),
		autoSubjects: booleanOf(options.autoSubjects),
		bgm: booleanOf(options.bgm),
		callbackUrl: textOf(options.callbackUrl),
		isRec: booleanOf(options.isRec),
		metaData: jsonTextOf(options.metaData),
		movementAmplitude: textOf(options.movementAmplitude),
		offPeak: booleanOf(options.offPeak),
		payload: textOf(options.payload),
		seed: numberOf(options.seed),
		style: textOf(options.style),
		voiceId: textOf(options.voiceId),
		watermark: booleanOf(options.watermark),
		wmPosition: numberOf(options.wmPosition),
		wmUrl: textOf(options.wmUrl),
	};
}

/** The API takes metadata as a JSON text; an expression may give the object itself. */
function jsonTextOf(value: unknown): string | undefined {
	return typeof value === 'object' && value !== null ? JSON.stringify(value) : textOf(value);
}
