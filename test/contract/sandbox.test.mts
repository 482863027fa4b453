import { startSandbox, POOR_KEY, SANDBOX_KEY, type Sandbox } from '../../sandbox/server.mts';
import { asset } from '../../sandbox/media.mts';
import { call, createTask, query, text } from './client.mts';

let clock = Date.UTC(2026, 10, 21);
let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ speed: 1, now: () => clock });
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const pass = (seconds: number) => {
	clock += seconds * 1000;
};
const reference = (more: Record<string, unknown>) => ({
	model: 'viduq2',
	prompt: 'A cat runs',
	images: ['https://pic.example/cat.png'],
	...more,
});
const subjects = (more: Record<string, unknown> = {}) => ({
	model: 'viduq2',
	prompt: 'A @cat runs',
	subjects: [{ name: 'cat', images: ['https://pic.example/cat.png'] }],
	...more,
});

describe('the key', () => {
	it.each([`Bearer ${SANDBOX_KEY}`, SANDBOX_KEY, 'Token vda_other', `token ${SANDBOX_KEY}`])(
		'is refused with 401 in the header "%s"',
		async (authorization) => {
			const answer = await call(sandbox, 'GET', '/ent/v2/credits', undefined, {
				Authorization: authorization,
			});
			expect(answer).toMatchObject({ status: 401, body: { code: 401, reason: 'Unauthorized' } });
			const { metadata } = answer.body;
			expect(metadata).toEqual({ trace_id: answer.headers.get('x-md-trace-id') });
		},
	);

	it('never shows in the recorded requests', async () => {
		await call(sandbox, 'GET', '/ent/v2/credits');
		expect(sandbox.requests()[0]?.headers.authorization).toBe('Token ***');
		expect(JSON.stringify(sandbox.requests())).not.toContain(SANDBOX_KEY);
	});
});

describe('the life of a task', () => {
	it('goes through the documented states at the documented pace', async () => {
		const id = await createTask(sandbox, { payload: 'row-7' });
		const states: unknown[] = [];
		for (const seconds of [0, 1, 2, 86, 1]) {
			pass(seconds);
			states.push((await query(sandbox, id)).body.state);
		}
		expect(states).toEqual(['created', 'queueing', 'processing', 'processing', 'success']);
		expect((await query(sandbox, id)).body).toMatchObject({ id, err_code: '', payload: 'row-7' });
	});

	it('has an id that no JavaScript number can hold', async () => {
		const id = await createTask(sandbox);
		expect(id).toMatch(/^\d{17,}$/);
		expect(String(Number(id))).not.toBe(id);
	});

	it('runs on at the new pace when the speed is changed', async () => {
		const id = await createTask(sandbox);
		pass(2);
		sandbox.set({ speed: 100 });
		expect((await query(sandbox, id)).body.state).toBe('queueing');
		pass(1);
		expect((await query(sandbox, id)).body.state).toBe('success');
		sandbox.set({ speed: 1 });
	});

	it('echoes the request, with its price, when it is created', async () => {
		const { body } = await call(sandbox, 'POST', '/ent/v2/reference2video', subjects());
		expect(body).toMatchObject({
			state: 'created',
			model: 'viduq2',
			duration: 5,
			resolution: '720p',
			aspect_ratio: '16:9',
			audio: false,
			off_peak: false,
			credits: 45,
		});
	});

	it('can be cancelled while it waits, and not afterwards', async () => {
		const [waiting, working] = [await createTask(sandbox), await createTask(sandbox)];
		const cancel = async (id: string) =>
			await call(sandbox, 'POST', `/ent/v2/tasks/${id}/cancel`, { id });
		expect((await cancel(waiting)).body).toEqual({});
		pass(3);
		expect((await cancel(working)).body).toMatchObject({
			reason: 'BadRequest',
			message: 'task state is processing, can not cancel',
		});
		expect((await query(sandbox, waiting)).body).toMatchObject({
			state: 'failed',
			err_code: 'UserCancelled',
			credits: 0,
		});
	});

	it('belongs to the key that created it', async () => {
		const id = await createTask(sandbox);
		const answer = await call(sandbox, 'GET', `/ent/v2/tasks/${id}/creations`, undefined, {
			Authorization: `Token ${POOR_KEY}`,
		});
		expect(answer).toMatchObject({ status: 404, body: { reason: 'TaskNotFound' } });
	});
});

