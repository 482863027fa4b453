import { asset } from '../../sandbox/media.mts';
import { imageSize } from '../../sandbox/images.mts';
import { picture } from '../../sandbox/pictures.mts';
import { POOR_KEY, startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { call, createTask, download, inspect, query, resultOf, startReceiver } from './client.mts';

let clock = Date.UTC(2026, 10, 21);
let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ speed: 1, credits: 1_000_000, now: () => clock });
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const CAT = 'https://pic.example/cat.png';
const VIDEO = 'https://clip.example/a.mp4';
const frames = (count: number, more: Record<string, unknown> = {}) =>
	Array.from({ length: count }, () => ({ key_image: CAT, ...more }));

const BODIES: Record<string, Record<string, unknown>> = {
	multiframe: { model: 'viduq2-turbo', start_image: CAT, image_settings: frames(2) },
	extend: { model: 'viduq2-turbo', video_url: VIDEO },
	'upscale-new': { video_url: VIDEO },
	template: { template: 'hugging', images: [CAT] },
	'template-story': { story: 'love_story', images: [CAT] },
	'lip-sync': { video_url: VIDEO, text: 'Hello there' },
	image2dance: { image_url: CAT, video_url: VIDEO },
	'digital-human': { model: 'viduq2-turbo', image: CAT, text: 'Hello there' },
	reference2image: { model: 'viduq2', prompt: 'A cat' },
};
const order = async (path: string, more: Record<string, unknown> = {}) =>
	await call(sandbox, 'POST', `/ent/v2/${path}`, { ...BODIES[path], ...more });
async function finish(path: string, more: Record<string, unknown> = {}) {
	const { body } = await order(path, more);
	clock += 90_000;
	const id = String(body.task_id);
	return { id, ...(await resultOf(sandbox, id)) } as Record<string, string>;
}
async function finishVideo(more: Record<string, unknown> = {}) {
	const id = await createTask(sandbox, more);
	clock += 90_000;
	return await resultOf(sandbox, id);
}

