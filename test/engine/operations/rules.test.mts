/** Every rule of an operation is enforced before the call: the sentence names field, value and what is allowed. */
import type { IDataObject } from 'n8n-workflow';
import { errorText } from '../harness/clip.mts';
import { CLIP, blankPicture, picture, useStage } from './vidu.mts';

const stage = useStage();

const PICTURE = 'https://example.com/cat.png';
/** What n8n itself does not see to be empty before the workflow runs. */
const NONE = '={{ "" }}';
const frame = { imageUrl: PICTURE };
const frames = (count: number, rest: IDataObject = {}): IDataObject => ({
	startImageUrl: PICTURE,
	keyFrames: { keyFrame: Array.from({ length: count }, () => ({ ...frame, ...rest })) },
});
const events = (from: number, to: number, prompt = 'steps'): IDataObject => ({
	duration: 5,
	timingPrompts: { timingPrompt: [{ from, to, prompt }] },
});
const voice = { voiceId: 'English_Aussie_Bloke' };
const clone = { audioUrl: 'https://example.com/voice.mp3', voiceId: 'narrator-01', text: 'Hello' };
const long = (count: number) => 'x'.repeat(count);

type Rule = [resource: string, operation: string, parameters: IDataObject, says: string];

const RULES: Rule[] = [
	['video', 'extend', { prompt: 'x' }, '"Video Creation ID" and "Video URL" are both empty'],
	[
		'video',
		'extend',
		{ videoUrl: CLIP, duration: 8 },
		'"Duration (Seconds)" is 8, but Vidu Q2 Pro (Vidu, extend) accepts whole numbers from 1 to 7',
	],
	['video', 'extend', { videoUrl: CLIP, duration: 2.5 }, '"Duration (Seconds)" is 2.5'],
	[
		'video',
		'extend',
		{ videoUrl: CLIP, resolution: '4K' },
		'"Resolution" is 4K, but Vidu Q2 Pro (Vidu, extend) accepts 540p, 720p, 1080p',
	],
	['video', 'extend', { videoUrl: 'clip.mp4' }, '"Video URL" is not a URL'],
	[
		'video',
		'extend',
		{ videoUrl: CLIP, prompt: long(2001) },
		'"Prompt" has 2001 characters, but Vidu Q2 Pro (Vidu, extend) accepts at most 2000',
	],
	[
		'video',
		'extend',
		{ videoUrl: CLIP, model: '=viduq3' },
		'"Model" is Vidu Q3, but Vidu offers for extend: Vidu Q2 Pro (viduq2-pro), Vidu Q2 Turbo (viduq2-turbo)',
	],
	[
		'video',
		'extend',
		{ videoUrl: CLIP, endImageUrl: 'cat.png' },
		'The image in "End Image URL" is not a URL',
	],
	[
		'video',
		'extend',
		{ videoUrl: CLIP, options: { wmPosition: '=9' } },
		'"Watermark Position" is 9, but Vidu Q2 Pro (Vidu, extend) accepts 1, 2, 3, 4',
	],
	[
		'video',
		'extend',
		{ videoUrl: CLIP, options: { metaData: 'x' } },
		'"Metadata" must be a JSON object',
	],
	[
		'video',
		'multiFrame',
		frames(1),
		'"Key Frames" has 1 entry, but Vidu Q2 Pro (Vidu, multi-frame) accepts 2 to 9',
	],
	['video', 'multiFrame', frames(10), '"Key Frames" has 10 entries'],
	['video', 'multiFrame', { startImageUrl: PICTURE }, 'Add at least 2 key frames: '],
	[
		'video',
		'multiFrame',
		{ ...frames(2), startImageUrl: '' },
		'No start image: fill in "Start Image URL" or "Start Input Data Field Name"',
	],
	[
		'video',
		'multiFrame',
		frames(2, { duration: 8 }),
		'"Duration (Seconds)" of key frame 1 is 8, but Vidu Q2 Pro (Vidu, multi-frame) accepts whole numbers from 2 to 7',
	],
	['video', 'multiFrame', frames(2, { imageUrl: '' }), 'No image of key frame 1: fill in'],
	['video', 'upscale', {}, '"Video Creation ID" and "Video URL" are both empty'],
	[
		'video',
		'upscale',
		{ videoUrl: CLIP, upscaleResolution: '720p' },
		'"Upscale Resolution" is 720p, but Vidu (upscale) accepts 1080p, 2K, 4K, 8K',
	],
	['video', 'template', { template: NONE, imageUrls: [PICTURE] }, '"Template" is empty'],
	[
		'video',
		'template',
		{ template: 'hugging' },
		'No images: fill in "Image URLs" or "Input Data Field Names"',
	],
	[
		'video',
		'template',
		{ template: 'hugging', imageUrls: [PICTURE], options: { area: 'japan' } },
		'"Area" is set, but Vidu (template) has it only with the template exotic_princess',
	],
	[
		'video',
		'template',
		{ template: 'hugging', imageUrls: [PICTURE], aspectRatio: '4:3' },
		'"Aspect Ratio" is 4:3',
	],
	[
		'video',
		'templateStory',
		{ story: 'one_shot', imageUrls: [PICTURE, PICTURE] },
		'There are 2 images, but one_shot needs at least 3',
	],
	['video', 'templateStory', { story: 'monkey', imageUrls: [PICTURE] }, '"Story" is monkey'],
	['video', 'lipSync', { videoUrl: CLIP }, '"Audio URL" and "Text" are both empty'],
	[
		'video',
		'lipSync',
		{ videoUrl: CLIP, text: 'Hello', audioUrl: 'https://example.com/a.mp3' },
		'"Audio URL" and "Text" are both set: leave one empty',
	],
	['video', 'lipSync', { text: 'Hello' }, '"Video URL" is empty'],
	[
		'video',
		'lipSync',
		{ videoUrl: CLIP, text: 'Hey' },
		'"Text" has 3 characters, but Vidu (lip sync) accepts 4 to 2000',
	],
	[
		'video',
		'lipSync',
		{ videoUrl: CLIP, text: '你'.repeat(1001) },
		'"Text" has 2002 characters (a Chinese one counts as two)',
	],
	[
		'video',
		'lipSync',
		{ videoUrl: CLIP, text: 'Hello <#0.5#><#1#> you' },
		'"Text" has a pause that is not like <#0.5#>',
	],
	[
		'video',
		'lipSync',
		{ videoUrl: CLIP, text: 'Hello', options: { speed: 3 } },
		'"Speed" is 3, but Vidu (lip sync) accepts 0.5 to 2',
	],
	[
		'video',
		'lipSync',
		{ videoUrl: CLIP, text: 'Hello', options: { volume: 11 } },
		'"Volume" is 11',
	],
	['video', 'motionSync', { videoUrl: CLIP }, 'No image: fill in'],
	['video', 'motionSync', { imageUrl: PICTURE }, '"Video URL" is empty'],
	['video', 'digitalHuman', { imageUrl: PICTURE }, '"Audio URL" and "Text" are both empty'],
	['video', 'digitalHuman', { text: 'Hello' }, 'No image: fill in'],
	['image', 'referenceToImage', { prompt: NONE }, '"Prompt" is empty'],
	['image', 'referenceToImage', { model: 'viduq1', prompt: 'x' }, 'No images: fill in'],
	[
		'image',
		'referenceToImage',
		{ prompt: 'x', imageUrls: Array.from({ length: 8 }, () => PICTURE) },
		'There are 8 images, but Vidu Q2 (Vidu, reference to image) accepts at most 7',
	],
	[
		'image',
		'referenceToImage',
		{ model: 'viduq1', prompt: 'x', imageUrls: [PICTURE], aspectRatio: '21:9' },
		'"Aspect Ratio" is 21:9, but Vidu Q1',
	],
	[
		'image',
		'referenceToImage',
		{ model: 'viduq1', prompt: 'x', imageUrls: [PICTURE], resolution: '4K' },
		'"Resolution" is 4K, but Vidu Q1 (Vidu, reference to image) accepts 1080p',
	],
	['audio', 'textToSpeech', { ...voice, text: NONE }, '"Text" is empty'],
	['audio', 'textToSpeech', { text: 'Hello', voiceId: NONE }, '"Voice ID" is empty'],
	[
		'audio',
		'textToSpeech',
		{ ...voice, text: long(10_000) },
		'"Text" has 10000 characters, but Vidu (text to speech) accepts at most 9999',
	],
	[
		'audio',
		'textToSpeech',
		{ ...voice, text: 'Hello', options: { pitch: 13 } },
		'"Pitch" is 13, but Vidu (text to speech) accepts whole numbers from -12 to 12',
	],
	[
		'audio',
		'textToSpeech',
		{ ...voice, text: 'Hello', options: { emotion: '=bored' } },
		'"Emotion" is bored',
	],
	[
		'audio',
		'cloneVoice',
		{ ...clone, voiceId: '1narrator' },
		'"Voice ID" is "1narrator", but must be 8 to 256 letters, digits, - or _',
	],
	['audio', 'cloneVoice', { ...clone, voiceId: 'short' }, '"Voice ID" is "short"'],
	['audio', 'cloneVoice', { ...clone, voiceId: 'narrator-' }, '"Voice ID" is "narrator-"'],
	['audio', 'cloneVoice', { ...clone, text: long(1001) }, '"Text" has 1001 characters'],
	['audio', 'cloneVoice', { ...clone, audioUrl: NONE }, '"Audio URL" is empty'],
	[
		'audio',
		'textToAudio',
		{ prompt: 'x', duration: 11 },
		'"Duration (Seconds)" is 11, but audio1.0 (Vidu, text to audio) accepts 2 to 10',
	],
	['audio', 'textToAudio', { prompt: long(1501) }, '"Prompt" has 1501 characters'],
	[
		'audio',
		'timingToAudio',
		{ duration: 5 },
		'Add at least one timing prompt: audio1.0 (Vidu, timing to audio) accepts at least 1',
	],
	[
		'audio',
		'timingToAudio',
		events(2, 6),
		'The time of timing prompt 1 is 2 to 6 s, but must be within 0 to 5 s',
	],
	['audio', 'timingToAudio', events(3, 3), 'The time of timing prompt 1 is 3 to 3 s'],
	['audio', 'timingToAudio', events(0, 3, NONE), '"Prompt" of timing prompt 1 is empty'],
	[
		'subject',
		'create',
		{ name: 'cat' },
		'Fill in at least one of "Image URLs", "Input Data Field Names", "Video URL"',
	],
	['subject', 'create', { name: NONE, imageUrls: [PICTURE] }, '"Name" is empty'],
	[
		'subject',
		'create',
		{ name: 'cat', imageUrls: [PICTURE, PICTURE, PICTURE, PICTURE] },
		'There are 4 images',
	],
	['subject', 'update', { subjectId: '1' }, 'Fill in at least one of "Name"'],
	['subject', 'update', { subjectId: '1', style: long(101) }, '"Style" has 101 characters'],
	['prompt', 'recommend', {}, 'No image: fill in "Image URL" or "Input Data Field Name"'],
	['prompt', 'recommend', { imageUrl: PICTURE, count: 11 }, '"Count" is 11'],
	['prompt', 'recommend', { imageUrl: PICTURE, types: ['poem'] }, '"Types" is poem'],
];