describe('the ledger', () => {
	const remaining = async () => {
		const { body } = await call(sandbox, 'GET', '/ent/v2/credits');
		return body.remains;
	};

	it('bills at the create and gives back what failed or was cancelled', async () => {
		const good = await createTask(sandbox);
		const bad = await createTask(sandbox, { prompt: '[fail=AuditSubmitIllegal]' });
		expect(await remaining()).toMatchObject([{ credit_remain: 9930, current_concurrency: 2 }]);
		pass(90);
		expect(await remaining()).toMatchObject([{ credit_remain: 9965 }]);
		expect(sandbox.ledger()).toMatchObject([
			{ taskId: good, credits: 35, refunded: false },
			{ taskId: bad, credits: 35, refunded: true },
		]);
	});

	it('refuses what the account cannot pay, and bills nothing', async () => {
		const answer = await call(sandbox, 'POST', '/ent/v2/text2video', text(), {
			Authorization: `Token ${POOR_KEY}`,
		});
		expect(answer).toMatchObject({ status: 400, body: { reason: 'CreditInsufficient' } });
		expect(sandbox.ledger()).toEqual([]);
	});

	it.each([
		['text2video', text({ duration: 10, resolution: '1080p' }), 110],
		['text2video', text({ model: 'viduq3-turbo', duration: 3 }), 33],
		['reference2video', subjects({ audio: true }), 60],
		['reference2video', subjects({ off_peak: true }), 23],
		['reference2video', reference({ model: 'viduq3-mix', resolution: '1080p' }), 145],
		['reference2video', reference({ model: 'vidu2.0' }), 80],
		['img2video', reference({ model: 'viduq2-turbo', duration: 3 }), 20],
		['img2video', reference({ model: 'viduq2-pro', resolution: '540p', is_rec: true }), 35],
		['img2video', reference({ model: 'vidu2.0', duration: 8 }), 100],
	])('prices %s %j at %d credits', async (endpoint, body, credits) => {
		expect((await call(sandbox, 'POST', `/ent/v2/${endpoint}`, body)).body).toMatchObject({
			credits,
		});
	});
});

describe('a create request', () => {
	const pixel = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP';
	it.each([
		['text2video', text({ colour: 'red' }), 'FieldUnwanted', 'unwanted field: colour'],
		['text2video', text({ audio: true }), 'FieldUnwanted', 'audio'],
		['text2video', text({ duration: '5' }), 'FieldInvalid', 'duration'],
		['text2video', text({ duration: 11 }), 'FieldInvalid', 'between 1 to 10'],
		['text2video', text({ watermark: 'true' }), 'FieldInvalid', 'watermark'],
		['text2video', { model: 'viduq2' }, 'FieldLacking', 'prompt'],
		['text2video', { prompt: 'x' }, 'FieldLacking', 'model'],
		['text2video', text({ model: 'viduq1', aspect_ratio: '4:3' }), 'FieldInvalid', 'aspect_ratio'],
		['reference2video', subjects({ model: 'viduq3-pro' }), 'FieldInvalid', 'model'],
		['reference2video', subjects({ model: 'viduq3-mix' }), 'FieldInvalid', 'model'],
		['reference2video', subjects({ images: ['https://a.example/b.png'] }), 'FieldInvalid', 'subj'],
		['reference2video', subjects({ bgm: true }), 'FieldUnwanted', 'bgm'],
		['reference2video', subjects({ audio: true, off_peak: true }), 'FieldInvalid', 'off_peak'],
		['reference2video', subjects({ subjects: [{ images: [] }] }), 'FieldLacking', 'name'],
		[
			'reference2video',
			reference({ images: Array(8).fill('https://a.example/b.png') }),
			'FieldItemCountOutOfRange',
			'images',
		],
		[
			'reference2video',
			reference({ videos: ['https://a.example/b.mp4'] }),
			'FieldUnwanted',
			'videos',
		],
		[
			'reference2video',
			reference({ model: 'viduq3-mix', off_peak: true }),
			'FieldInvalid',
			'off_peak',
		],
		['reference2video', reference({ images: [pixel] }), 'ImageFormatInvalid', 'images[0]'],
		['reference2video', reference({ images: ['iVBORw0KGgo='] }), 'FieldInvalid', 'images[0]'],
		[
			'img2video',
			reference({ model: 'vidu2.0', duration: 8, resolution: '1080p' }),
			'FieldInvalid',
			'resolution',
		],
		[
			'img2video',
			reference({ model: 'viduq2-pro', aspect_ratio: '1:1' }),
			'FieldUnwanted',
			'aspect',
		],
		['start-end2video', reference({ model: 'viduq2-pro' }), 'FieldItemCountOutOfRange', 'images'],
		['start-end2video', reference({ model: 'viduq3-pro-fast' }), 'FieldInvalid', 'model'],
	])('to %s with %j is refused: %s', async (endpoint, body, reason, mention) => {
		const answer = await call(sandbox, 'POST', `/ent/v2/${endpoint}`, body);
		expect(answer).toMatchObject({ status: 400, body: { code: 400, reason } });
		expect(answer.body.message).toContain(mention);
		expect(sandbox.ledger()).toEqual([]);
	});

	it.each(['21:9', '4:3', 'auto'])('takes the ratio %s for subjects of viduq2', async (ratio) => {
		const answer = await call(
			sandbox,
			'POST',
			'/ent/v2/reference2video',
			subjects({ aspect_ratio: ratio }),
		);
		expect(answer.status).toBe(200);
	});

	it('may have a prompt of 5,000 characters and no more', async () => {
		const status = async (length: number) =>
			(await call(sandbox, 'POST', '/ent/v2/text2video', text({ prompt: '😀'.repeat(length) })))
				.status;
		expect([await status(5000), await status(5001)]).toEqual([200, 400]);
	});

	it('over 20 MB is refused with 413', async () => {
		const answer = await call(
			sandbox,
			'POST',
			'/ent/v2/text2video',
			text({ payload: 'x'.repeat(21 * 1024 * 1024) }),
		);
		expect(answer).toMatchObject({ status: 413, body: { reason: 'BadRequest' } });
	});

	it('with an image that cannot be downloaded ends as a failed task that costs nothing', async () => {
		for (const image of [`${sandbox.url}/samples/dog.png`, 'https://pic.invalid/cat.png']) {
			const { body } = await call(
				sandbox,
				'POST',
				'/ent/v2/reference2video',
				reference({ images: [image] }),
			);
			pass(3);
			expect((await query(sandbox, String(body.task_id))).body).toMatchObject({
				state: 'failed',
				err_code: 'ImageDownloadFailure',
				credits: 0,
			});
		}
	});

	it('takes samples of the sandbox and data URIs of real images', async () => {
		const data = `data:image/png;base64,${(await asset('robot.png')).toString('base64')}`;
		const images = [`${sandbox.url}/samples/cat.png`, data];
		const { status, body } = await call(
			sandbox,
			'POST',
			'/ent/v2/reference2video',
			reference({ images }),
		);
		expect(status).toBe(200);
		pass(90);
		expect((await query(sandbox, String(body.task_id))).body.state).toBe('success');
	});
});