describe('the operations', () => {
	it.each(Object.keys(BODIES))('%s makes a task as every other', async (path) => {
		const { status, body } = await order(path, { payload: 'row-7' });
		expect(status).toBe(200);
		expect(body).toMatchObject({ state: 'created', payload: 'row-7' });
		expect(sandbox.ledger()).toMatchObject([{ taskId: body.task_id, refunded: false }]);
		const state = async () => (await query(sandbox, String(body.task_id))).body;
		clock += 45_000;
		expect(await state()).toMatchObject({ state: 'processing', creations: [], payload: 'row-7' });
		clock += 45_000;
		expect(await state()).toMatchObject({ state: 'success', creations: [{}] });
	});

	it.each(Object.keys(BODIES))('%s can be cancelled, and can fail', async (path) => {
		const id = String((await order(path)).body.task_id);
		await call(sandbox, 'POST', `/ent/v2/tasks/${id}/cancel`, { id });
		expect((await query(sandbox, id)).body).toMatchObject({ err_code: 'UserCancelled' });
		const field = 'prompt' in (BODIES[path] ?? {}) ? 'prompt' : 'payload';
		const broken = await order(path, { [field]: '[fail=AuditSubmitIllegal]' });
		clock += 90_000;
		expect((await query(sandbox, String(broken.body.task_id))).body).toMatchObject({
			state: 'failed',
			err_code: 'AuditSubmitIllegal',
			credits: 0,
		});
	});

	it('call back with a signature', async () => {
		const receiver = await startReceiver();
		await order('upscale-new', { payload: '[queue=0]', callback_url: receiver.url });
		await receiver.until(1);
		expect(receiver.received[0]?.headers).toHaveProperty('x-hmac-signature');
		expect(receiver.received[0]?.body).toMatchObject({ state: 'processing' });
		await receiver.close();
	});

	it('obey the other faults of a payload', async () => {
		const busy = { payload: '[busy=1]' };
		expect((await order('template-story', busy)).status).toBe(429);
		expect((await order('template-story', busy)).status).toBe(200);
		const { body } = await order('image2dance', { payload: '[reject=SystemThrottling]' });
		expect(body).toMatchObject({ reason: 'SystemThrottling' });
		await expect(order('upscale-new', { payload: '[drop]' })).rejects.toThrow();
		expect(sandbox.tasks().map(({ kind }) => kind)).toEqual(['upscale-new', 'template-story']);
	});

	it('lists them by what the list documents', async () => {
		await order('template', { prompt: 'hug' });
		await order('lip-sync');
		const rows = async (search: string) =>
			(await call(sandbox, 'GET', `/ent/v2/tasks${search}`)).body.tasks;
		expect(await rows('')).toMatchObject([
			{ template: '' },
			{ template: 'hugging', prompt: 'hug' },
		]);
		expect(await rows('?templates=hugging')).toHaveLength(1);
	});

	it.each([
		['multiframe', {}, 70],
		['multiframe', { image_settings: frames(9, { duration: 2 }), resolution: '1080p' }, 450],
		['multiframe', { model: 'viduq2-pro', image_settings: frames(2, { duration: 7 }) }, 180],
		['extend', {}, 35],
		['extend', { model: 'viduq2-pro', resolution: '540p', duration: 1 }, 15],
		['upscale-new', {}, 50],
		['upscale-new', { upscale_resolution: '8K' }, 800],
		['image2dance', {}, 50],
		['digital-human', { audio_url: 'https://a.example/b.mp3', text: undefined }, 140],
		['digital-human', { model: 'viduq2-pro' }, 230],
		['reference2image', {}, 6],
		['reference2image', { resolution: '4K' }, 10],
		['reference2image', { images: Array(3).fill(CAT), resolution: '2K' }, 12],
		['reference2image', { images: Array(4).fill(CAT), resolution: '4K' }, 30],
		['reference2image', { model: 'viduq1', images: [CAT] }, 20],
	])('prices %s %j at %d credits', async (path, more, credits) => {
		expect((await order(path, more)).body).toMatchObject({ credits });
		expect(sandbox.ledger()).toMatchObject([{ credits }]);
	});

	it('bills lip sync by five seconds, and does not say so in the answer', async () => {
		const { body } = await order('lip-sync', { text: 'a'.repeat(120), speed: 2 });
		expect(body).toEqual({
			task_id: expect.any(String),
			state: 'created',
			payload: '',
			created_at: expect.any(String),
		});
		await order('lip-sync', { text: 'a'.repeat(120) });
		expect(sandbox.ledger()).toMatchObject([{ credits: 20 }, { credits: 40 }]);
	});

	it.each(Object.keys(BODIES))('refuses what a poor account cannot pay: %s', async (path) => {
		const key = { Authorization: `Token ${POOR_KEY}` };
		const body = {
			...BODIES[path],
			...(path === 'reference2image' && { resolution: '4K', images: [CAT] }),
		};
		const answer = await call(sandbox, 'POST', `/ent/v2/${path}`, body, key);
		expect(answer).toMatchObject({ status: 400, body: { reason: 'CreditInsufficient' } });
		expect(sandbox.ledger()).toEqual([]);
	});
});

