/** What every operation sends, byte for byte, and what comes out. */
import type { IDataObject } from 'n8n-workflow';
import { errorText } from '../harness/clip.mts';
import { picture, quick, useStage } from './vidu.mts';

const stage = useStage();
const CREATION = '911084878697623553';

interface Wire {
	resource: string;
	operation: string;
	path: string;
	/** Texts with `{cat.png}` stand for the address of that picture. */
	parameters: IDataObject;
	body: IDataObject;
	mimeType: string;
	model?: string;
	credits?: number;
	estimated?: number | null;
}

const OPERATIONS: Wire[] = [
	{
		resource: 'video',
		operation: 'extend',
		path: '/extend',
		parameters: {
			model: 'viduq2-turbo',
			videoUrl: 'https://example.com/clip.mp4',
			prompt: 'the cat runs on',
			endImageUrl: '{cat.png}',
			duration: 3,
			resolution: '1080p',
			options: { watermark: true, wmPosition: 2, payload: 'row-7', metaData: '{"Label":"AI"}' },
		},
		body: {
			model: 'viduq2-turbo',
			video_url: 'https://example.com/clip.mp4',
			prompt: 'the cat runs on',
			images: ['{cat.png}'],
			duration: 3,
			resolution: '1080p',
			watermark: true,
			wm_position: 'top_right',
			payload: 'row-7',
			meta_data: '{"Label":"AI"}',
		},
		mimeType: 'video/mp4',
		model: 'viduq2-turbo',
		credits: 60,
	},
	{
		resource: 'video',
		operation: 'multiFrame',
		path: '/multiframe',
		parameters: {
			startImageUrl: '{cat.png}',
			keyFrames: {
				keyFrame: [
					{ imageUrl: '{robot.png}', prompt: 'it turns', duration: 2 },
					{ imageUrl: '{bottle.png}' },
				],
			},
			options: { wmPosition: 4 },
		},
		body: {
			model: 'viduq2-pro',
			start_image: '{cat.png}',
			image_settings: [
				{ key_image: '{robot.png}', prompt: 'it turns', duration: 2 },
				{ key_image: '{bottle.png}', duration: 5 },
			],
			resolution: '720p',
			wm_position: 'bottom_left',
		},
		mimeType: 'video/mp4',
		model: 'viduq2-pro',
		credits: 110,
	},
	{
		resource: 'video',
		operation: 'upscale',
		path: '/upscale-new',
		parameters: { videoUrl: 'https://example.com/clip.mp4', upscaleResolution: '4K' },
		body: { video_url: 'https://example.com/clip.mp4', upscale_resolution: '4K' },
		mimeType: 'video/mp4',
		estimated: null,
	},
	{
		resource: 'video',
		operation: 'template',
		path: '/template',
		parameters: {
			template: 'exotic_princess',
			imageUrls: ['{cat.png}', '{robot.png}'],
			prompt: 'she dances',
			aspectRatio: '9:16',
			options: { area: 'japan', bgm: true, seed: 7, wmPosition: 2 },
		},
		body: {
			template: 'exotic_princess',
			images: ['{cat.png}', '{robot.png}'],
			prompt: 'she dances',
			aspect_ratio: '9:16',
			area: 'japan',
			bgm: true,
			seed: 7,
			wm_position: 2,
		},
		mimeType: 'video/mp4',
		estimated: null,
	},
	{
		resource: 'video',
		operation: 'templateStory',
		path: '/template-story',
		parameters: { story: 'monkey_king', imageUrls: ['{cat.png}'], options: { payload: 'p' } },
		body: { story: 'monkey_king', images: ['{cat.png}'], payload: 'p' },
		mimeType: 'video/mp4',
		estimated: null,
	},
	{
		resource: 'video',
		operation: 'lipSync',
		path: '/lip-sync',
		parameters: {
			videoUrl: 'https://example.com/clip.mp4',
			text: 'Hello. <#0.5#> Welcome!',
			options: {
				voiceId: 'English_Aussie_Bloke',
				speed: 1.5,
				volume: 3,
				faceImageUrl: '{cat.png}',
			},
		},
		body: {
			video_url: 'https://example.com/clip.mp4',
			text: 'Hello. <#0.5#> Welcome!',
			voice_id: 'English_Aussie_Bloke',
			speed: 1.5,
			volume: 3,
			ref_photo_url: '{cat.png}',
		},
		mimeType: 'video/mp4',
		estimated: null,
	},
	{
		resource: 'video',
		operation: 'motionSync',
		path: '/image2dance',
		parameters: { imageUrl: '{cat.png}', videoUrl: 'https://example.com/dance.mp4' },
		body: { image_url: '{cat.png}', video_url: 'https://example.com/dance.mp4' },
		mimeType: 'video/mp4',
		estimated: null,
	},
	{
		resource: 'video',
		operation: 'digitalHuman',
		path: '/digital-human',
		parameters: {
			imageUrl: '{robot.png}',
			text: 'Good morning',
			voiceId: 'English_Aussie_Bloke',
			prompt: 'it smiles',
			resolution: '1080p',
		},
		body: {
			model: 'viduq2-pro',
			image: '{robot.png}',
			text: 'Good morning',
			voice_id: 'English_Aussie_Bloke',
			prompt: 'it smiles',
			resolution: '1080p',
		},
		mimeType: 'video/mp4',
		model: 'viduq2-pro',
		estimated: null,
	},
	{
		resource: 'image',
		operation: 'referenceToImage',
		path: '/reference2image',
		parameters: {
			prompt: 'a bottle on a rock',
			imageUrls: ['{bottle.png}'],
			aspectRatio: '21:9',
			resolution: '2K',
			options: { seed: 5, payload: 'p' },
		},
		body: {
			model: 'viduq2',
			prompt: 'a bottle on a rock',
			images: ['{bottle.png}'],
			aspect_ratio: '21:9',
			resolution: '2K',
			seed: 5,
			payload: 'p',
		},
		mimeType: 'image/png',
		model: 'viduq2',
		credits: 12,
	},
	{
		resource: 'audio',
		operation: 'textToAudio',
		path: '/text2audio',
		parameters: { prompt: 'rain on a tin roof', duration: 4.5, options: { seed: 3 } },
		body: { model: 'audio1.0', prompt: 'rain on a tin roof', duration: 4.5, seed: 3 },
		mimeType: 'audio/wav',
		model: 'audio1.0',
		credits: 10,
	},
	{
		resource: 'audio',
		operation: 'timingToAudio',
		path: '/timing2audio',
		parameters: {
			duration: 8,
			timingPrompts: {
				timingPrompt: [
					{ from: 0, to: 3, prompt: 'steps' },
					{ from: 3.5, to: 8, prompt: 'a door slams' },
				],
			},
		},
		body: {
			model: 'audio1.0',
			duration: 8,
			timing_prompts: [
				{ from: 0, to: 3, prompt: 'steps' },
				{ from: 3.5, to: 8, prompt: 'a door slams' },
			],
		},
		mimeType: 'audio/wav',
		model: 'audio1.0',
		credits: 20,
	},
	{
		resource: 'audio',
		operation: 'textToSpeech',
		path: '/audio-tts',
		parameters: {
			text: 'Welcome! <#0.5#> Look.',
			voiceId: 'English_Aussie_Bloke',
			options: {
				speed: 0.8,
				volume: 2,
				pitch: -3,
				emotion: 'happy',
				pronunciations: ['omg/oh my god'],
				payload: 'p',
			},
		},
		body: {
			text: 'Welcome! <#0.5#> Look.',
			voice_setting_voice_id: 'English_Aussie_Bloke',
			voice_setting_speed: 0.8,
			voice_setting_volume: 2,
			voice_setting_pitch: -3,
			voice_setting_emotion: 'happy',
			pronunciation_dict_tone: ['omg/oh my god'],
			payload: 'p',
		},
		mimeType: 'audio/mpeg',
		credits: 10,
	},
	{
		resource: 'audio',
		operation: 'cloneVoice',
		path: '/audio-clone',
		parameters: {
			audioUrl: 'https://example.com/voice.mp3',
			voiceId: 'narrator-01',
			text: 'This is how I sound.',
			options: { promptAudioUrl: 'https://example.com/short.mp3', promptText: 'Hi' },
		},
		body: {
			audio_url: 'https://example.com/voice.mp3',
			voice_id: 'narrator-01',
			text: 'This is how I sound.',
			prompt_audio_url: 'https://example.com/short.mp3',
			prompt_text: 'Hi',
		},
		mimeType: 'audio/mpeg',
		estimated: 310,
	},
];

