/** Videos and sounds from the data fields of items: checked before anything is sent, and sent as they are. */
import type { IDataObject } from 'n8n-workflow';
import { asset, clip } from '../../../sandbox/media.mts';
import { speech } from '../../../sandbox/sounds.mts';
import { SANDBOX_KEY } from '../../../sandbox/server.mts';
import { errorText } from '../harness/clip.mts';
import { runWorkflow, type InputItem, type Run } from '../harness/run.mts';
import { chain, node } from '../harness/workflow.mts';
import { CLIP, quick, useStage } from './vidu.mts';

const stage = useStage();

const mp4 = async (seconds: number, resolution = '360p') => ({
	data: await clip({ seconds, resolution, aspect: '16:9', audio: true }),
	fileName: 'clip.mp4',
	// As sources without a type deliver it: the bytes count.
	mimeType: 'application/octet-stream',
});
const mp3 = async (seconds: number) => ({
	data: speech(await asset('hum.mp3'), seconds),
	fileName: 'voice.mp3',
	mimeType: 'audio/mpeg',
});
/** A data URI as the sandbox notes it. */
const uri = (type: string, { data }: { data: Buffer }) => {
	const text = `data:${type};base64,${data.toString('base64')}`;
	return `${text.slice(0, 64)}… (${text.length} characters)`;
};

/** Runs Reference to Video for one item with these files. */
async function reference(
	parameters: IDataObject,
	binary: InputItem['binary'] = {},
	binaryMode: 'default' | 'filesystem' = 'filesystem',
): Promise<Run> {
	const tested = node({
		name: 'Vidu',
		type: 'n8n-nodes-vidu.viduReferenceToVideo',
		credentials: { viduApi: { id: '1', name: 'account' } },
		parameters: { options: quick, prompt: 'A street', ...parameters },
	});
	const data = { apiKey: SANDBOX_KEY, baseUrl: stage.sandbox.url };
	return await runWorkflow(chain([tested]), {
		credentials: { account: { type: 'viduApi', data: data as never } },
		items: [{ json: {}, binary }],
		binaryMode,
	});
}

const sent = () => stage.bodies('/reference2video');
const picture = () => ({ imageUrls: [stage.sample('cat.png')] });
const subjects = (...subject: IDataObject[]) => ({
	model: 'viduq2-pro',
	prompt: '@cat runs',
	subjects: { subject },
});
const q4 = () => ({ referenceType: 'media', model: 'viduq4-preview', ...picture() });
const q2 = () => ({ referenceType: 'media', model: 'viduq2-pro', ...picture() });

describe('videos', () => {
	test.each(['default', 'filesystem'] as const)(
		'of a subject are sent inside the request, in %s mode',
		async (mode) => {
			const video = await mp4(5);
			const cat = { name: 'cat', videoBinaryPropertyName: 'video' };
			const done = await reference(subjects(cat), { video }, mode);
			expect(stage.outputs(done)).toMatchObject([{ state: 'succeeded' }]);
			const [{ subjects: given }] = sent() as [{ subjects: unknown }];
			expect(given).toEqual([{ name: 'cat', videos: [uri('video/mp4', video)] }]);
		},
	);

	test('are references beside images, after those by address', async () => {
		const video = await mp4(5);
		const parameters = { ...q2(), videoUrls: [CLIP], videoBinaryPropertyNames: 'video' };
		const done = await reference(parameters, { video });
		expect(stage.outputs(done)).toMatchObject([{ state: 'succeeded' }]);
		expect(sent()).toMatchObject([{ videos: [CLIP, uri('video/mp4', video)] }]);
	});

	test('make a subject of the library', async () => {
		const video = await mp4(4);
		const parameters = { name: 'cat', videoBinaryPropertyName: 'data' };
		const done = await stage.run('subject', 'create', parameters, [
			{ json: {}, binary: { data: video } },
		]);
		expect(done.status).toBe('success');
		expect(stage.bodies('/subjects')).toEqual([{ name: 'cat', videos: [uri('video/mp4', video)] }]);
	});

	test('that the provider cannot use are named in the error', async () => {
		const cat = { name: 'cat', videoBinaryPropertyName: 'video' };
		const failing = { ...subjects(cat), prompt: '@cat runs [fail=VideoFormatInvalid]' };
		const done = await reference(failing, { video: await mp4(3) });
		expect(errorText(done)).toContain(
			'The video in question: the video in the data field "video" of subject 1 "cat"',
		);
	});
});