test.each(RULES)('%s %s %j is refused: %s', async (resource, operation, parameters, says) => {
	const done = await stage.run(resource, operation, parameters);
	expect(errorText(done)).toContain(says);
	expect(errorText(done)).toContain('nothing was charged');
	expect(stage.sandbox.requests()).toEqual([]);
});

test('a picture that is too narrow for motion sync is refused by its size', async () => {
	const done = await stage.run(
		'video',
		'motionSync',
		{ binaryPropertyName: 'data', videoUrl: CLIP },
		[blankPicture(180, 300)],
	);
	expect(errorText(done)).toContain('both sides must have at least 200 px');
	expect(stage.sandbox.requests()).toEqual([]);
});

test('start and end pictures that differ too much in size are refused', async () => {
	const [large, small] = [await picture('cat.png'), blankPicture(400, 400)];
	const done = await stage.run(
		'video',
		'startEndToVideo',
		{ startBinaryPropertyName: 'data', endBinaryPropertyName: 'end' },
		[{ json: {}, binary: { ...large.binary, end: small.binary!.data! } }],
	);
	expect(errorText(done)).toContain('has 3.69 times the pixels of the end image');
	expect(stage.sandbox.requests()).toEqual([]);
});

test('a limit for the run holds for operations whose length only Vidu knows', async () => {
	const options = { maxCredits: 299 };
	const parameters = { imageUrl: PICTURE, videoUrl: CLIP, options };
	const done = await stage.run('video', 'motionSync', parameters);
	expect(errorText(done)).toContain('"Max Credits" is 299, but this item costs up to 300 credits');
	expect(stage.sandbox.requests()).toEqual([]);
});

test('a field that a gateway lacks is refused by name', async () => {
	const callback = { callbackUrl: 'https://example.com/hook' };
	const done = await stage.run(
		'video',
		'extend',
		{ videoUrl: CLIP, options: callback },
		undefined,
		{},
		{ provider: 'vtrix' },
	);
	expect(errorText(done)).toContain(
		'"Callback URL" is set, but Vidu Q2 Pro (Vtrix, extend) does not have this field',
	);
	expect(stage.sandbox.requests()).toEqual([]);
});