/** With the addresses of the sandbox's pictures. */
function placed<T>(value: T): T {
	const text = JSON.stringify(value).replace(/\{(\w+\.png)\}/g, (_, name: string) =>
		stage.sample(name),
	);
	return JSON.parse(text) as T;
}

describe.each(OPERATIONS)('$operation', (each) => {
	const { resource, operation, path, mimeType } = each;

	test('sends just what its document says, and delivers the file', async () => {
		const parameters = placed(each.parameters);
		const options = { ...(parameters.options as IDataObject), ...quick };
		const done = await stage.run(resource, operation, { ...parameters, options });
		expect(errorText(done)).toBe('undefined\nundefined');
		expect(stage.bodies(path)).toEqual([placed(each.body)]);
		const [item] = done.items('Vidu');
		const kind = mimeType.split('/')[0];
		expect(item?.json).toMatchObject({
			operation,
			model: each.model ?? null,
			state: 'succeeded',
			error: null,
			[`${kind}s`]: [{ url: expect.stringMatching(/^http/) }],
		});
		if (kind !== 'video') expect(item?.json.videos).toEqual([]);
		const [billed] = stage.sandbox.ledger();
		if (each.credits !== undefined) expect(billed?.credits).toBe(each.credits);
		const estimated = each.estimated === undefined ? each.credits : each.estimated;
		expect(item?.json.estimatedCredits).toBe(estimated);
		expect(item?.binary?.data).toMatchObject({ mimeType });
		expect((await done.binary(item!, 'data')).length).toBeGreaterThan(500);
	});

	test('is refused by name where the provider has it not, before the call', async () => {
		const done = await stage.run(
			resource,
			operation,
			placed(each.parameters),
			undefined,
			{},
			{ provider: 'octopusx' },
		);
		expect(errorText(done)).toMatch(/OctopusX does not offer .*Providers that do: Vidu/);
		expect(stage.sandbox.requests()).toEqual([]);
	});
});

