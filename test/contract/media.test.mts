import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { ASPECTS, RESOLUTIONS, frameSize } from '../../sandbox/assets/sizes.mts';
import { imageSize } from '../../sandbox/images.mts';
import { clip } from '../../sandbox/media.mts';
import { call, createTask, inspect, query, resultOf, text } from './client.mts';

let clock = Date.UTC(2026, 10, 21);
let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ speed: 1000, now: () => clock });
});
afterAll(async () => await sandbox.close());

async function finished(more: Record<string, unknown> = {}): Promise<string> {
	const id = await createTask(sandbox, more);
	clock += 1000;
	return id;
}
const download = async (url = '', headers: Record<string, string> = {}) =>
	await fetch(url, { headers });

describe('a result', () => {
	it('is an H.264 MP4 of the duration, ratio and class that were ordered', async () => {
		const id = await finished({ duration: 7, aspect_ratio: '9:16', resolution: '540p' });
		const answer = await download((await resultOf(sandbox, id)).url);
		expect(answer.headers.get('content-type')).toBe('video/mp4');
		const bytes = new Uint8Array(await answer.arrayBuffer());
		expect(answer.headers.get('content-length')).toBe(String(bytes.length));
		const video = await inspect(bytes);
		expect(video).toMatchObject({ codec: 'avc', width: 540, height: 960, audio: undefined });
		expect(video.duration).toBeCloseTo(7, 3);
	});

	it('has sound where the model makes sound', async () => {
		const id = await finished({ model: 'viduq3-turbo', duration: 2 });
		const answer = await download((await resultOf(sandbox, id)).url);
		const video = await inspect(new Uint8Array(await answer.arrayBuffer()));
		expect(video).toMatchObject({ codec: 'avc', audio: 'aac' });
		expect(video.duration).toBeCloseTo(2, 1);
	});

	it.each(ASPECTS.flatMap((aspect) => RESOLUTIONS.map((resolution) => ({ aspect, resolution }))))(
		'exists as $resolution $aspect',
		async ({ aspect, resolution }) => {
			const bytes = await clip({ seconds: 1, aspect, resolution, audio: false });
			expect(await inspect(bytes)).toMatchObject(frameSize(resolution, aspect));
		},
	);

	it('of an unusual ratio comes in the nearest real size', async () => {
		const bytes = await clip({ seconds: 1, aspect: '21:9', resolution: '720p', audio: false });
		expect(await inspect(bytes)).toMatchObject({ width: 1280, height: 720 });
	});

	it('has a JPEG cover, and a watermarked copy when that was ordered', async () => {
		const id = await finished({ watermark: true });
		const urls = await resultOf(sandbox, id);
		const image = await download(urls.cover_url);
		expect(imageSize(Buffer.from(await image.arrayBuffer()))).toEqual({ width: 960, height: 540 });
		expect((await download(urls.watermarked_url)).status).toBe(200);
	});
});

describe('a result that a person looks at', () => {
	beforeAll(() => sandbox.set({ standIns: true }));
	afterAll(() => sandbox.set({ standIns: false }));

	const bytesOf = async (more: Record<string, unknown>) => {
		const { url } = await resultOf(sandbox, await finished({ resolution: '540p', ...more }));
		return new Uint8Array(await (await download(url)).arrayBuffer());
	};

	it.each(ASPECTS)('is a clip like any other, of %s', async (aspect) => {
		const video = await inspect(await bytesOf({ aspect_ratio: aspect, duration: 3 }));
		expect(video).toMatchObject({ codec: 'avc', ...frameSize('540p', aspect) });
		expect(video.duration).toBeCloseTo(3, 3);
	});

	it('shows its own prompt, whatever its length and its letters', async () => {
		const [cat, again] = [await bytesOf({ prompt: 'A cat' }), await bytesOf({ prompt: 'A cat' })];
		expect(Buffer.compare(cat, again)).toBe(0);
		const prompts = ['A dog', '一只猫', 'Ein Käfer', 'x'.repeat(1500), 'many words '.repeat(150)];
		for (const prompt of prompts) {
			const other = await bytesOf({ prompt });
			expect(Buffer.compare(cat, other)).not.toBe(0);
			expect((await inspect(other)).duration).toBeCloseTo(5, 3);
		}
	});

	it('stays small enough to be sent around', async () => {
		expect((await bytesOf({ prompt: 'many words '.repeat(150) })).length).toBeLessThan(1_000_000);
	});
});