describe('a request', () => {
	const LACKS = 'FieldLacking';
	const INVALID = 'FieldInvalid';
	const EXTRA = 'FieldUnwanted';
	const COUNT = 'FieldItemCountOutOfRange';
	it.each([
		...Object.keys(BODIES).map((path) => [path, { colour: 'red' }, EXTRA, 'colour'] as const),
		...Object.keys(BODIES).map(
			(path) => [path, { callback_url: 'x' }, INVALID, 'callback'] as const,
		),
		['multiframe', { image_settings: frames(1) }, COUNT, 'image_settings'],
		['multiframe', { image_settings: frames(10) }, COUNT, 'image_settings'],
		['multiframe', { image_settings: undefined }, LACKS, 'image_settings'],
		['multiframe', { image_settings: frames(2, { key_image: undefined }) }, LACKS, '[0].key_image'],
		['multiframe', { image_settings: frames(2, { duration: 8 }) }, INVALID, '2 to 7'],
		['multiframe', { image_settings: frames(2, { duration: 1 }) }, INVALID, '[0].duration'],
		['multiframe', { image_settings: frames(2, { image: CAT }) }, EXTRA, '[0].image'],
		['multiframe', { start_image: undefined }, LACKS, 'start_image'],
		['multiframe', { model: 'viduq2' }, INVALID, 'model'],
		['multiframe', { resolution: '360p' }, INVALID, 'resolution'],
		['multiframe', { wm_position: 3 }, INVALID, 'wm_position'],
		['multiframe', { prompt: 'x' }, EXTRA, 'prompt'],
		['extend', { video_url: undefined }, LACKS, 'video_creation_id'],
		['extend', { video_creation_id: '', video_url: '' }, LACKS, 'video_creation_id'],
		['extend', { model: undefined }, LACKS, 'model'],
		['extend', { duration: 8 }, INVALID, 'duration'],
		['extend', { images: [CAT, CAT] }, COUNT, 'images'],
		['extend', { prompt: 'a'.repeat(2001) }, INVALID, 'prompt'],
		['extend', { video_url: CAT }, INVALID, 'video_url'],
		['extend', { video_url: 'clip.mp4' }, INVALID, 'video_url'],
		['extend', { aspect_ratio: '1:1' }, EXTRA, 'aspect_ratio'],
		['upscale-new', { video_url: undefined }, LACKS, 'video_creation_id'],
		['upscale-new', { upscale_resolution: '720p' }, INVALID, 'upscale_resolution'],
		['upscale-new', { model: 'viduq2-pro' }, EXTRA, 'model'],
		['template', { template: undefined }, LACKS, 'template'],
		['template', { images: undefined }, LACKS, 'images'],
		['template', { images: [] }, COUNT, 'images'],
		['template', { aspect_ratio: '4:3' }, INVALID, 'aspect_ratio'],
		['template', { prompt: 'a'.repeat(2001) }, INVALID, 'prompt'],
		['template', { area: 'korea' }, EXTRA, 'area'],
		['template', { template: 'exotic_princess', area: 'mars' }, INVALID, 'area'],
		['template', { template: 'exotic_princess', beast: 'lion' }, EXTRA, 'beast'],
		['template', { wm_position: 'top_left' }, INVALID, 'wm_position'],
		['template-story', { story: 'war_and_peace' }, INVALID, 'story'],
		['template-story', { story: 'one_shot', images: [CAT, CAT] }, COUNT, 'at least 3'],
		['template-story', { prompt: 'x' }, EXTRA, 'prompt'],
		['lip-sync', { video_url: undefined }, LACKS, 'video_url'],
		['lip-sync', { text: undefined }, LACKS, 'audio_url'],
		['lip-sync', { text: 'abc' }, INVALID, 'text'],
		['lip-sync', { text: 'a'.repeat(2001) }, INVALID, 'text'],
		['lip-sync', { text: '好'.repeat(1001) }, INVALID, 'text'],
		['lip-sync', { text: 'Hello <#100#> you' }, INVALID, 'pause'],
		['lip-sync', { text: 'Hello <#1#><#1#> you' }, INVALID, 'pause'],
		['lip-sync', { text: '<#1#> Hello' }, INVALID, 'pause'],
		['lip-sync', { speed: 2.1 }, INVALID, 'speed'],
		['lip-sync', { volume: 11 }, INVALID, 'volume'],
		['lip-sync', { volume: 0.5 }, INVALID, 'volume'],
		['lip-sync', { video_url: 'https://a.example/a.mkv' }, INVALID, 'video_url'],
		['lip-sync', { video_creation_id: '1' }, EXTRA, 'video_creation_id'],
		['image2dance', { image_url: undefined }, LACKS, 'image_url'],
		['image2dance', { video_url: undefined }, LACKS, 'video_url'],
		['image2dance', { prompt: 'x' }, EXTRA, 'prompt'],
		['digital-human', { image: undefined }, LACKS, 'image'],
		['digital-human', { text: undefined }, LACKS, 'audio_url'],
		['digital-human', { model: 'viduq3-pro' }, INVALID, 'model'],
		['digital-human', { resolution: '4K' }, INVALID, 'resolution'],
		['digital-human', { audio_url: VIDEO }, INVALID, 'audio_url'],
		['reference2image', { prompt: undefined }, LACKS, 'prompt'],
		['reference2image', { prompt: 'a'.repeat(2001) }, INVALID, 'prompt'],
		['reference2image', { images: Array(8).fill(CAT) }, COUNT, 'images'],
		['reference2image', { model: 'viduq1' }, LACKS, 'images'],
		[
			'reference2image',
			{ model: 'viduq1', images: [CAT], resolution: '2K' },
			INVALID,
			'resolution',
		],
		[
			'reference2image',
			{ model: 'viduq1', images: [CAT], aspect_ratio: 'auto' },
			INVALID,
			'aspect',
		],
		['reference2image', { aspect_ratio: '5:4' }, INVALID, 'aspect_ratio'],
		['reference2image', { resolution: '720p' }, INVALID, 'resolution'],
		['reference2image', { watermark: true }, EXTRA, 'watermark'],
	] as const)('%s with %j is refused: %s', async (path, more, reason, mention) => {
		const answer = await order(path, more);
		expect(answer).toMatchObject({ status: 400, body: { reason } });
		expect(answer.body.message).toContain(mention);
		expect(sandbox.ledger()).toEqual([]);
	});

	it('may speak two Chinese characters, or two thousand Latin ones', async () => {
		expect((await order('lip-sync', { text: '你好' })).status).toBe(200);
		expect((await order('lip-sync', { text: 'a'.repeat(2000) })).status).toBe(200);
	});

	it('of motion sync wants an image of 200 pixels, at most three times as long', async () => {
		const upload = async (width: number, height: number) => {
			const data = picture({ width, height }).toString('base64');
			return await order('image2dance', { image_url: `data:image/png;base64,${data}` });
		};
		expect((await upload(199, 300)).body).toMatchObject({ reason: 'PageSizeOutOfRange' });
		expect((await upload(200, 601)).body).toMatchObject({ reason: 'PageSizeOutOfRange' });
		expect((await upload(200, 600)).status).toBe(200);
	});

	it('may give any image as a data URI or an upload', async () => {
		const bytes = await asset('robot.png');
		const image = `data:image/png;base64,${bytes.toString('base64')}`;
		const begun = await call(sandbox, 'POST', '/tools/v2/files/uploads', { scene: 'vidu' });
		const put = await fetch(String(begun.body.put_url), {
			method: 'PUT',
			headers: { 'Content-Type': 'image/png' },
			body: new Uint8Array(bytes),
		});
		const path = `/tools/v2/files/uploads/${String(begun.body.id)}/finish`;
		const { uri } = (await call(sandbox, 'PUT', path, { etag: put.headers.get('etag') })).body;
		for (const value of [image, uri]) {
			const answers = [
				await order('multiframe', {
					start_image: value,
					image_settings: frames(2, { key_image: value }),
				}),
				await order('image2dance', { image_url: value }),
				await order('digital-human', { image: value }),
				await order('reference2image', { images: [value] }),
				await order('lip-sync', { ref_photo_url: value }),
			];
			expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
		}
		const foreign = await order('digital-human', { image: 'ssupload:?id=1' });
		expect(foreign.body).toMatchObject({ reason: 'FieldInvalid' });
	});

	it('of a file out of reach ends as a failed task that costs nothing', async () => {
		const cases = [
			['extend', { video_url: 'https://clip.invalid/a.mp4' }, 'VideoDownloadFailure'],
			['multiframe', { start_image: 'https://pic.invalid/a.png' }, 'ImageDownloadFailure'],
			['lip-sync', { audio_url: 'https://sound.invalid/a.mp3' }, 'Unknown'],
		] as const;
		for (const [path, more, code] of cases) {
			const { body } = await order(path, more);
			clock += 3000;
			expect((await query(sandbox, String(body.task_id))).body).toMatchObject({
				err_code: code,
				credits: 0,
			});
		}
	});
});

