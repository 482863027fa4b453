/** The options that go to the model: the same names wherever they mean the same. */
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { booleanOf, numberOf, textOf, verbatimOf } from '../tasks/context/parameters';
import { readOptions } from '../tasks/context/settings';
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
			'Whether to pay about half the price and get the video within 48 hours. Q3 models: only with Audio on. Others: only with Audio off.',
	},
	{
		displayName: 'Payload',
		name: 'payload',
		type: 'string',
		default: '',
		placeholder: 'e.g. order-17',
		description:
			'A text of your own that comes back unchanged with the result and with callbacks. An object is sent as JSON.',
	},
	{
		displayName: 'Recommended Prompt',
		name: 'isRec',
		type: 'boolean',
		default: false,
		description: 'Whether the provider writes the prompt, for 10 more credits; yours is ignored',
	},
	{
		displayName: 'Seed',
		name: 'seed',
		type: 'number',
		typeOptions: { numberPrecision: 0 },
		default: 0,
		description: 'The same seed and request give a similar result again; 0 is random',
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
	const options = readOptions(context, itemIndex);
	const text = (name: string, label: string) => textOf(options[name], label);
	const number = (name: string, label: string) => numberOf(options[name], label);
	const on = (name: string, label: string) => booleanOf(options[name], label);
	return {
		audioType: text('audioType', 'Audio Type'),
		autoSubjects: on('autoSubjects', 'Auto Subjects'),
		bgm: on('bgm', 'Background Music'),
		callbackUrl: text('callbackUrl', 'Callback URL'),
		isRec: on('isRec', 'Recommended Prompt'),
		metaData: verbatimOf(options.metaData, 'Metadata')?.trim() || undefined,
		movementAmplitude: text('movementAmplitude', 'Movement Amplitude'),
		offPeak: on('offPeak', 'Off-Peak'),
		payload: verbatimOf(options.payload, 'Payload'),
		seed: number('seed', 'Seed'),
		style: text('style', 'Style'),
		voiceId: text('voiceId', 'Voice ID'),
		watermark: on('watermark', 'Watermark'),
		wmPosition: number('wmPosition', 'Watermark Position'),
		wmUrl: text('wmUrl', 'Watermark Image URL'),
	};
}