describe('a result URL', () => {
	it('is refused when its query was changed, even if it means the same', async () => {
		const { url = '' } = await resultOf(sandbox, await finished());
		expect((await download(url)).status).toBe(200);
		for (const changed of [
			url.replace('%3B%20', '%3b%20'),
			url.replace('%2F', '/'),
			url.replace(/\?(.*?)&(.*)/, '?$2&$1'),
			url.replace(/\?.*/, ''),
		]) {
			const answer = await download(changed);
			expect(answer.status).toBe(403);
			expect(await answer.text()).toContain('<Code>AccessDenied</Code>');
		}
	});

	it('is refused together with an Authorization header', async () => {
		const { url } = await resultOf(sandbox, await finished());
		expect((await download(url, { Authorization: 'Token vda_sandbox_key' })).status).toBe(400);
	});

	it('is fresh on every query and ends after a day', async () => {
		const id = await finished();
		const [first, second] = [await resultOf(sandbox, id), await resultOf(sandbox, id)];
		expect(first.url).not.toBe(second.url);
		clock += 25 * 3600 * 1000;
		expect((await download(first.url)).status).toBe(403);
		expect((await download((await resultOf(sandbox, id)).url)).status).toBe(200);
	});

	it('serves a range', async () => {
		const { url } = await resultOf(sandbox, await finished());
		const whole = Buffer.from(await (await download(url)).arrayBuffer());
		const part = await download(url, { Range: 'bytes=100-199' });
		expect(part.status).toBe(206);
		expect(part.headers.get('content-range')).toBe(`bytes 100-199/${whole.length}`);
		expect(Buffer.from(await part.arrayBuffer())).toEqual(whole.subarray(100, 200));
	});
});

describe('faults on demand', () => {
	const status = async (id: string) => (await query(sandbox, id)).status;

	it('[reject] refuses without billing', async () => {
		sandbox.reset();
		const body = text({ prompt: 'x [reject=AuditSubmitIllegal]' });
		const answer = await call(sandbox, 'POST', '/ent/v2/text2video', body);
		expect(answer).toMatchObject({ status: 400, body: { reason: 'AuditSubmitIllegal' } });
		expect(sandbox.ledger()).toEqual([]);
	});

	it('[create500] and [drop] bill a task that the client hears nothing of', async () => {
		sandbox.reset();
		const create = async (headers: Record<string, string>) =>
			await call(sandbox, 'POST', '/ent/v2/text2video', text(), headers);
		expect((await create({ 'x-sandbox-faults': '[create500]' })).status).toBe(500);
		await expect(create({ 'x-sandbox-faults': '[drop]' })).rejects.toThrow();
		expect(sandbox.tasks()).toHaveLength(2);
		expect(sandbox.ledger()).toMatchObject([{ refunded: false }, { refunded: false }]);
		expect(sandbox.requests().map((request) => request.status)).toEqual([500, null]);
	});

	it('[busy] turns the first creates away with Retry-After, by the exact prompt', async () => {
		const create = async (prompt: string) =>
			await call(sandbox, 'POST', '/ent/v2/text2video', text({ prompt }));
		const refused = await create('a [busy=1] [retryAfter=3]');
		expect(refused).toMatchObject({ status: 429, body: { reason: 'QuotaExceeded' } });
		expect(refused.headers.get('retry-after')).toBe('3');
		expect((await create('a [busy=1] [retryAfter=3]')).status).toBe(200);
		const dated = await create('a [busy=1] [retryAfter=date]');
		expect(Date.parse(String(dated.headers.get('retry-after')))).toBeGreaterThan(clock);
	});

	it('[poll500] and [poll429] fail the status requests that concern the task', async () => {
		const id = await finished({ prompt: 'x [poll500=2] [poll429=1]' });
		const other = await finished();
		const listed = await call(sandbox, 'GET', `/ent/v2/tasks?task_ids=${id},${other}`);
		expect(listed.status).toBe(500);
		expect(await status(other)).toBe(200);
		expect([await status(id), await status(id), await status(id)]).toEqual([500, 429, 200]);
	});

	it('[expired] refuses downloads until the task was queried again', async () => {
		const id = await finished({ prompt: 'x [expired=1]' });
		const { url: old } = await resultOf(sandbox, id);
		await resultOf(sandbox, id);
		expect((await download(old)).status).toBe(403);
		expect((await download(old)).status).toBe(403);
		const { url: fresh } = await resultOf(sandbox, id);
		expect((await download(fresh)).status).toBe(200);
		expect((await download(old)).status).toBe(403);
	});

	it('[truncate] breaks the first downloads off', async () => {
		const { url } = await resultOf(sandbox, await finished({ prompt: 'x [truncate=1]' }));
		await expect(download(url).then(async (answer) => await answer.blob())).rejects.toThrow();
		expect((await (await download(url)).blob()).size).toBeGreaterThan(10_000);
	});

	it('[size] pads the result to a size, and it still plays', async () => {
		const { url } = await resultOf(sandbox, await finished({ prompt: 'x [size=3]' }));
		const bytes = new Uint8Array(await (await download(url)).arrayBuffer());
		expect(bytes.length).toBe(3_000_000);
		expect((await inspect(bytes)).duration).toBeCloseTo(5, 3);
	});

	it('[never], [render] and [queue] bend the timeline', async () => {
		const tasks = [
			await createTask(sandbox, { prompt: 'x [never]' }),
			await createTask(sandbox, { prompt: 'x [render=5000]' }),
			await createTask(sandbox, { prompt: 'x [queue=5000]' }),
		];
		const states = async () =>
			await Promise.all(tasks.map(async (id) => (await query(sandbox, id)).body.state));
		clock += 4000;
		expect(await states()).toEqual(['processing', 'processing', 'queueing']);
		clock += 2000;
		expect(await states()).toEqual(['processing', 'success', 'success']);
	});
});