describe('sounds', () => {
	test('are given to Vidu Q4 after those by address', async () => {
		const url = 'https://example.com/voice.mp3';
		const [a, b] = [await mp3(3), await mp3(12)];
		const parameters = { ...q4(), soundUrls: [url], soundBinaryPropertyNames: 'a, b' };
		const done = await reference(parameters, { a, b });
		expect(stage.outputs(done)).toMatchObject([{ state: 'succeeded' }]);
		expect(sent()).toMatchObject([{ sounds: [url, uri('audio/mpeg', a), uri('audio/mpeg', b)] }]);
	});
});

describe('what would be refused is not sent, with field, row, file and what is allowed', () => {
	const cases: Array<[string, () => IDataObject, () => Promise<InputItem['binary']>, string]> = [
		[
			'a subject of seven seconds',
			() => subjects({ name: 'cat', videoBinaryPropertyName: 'video' }),
			async () => ({ video: await mp4(7) }),
			'The video in the data field "video" of subject 1 "cat" is 7.0 s long, but at most 5 s are allowed',
		],
		[
			'two videos of eight seconds',
			() => ({ ...q2(), videoBinaryPropertyNames: 'a, b' }),
			async () => ({ a: await mp4(8), b: await mp4(5) }),
			'The video in the data field "a" is 8.0 s long, but at most 5 s are allowed, or 8 s if it is the only one',
		],
		[
			'a picture as a video',
			() => ({ ...q2(), videoBinaryPropertyNames: 'a' }),
			async () => ({
				a: { data: await asset('cat.png'), fileName: 'clip.mp4', mimeType: 'video/mp4' },
			}),
			'The video in the data field "a" is not an MP4, MOV or AVI video',
		],
		[
			'three videos',
			() => ({ ...q2(), videoUrls: [CLIP, CLIP], videoBinaryPropertyNames: 'a' }),
			async () => ({ a: await mp4(3) }),
			'There are 3 videos, but Vidu Q2 Pro (Vidu, reference to video with media) accepts at most 2',
		],
		[
			'a sound of two seconds',
			() => ({ ...q4(), soundBinaryPropertyNames: 'a' }),
			async () => ({ a: await mp3(2) }),
			'The sound in the data field "a" is 2.0 s long, but 3 to 12 s are allowed',
		],
		[
			'a WAV',
			() => ({ ...q4(), soundUrls: ['data:audio/wav;base64,AAAA'] }),
			async () => await Promise.resolve({}),
			'Sound 1 in "Reference Sound URLs" must start with "data:audio/mpeg;base64,"',
		],
		[
			'a field that the item does not have',
			() => subjects({ name: 'cat', videoBinaryPropertyName: 'film' }),
			async () => ({ video: await mp4(3) }),
			'"Video Input Data Field Name" of subject 1 "cat" is film, but the item has the files: video',
		],
		[
			'files that no request can carry',
			() => ({ ...q2(), videoBinaryPropertyNames: 'a' }),
			async () => {
				const video = await mp4(3);
				return { a: { ...video, data: Buffer.concat([video.data, Buffer.alloc(16e6)]) } };
			},
			'The files total 16',
		],
	];

	test.each(cases)('%s', async (_, parameters, files, words) => {
		const done = await reference(parameters(), await files());
		expect(errorText(done)).toContain(words);
		expect(stage.sandbox.requests()).toEqual([]);
	});
});

test('the length of the video file beside its address bounds the price of its upscale', async () => {
	const parameters = { videoUrl: '={{ $json.url }}', videoCreationId: '', options: quick };
	const video = { ...(await mp4(8)), mimeType: 'video/mp4' };
	const upscale = async (binary: InputItem['binary']) =>
		await stage.run('video', 'upscale', parameters, [{ json: { url: CLIP }, binary }]);
	expect(stage.outputs(await upscale({ video }))).toMatchObject([{ estimatedCredits: 80 }]);
	expect(stage.outputs(await upscale({ video, other: video }))).toMatchObject([
		{ estimatedCredits: null },
	]);
	const data = { ...video, data: Buffer.from('no video') };
	expect(stage.outputs(await upscale({ data }))).toMatchObject([{ estimatedCredits: null }]);
});
