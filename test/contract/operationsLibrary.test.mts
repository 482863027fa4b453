import { POOR_KEY, startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { call } from './client.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ speed: 1 });
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const CAT = 'https://pic.example/cat.png';
const CLIP = 'https://pic.example/cat.mp4';
const SYSTEM_CAT = '2999000000000000001';
const create = async (more: Record<string, unknown> = {}) =>
	await call(sandbox, 'POST', '/ent/v2/subjects', { name: 'Tom', images: [CAT], ...more });
const list = async (search = '', headers = {}) =>
	(await call(sandbox, 'GET', `/ent/v2/subjects${search}`, undefined, headers)).body;
const edit = async (id: string, body: Record<string, unknown>) =>
	await call(sandbox, 'PUT', `/ent/v2/subjects/${id}`, body);

describe('a subject', () => {
	it('is made for five credits, and found again by its id', async () => {
		const { body } = await create({ voice_id: 'voice-1' });
		expect(body).toEqual({
			id: expect.stringMatching(/^\d{17,}$/),
			name: 'Tom',
			images: [CAT],
			videos: [],
			voice_id: 'voice-1',
			style: expect.any(String),
			description: expect.any(String),
			credits: 5,
		});
		expect(sandbox.ledger()).toMatchObject([{ credits: 5 }]);
		const { credits: _credits, ...subject } = body;
		expect(await list(`?subject_ids=${String(body.id)}`)).toEqual({
			subjects: [subject],
			next_page_token: '',
			count: 20,
		});
	});

	it('belongs to its key and is no task', async () => {
		const { body } = await create();
		expect(await list('', { Authorization: `Token ${POOR_KEY}` })).toMatchObject({ subjects: [] });
		expect((await call(sandbox, 'GET', '/ent/v2/tasks')).body.tasks).toEqual([]);
		const path = `/ent/v2/tasks/${String(body.id)}/creations`;
		expect((await call(sandbox, 'GET', path)).status).toBe(404);
	});

	it('of the system is listed apart, without style and description', async () => {
		const { subjects } = await list('?ownership=system');
		expect(subjects).toHaveLength(3);
		expect(subjects).toContainEqual({
			id: SYSTEM_CAT,
			name: 'Cat',
			images: [`${sandbox.url}/samples/cat.png`],
			videos: [],
			voice_id: '',
		});
		expect(await list(`?subject_ids=${SYSTEM_CAT}`)).toMatchObject({ subjects: [] });
	});

	it('comes in pages, the newest first', async () => {
		for (const name of ['a', 'b', 'c']) await create({ name });
		const first = await list('?count=2');
		expect(first).toMatchObject({ subjects: [{ name: 'c' }, { name: 'b' }], count: 2 });
		const rest = await list(`?count=2&next_page_token=${String(first.next_page_token)}`);
		expect(rest).toMatchObject({ subjects: [{ name: 'a' }], next_page_token: '' });
	});

	it('is edited for free, field by field', async () => {
		const id = String((await create()).body.id);
		const images = ['https://pic.example/other.png'];
		const { body } = await edit(id, { id, name: 'Jerry', style: 'anime', images, videos: [CLIP] });
		expect(body).toMatchObject({ id, name: 'Jerry', style: 'anime', voice_id: '' });
		expect(await list()).toMatchObject({ subjects: [{ name: 'Jerry', images, videos: [] }] });
		expect(sandbox.ledger()).toHaveLength(1);
	});

	it('takes another video only if it was made with one', async () => {
		const id = String((await create({ images: undefined, videos: [CLIP] })).body.id);
		await edit(id, { videos: ['https://pic.example/b.mp4'] });
		expect(await list()).toMatchObject({ subjects: [{ videos: ['https://pic.example/b.mp4'] }] });
	});

	it('that is unknown or of the system cannot be edited', async () => {
		expect(await edit('1', {})).toMatchObject({ status: 404, body: { reason: 'NotFound' } });
		expect(await edit(SYSTEM_CAT, {})).toMatchObject({
			status: 403,
			body: { reason: 'Forbidden' },
		});
	});

	it.each([
		[{ name: undefined }, 'FieldLacking'],
		[{ images: undefined }, 'FieldLacking'],
		[{ images: Array(4).fill(CAT) }, 'FieldItemCountOutOfRange'],
		[{ videos: [CLIP, CLIP] }, 'FieldItemCountOutOfRange'],
		[{ style: 'anime' }, 'FieldUnwanted'],
		[{ images: ['cat.png'] }, 'FieldInvalid'],
	])('is not made of %j: %s', async (more, reason) => {
		expect(await create(more)).toMatchObject({ status: 400, body: { reason } });
		expect(sandbox.ledger()).toEqual([]);
	});

	it('is not made of an image out of reach', async () => {
		const { body } = await create({ images: ['https://pic.invalid/cat.png'] });
		expect(body).toMatchObject({ reason: 'ImageDownloadFailure' });
		expect(await list()).toMatchObject({ subjects: [] });
		expect(sandbox.ledger()).toMatchObject([{ refunded: true }]);
	});

	it.each([
		[{ name: 'a'.repeat(65) }, 'FieldInvalid'],
		[{ style: 'a'.repeat(101) }, 'FieldInvalid'],
		[{ description: 'a'.repeat(2001) }, 'FieldInvalid'],
		[{ id: '1' }, 'FieldInvalid'],
		[{ images: Array(4).fill(CAT) }, 'FieldItemCountOutOfRange'],
		[{ colour: 'red' }, 'FieldUnwanted'],
	])('is not edited with %j: %s', async (body, reason) => {
		const id = String((await create()).body.id);
		expect((await edit(id, body)).body).toMatchObject({ reason });
	});

	it.each([
		['ownership=public', 'FieldInvalid'],
		['count=0', 'FieldInvalid'],
		['count=101', 'FieldInvalid'],
		['page=1', 'FieldUnwanted'],
	])('is not listed by %s: %s', async (search, reason) => {
		expect(await list(`?${search}`)).toMatchObject({ reason });
	});
});

describe('a subject in a video', () => {
	const video = async (server_id: string, model = 'viduq2') =>
		await call(sandbox, 'POST', '/ent/v2/reference2video', {
			model,
			prompt: '@cat runs',
			subjects: [{ name: 'cat', server_id }],
		});

	it("is one of the key's own or of the system", async () => {
		const own = String((await create()).body.id);
		expect([(await video(own)).status, (await video(SYSTEM_CAT)).status]).toEqual([200, 200]);
		expect((await video('123')).body).toMatchObject({
			reason: 'FieldInvalid',
			message: expect.stringContaining('subjects[0].server_id'),
		});
	});

	it('that is a video itself needs viduq2-pro', async () => {
		const id = String((await create({ images: undefined, videos: [CLIP] })).body.id);
		expect((await video(id)).body).toMatchObject({ reason: 'FieldInvalid' });
		expect((await video(id, 'viduq2-pro')).status).toBe(200);
	});
});

describe('recommended prompts', () => {
	const recommend = async (more: Record<string, unknown> = {}) =>
		await call(sandbox, 'POST', '/ent/v2/img2video-prompt-recommendation', {
			images: [CAT],
			type: ['img2video'],
			...more,
		});

	it('come at once, five for each type, ten credits for five', async () => {
		const { body } = await recommend({ type: ['template', 'img2video'], resolution: '720p' });
		expect(body).toMatchObject({ images: [CAT], count: 5, id: body.task_id });
		const prompts: unknown[] = Array.isArray(body.prompts) ? body.prompts : [];
		expect(prompts).toHaveLength(10);
		expect(prompts[0]).toEqual({
			type: 'template',
			content: expect.any(String),
			prompt: expect.any(String),
			template: expect.any(String),
			resolution: '720p',
		});
		expect(prompts[9]).toEqual({ type: 'img2video', content: expect.any(String) });
		await recommend({ count: 6 });
		expect(sandbox.ledger()).toMatchObject([{ credits: 20 }, { credits: 20 }]);
	});

	it.each([
		[{ images: [CAT, CAT] }, 'FieldItemCountOutOfRange'],
		[{ images: undefined }, 'FieldLacking'],
		[{ type: undefined }, 'FieldLacking'],
		[{ type: [] }, 'FieldItemCountOutOfRange'],
		[{ type: 'img2video' }, 'FieldInvalid'],
		[{ type: ['video'] }, 'FieldInvalid'],
		[{ type: ['img2video', 'img2video'] }, 'FieldInvalid'],
		[{ count: 11 }, 'FieldInvalid'],
		[{ count: 0 }, 'FieldInvalid'],
		[{ resolution: '1080p' }, 'FieldInvalid'],
		[{ payload: 'x' }, 'FieldUnwanted'],
	])('are refused with %j: %s', async (more, reason) => {
		expect((await recommend(more)).body).toMatchObject({ code: 400, reason });
		expect(sandbox.ledger()).toEqual([]);
	});
});