describe('a creation', () => {
	it('can be extended by its id or its URL, and plays on', async () => {
		const source = await finishVideo({ duration: 4, aspect_ratio: '9:16' });
		const by = { video_creation_id: source.id, video_url: undefined };
		for (const more of [by, { video_url: source.url }]) {
			const longer = await finish('extend', { ...more, duration: 3, resolution: '540p' });
			const { type, bytes } = await download(longer.url);
			expect(type).toBe('video/mp4');
			const video = await inspect(bytes);
			expect(video).toMatchObject({ codec: 'avc', width: 540, height: 960 });
			expect(video.duration).toBeCloseTo(7, 3);
		}
	});

	it('is found by the key that made it, once it is finished, if it is a video', async () => {
		const id = async (creation: string | undefined) =>
			(await order('extend', { video_creation_id: creation, video_url: undefined })).body;
		expect(await id('123')).toMatchObject({ code: 404, reason: 'CreationNotFound' });
		const picture = await finish('reference2image');
		expect(await id(picture.id)).toMatchObject({ reason: 'CreationNotFound' });
		const { id: own } = await finishVideo();
		const stranger = await call(
			sandbox,
			'POST',
			'/ent/v2/upscale-new',
			{ video_creation_id: own },
			{ Authorization: `Token ${POOR_KEY}` },
		);
		expect(stranger.body).toMatchObject({ reason: 'CreationNotFound' });
	});

	it('and a URL are one too many to extend, but not to upscale', async () => {
		const { id } = await finishVideo();
		expect((await order('extend', { video_creation_id: id })).body).toMatchObject({
			reason: 'FieldUnwanted',
		});
		const { body } = await order('upscale-new', { video_creation_id: id });
		expect(body).toMatchObject({ video_creation_id: id, upscale_resolution: '1080p' });
		expect(body).not.toHaveProperty('video_url');
	});

	it('of three seconds is too short to be extended by its URL', async () => {
		const { url } = await finishVideo({ duration: 3 });
		expect((await order('extend', { video_url: url })).body).toMatchObject({
			reason: 'FieldInvalid',
			message: expect.stringContaining('4 to 60'),
		});
	});

	it.each([
		['1080p', 1080, 50],
		['2K', 1440, 100],
		['4K', 2160, 200],
		['8K', 4320, 800],
	])('is upscaled to %s', async (upscale_resolution, height, credits) => {
		const { id: video_creation_id } = await finishVideo();
		const { body } = await order('upscale-new', { video_creation_id, upscale_resolution });
		expect(body).toMatchObject({ credits });
		clock += 90_000;
		const { bytes } = await download((await resultOf(sandbox, String(body.task_id))).url);
		const video = await inspect(bytes);
		expect(video).toMatchObject({ codec: 'avc', height, width: (height * 16) / 9 });
		expect(video.duration).toBeCloseTo(5, 3);
	});

	it('is not upscaled to what it has', async () => {
		const { url } = await finishVideo({ resolution: '1080p' });
		const { body } = await order('upscale-new', { video_url: url });
		clock += 90_000;
		expect((await query(sandbox, String(body.task_id))).body).toMatchObject({
			state: 'failed',
			err_code: 'VideoFormatInvalid',
			credits: 0,
		});
		const above = await finish('upscale-new', { video_url: url, upscale_resolution: '2K' });
		expect((await inspect((await download(above.url)).bytes)).height).toBe(1440);
	});

	it('of another operation feeds the next', async () => {
		const speech = await call(sandbox, 'POST', '/ent/v2/audio-tts', {
			text: 'a'.repeat(96),
			voice_setting_voice_id: 'female-1',
		});
		const { url } = await finishVideo({ aspect_ratio: '1:1', resolution: '540p' });
		const talk = await finish('lip-sync', {
			video_url: url,
			audio_url: speech.body.file_url,
			text: undefined,
		});
		const video = await inspect((await download(talk.url)).bytes);
		expect(video).toMatchObject({ width: 540, height: 540, audio: 'aac' });
		expect(video.duration).toBeCloseTo(8, 0);
	});
});