describe('the list', () => {
	it('finds tasks by ids, repeated or with commas, and by state', async () => {
		const [first, second, third] = [
			await createTask(sandbox),
			await createTask(sandbox),
			await createTask(sandbox, { prompt: '[never]' }),
		];
		pass(90);
		const ids = async (search: string) => {
			const { body } = await call(sandbox, 'GET', `/ent/v2/tasks?${search}`);
			return Array.isArray(body.tasks) ? body.tasks.map(({ id }) => id) : [];
		};
		expect(await ids(`task_ids=${first}&task_ids=${third}`)).toEqual([third, first]);
		expect(await ids(`task_ids=${first},${second}`)).toEqual([second, first]);
		expect(await ids('states=success')).toEqual([second, first]);
		expect(await ids('created_at.to=2020-01-01T00:00:00Z')).toEqual([]);
	});

	it('gives ten rows a page, up to 100, and a token for the next', async () => {
		for (let task = 0; task < 12; task++) await createTask(sandbox);
		const { body } = await call(sandbox, 'GET', '/ent/v2/tasks');
		expect(body.tasks).toHaveLength(10);
		const next = `/ent/v2/tasks?pager.page_token=${String(body.next_page_token)}`;
		expect((await call(sandbox, 'GET', next)).body).toMatchObject({ next_page_token: '' });
		expect((await call(sandbox, 'GET', '/ent/v2/tasks?pager.pagesz=101')).status).toBe(400);
	});

	it('shows what the list documents, and no payload or error code', async () => {
		await createTask(sandbox, { payload: 'row-7', aspect_ratio: '9:16' });
		pass(90);
		const { body } = await call(sandbox, 'GET', '/ent/v2/tasks');
		const [row] = Array.isArray(body.tasks) ? body.tasks : [];
		expect(row).toMatchObject({
			state: 'success',
			model: 'viduq2',
			credits: 35,
			duration: 5,
			creations: [{ video: { duration: 5, resolution: { width: 720, height: 1280 } } }],
		});
		expect(row).not.toHaveProperty('payload');
		expect(row).not.toHaveProperty('err_code');
	});
});

describe('the upload', () => {
	it('takes three steps, no key at the signed address, and names an image', async () => {
		const bytes = new Uint8Array(await asset('cat.png'));
		const begun = await call(sandbox, 'POST', '/tools/v2/files/uploads', { scene: 'vidu' });
		const put = async (headers: Record<string, string>) =>
			await fetch(String(begun.body.put_url), {
				method: 'PUT',
				body: bytes,
				headers: { 'Content-Type': 'image/png', ...headers },
			});
		expect((await put({ Authorization: `Token ${SANDBOX_KEY}` })).status).toBe(400);
		const etag = (await put({})).headers.get('etag');
		const path = `/tools/v2/files/uploads/${String(begun.body.id)}/finish`;
		const { body } = await call(sandbox, 'PUT', path, { etag });
		expect(body.uri).toMatch(/^ssupload:\?id=\d+$/);
		const images = [body.uri];
		const answer = await call(sandbox, 'POST', '/ent/v2/reference2video', reference({ images }));
		expect(answer.status).toBe(200);
	});
});