test('extend and upscale go on from the creation that the incoming item holds', async () => {
	const first = await stage.run('video', 'textToVideo', { prompt: 'a lake', options: quick });
	const items = stage.outputs(first).map((json) => ({ json }));
	const [creation] = items[0]?.json.creationIds as string[];
	const extended = await stage.run('video', 'extend', { options: quick }, items);
	expect(errorText(extended)).toBe('undefined\nundefined');
	expect(stage.bodies('/extend')).toMatchObject([{ video_creation_id: creation }]);
	const next = stage.outputs(extended).map((json) => ({ json }));
	const upscaled = await stage.run(
		'video',
		'upscale',
		{ upscaleResolution: '2K', options: quick },
		next,
	);
	expect(errorText(upscaled)).toBe('undefined\nundefined');
	expect(stage.outputs(upscaled)).toMatchObject([{ operation: 'upscale', state: 'succeeded' }]);
});

test('lip sync takes the video of the incoming item, speech its cloned voice', async () => {
	const clip = await stage.run('video', 'textToVideo', { prompt: 'a host', options: quick });
	const [video] = stage.outputs(clip);
	const cloned = await stage.run('audio', 'cloneVoice', {
		audioUrl: 'https://example.com/voice.mp3',
		voiceId: 'narrator-02',
		text: 'Hello',
	});
	const speech = await stage.run(
		'audio',
		'textToSpeech',
		{ text: 'Good morning everybody' },
		stage.outputs(cloned).map((json) => ({ json })),
	);
	expect(stage.bodies('/audio-tts')).toMatchObject([{ voice_setting_voice_id: 'narrator-02' }]);
	const [spoken] = stage.outputs(speech);
	const done = await stage.run('video', 'lipSync', { options: quick }, [
		{ json: { videos: video?.videos, audios: spoken?.audios } as IDataObject },
	]);
	expect(errorText(done)).toBe('undefined\nundefined');
	const { url } = (video?.videos as Array<{ url: string }>)[0]!;
	const { url: audio } = (spoken?.audios as Array<{ url: string }>)[0]!;
	expect(stage.bodies('/lip-sync')).toEqual([{ video_url: url, audio_url: audio }]);
});

test('pictures of binary fields travel inside the request, also those of key frames', async () => {
	const done = await stage.run(
		'video',
		'multiFrame',
		{
			startBinaryPropertyName: 'data',
			keyFrames: { keyFrame: [{ binaryPropertyName: 'data' }, { binaryPropertyName: 'data' }] },
			options: quick,
		},
		[await picture('cat.png')],
	);
	expect(errorText(done)).toBe('undefined\nundefined');
	const inside = expect.stringMatching(/^data:image\/png;base64,/);
	expect(stage.bodies('/multiframe')).toMatchObject([
		{ start_image: inside, image_settings: [{ key_image: inside }, { key_image: inside }] },
	]);
});

test('a creation id is sent as it is, and both it and a URL are refused', async () => {
	const both = { videoCreationId: CREATION, videoUrl: 'https://example.com/clip.mp4' };
	for (const operation of ['extend', 'upscale']) {
		const done = await stage.run('video', operation, both);
		expect(errorText(done)).toContain('"Video Creation ID" and "Video URL" are both set');
	}
	expect(stage.sandbox.requests()).toEqual([]);
});

describe('speech is bought once', () => {
	const parameters = { text: 'Hello there', voiceId: 'English_Aussie_Bloke' };

	test('and taken up again by a retry, although it is no task that can be asked for', async () => {
		const failing = [{ json: { text: 'Hello' } }, { json: { text: 'Bye [fail=Unknown]' } }];
		const done = await stage.run(
			'audio',
			'textToSpeech',
			{ ...parameters, text: '={{ $json.text }}', options: { maxConcurrency: 1 } },
			failing,
			{ retryOnFail: true, maxTries: 2, waitBetweenTries: 0 },
		);
		expect(done.status).toBe('error');
		expect(stage.bodies('/audio-tts').map((body) => (body as IDataObject).text)).toEqual([
			...['Hello', 'Bye [fail=Unknown]', 'Bye [fail=Unknown]'],
		]);
	});
});