describe('a picture', () => {
	it.each([
		['16:9', '1080p', 1920, 1080],
		['9:16', '2K', 1440, 2560],
		['21:9', '1080p', 2520, 1080],
		['2:3', '4K', 2160, 3240],
		['3:2', '1080p', 1620, 1080],
	])('of %s in %s is a PNG of that size', async (aspect_ratio, resolution, width, height) => {
		const { url, cover_url: cover } = await finish('reference2image', { aspect_ratio, resolution });
		const { type, bytes } = await download(url);
		expect(type).toBe('image/png');
		expect(imageSize(bytes)).toEqual({ width, height });
		expect((await download(cover)).type).toBe('image/jpeg');
	});

	it('with the ratio auto follows the first image', async () => {
		const images = [`${sandbox.url}/samples/cat.png`];
		const { url } = await finish('reference2image', { images, aspect_ratio: 'auto' });
		expect(imageSize((await download(url)).bytes)).toEqual({ width: 1080, height: 1080 });
	});

	it('can be the first frame of a video', async () => {
		const { url } = await finish('reference2image', { aspect_ratio: '9:16' });
		const body = { model: 'viduq2-turbo', images: [url], duration: 2 };
		const { body: created } = await call(sandbox, 'POST', '/ent/v2/img2video', body);
		clock += 90_000;
		const video = await resultOf(sandbox, String(created.task_id));
		expect(await inspect((await download(video.url)).bytes)).toMatchObject({ height: 1280 });
	});
});

describe('a video of key frames', () => {
	it('is as long as its parts together, and echoes them', async () => {
		const image_settings = [{ key_image: CAT, duration: 2, prompt: 'run' }, { key_image: CAT }];
		const { body } = await order('multiframe', { image_settings, watermark: true });
		expect(body).toMatchObject({
			start_image: CAT,
			image_settings: [
				{ key_image: CAT, duration: 2, prompt: 'run' },
				{ key_image: CAT, duration: 5, prompt: '' },
			],
			resolution: '720p',
			watermark: true,
			wm_position: 'unspecified',
		});
		clock += 90_000;
		const result = await resultOf(sandbox, String(body.task_id));
		expect((await inspect((await download(result.url)).bytes)).duration).toBeCloseTo(7, 3);
		expect((await download(result.watermarked_url)).status).toBe(200);
	});
});
