import { createHmac } from 'node:crypto';
import { GATEWAY_KEYS, SANDBOX_KEY, startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { caller, startReceiver } from './client.mts';

let clock = Date.UTC(2026, 10, 21);
let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ speed: 1, now: () => clock });
});
afterEach(() => sandbox.set({ kkiaiQuery: 'tasks' }));
afterAll(async () => await sandbox.close());

const BODY = {
	model: 'viduq2',
	prompt: 'A @cat runs',
	subjects: [{ id: 'cat', images: ['https://pic.example/cat.png'] }],
};
const NATIVE = { ...BODY, subjects: [{ name: 'cat', images: ['https://pic.example/cat.png'] }] };
const bearer = caller(() => sandbox, `Bearer ${GATEWAY_KEYS.kkiai}`);
const create = async (more: Record<string, unknown> = {}) =>
	await bearer('POST', '/ent/v2/reference2video', { ...BODY, ...more });

describe('kkiai', () => {
	it('answers as Vidu does, with extras of its own', async () => {
		const { body } = await create({ auto_subjects: true });
		expect(body).toMatchObject({
			type: 'character2video',
			state: 'created',
			style: 'general',
			cus_priority: 0,
			client_request_id: '',
			wm_position: 'unspecified',
		});
		clock += 90_000;
		const path = `/ent/v2/tasks/${String(body.task_id)}/creations`;
		expect((await bearer('GET', path)).body).toMatchObject({
			state: 'success',
			creations: [{ url: expect.stringContaining('/results/'), watermarked_url: '' }],
		});
	});

	it('is told from Vidu by its key alone', async () => {
		const answers = await Promise.all(
			['Bearer sk-other', `Token ${GATEWAY_KEYS.kkiai}`, `Bearer ${SANDBOX_KEY}`].map(
				async (header) =>
					await caller(() => sandbox, header)('POST', '/ent/v2/reference2video', BODY),
			),
		);
		expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
		expect((await bearer('GET', '/ent/v2/tasks/1/creations')).body).toMatchObject({
			error: { code: 'TaskNotFound', message: 'task not found' },
		});
	});

	it.each([
		['viduq3-turbo', { model: 'viduq3-turbo' }],
		['a prompt of 2001 characters', { prompt: 'a'.repeat(2001) }],
		['off-peak', { off_peak: true }],
		['background music', { bgm: true }],
		['images without subjects', { subjects: undefined, images: ['https://pic.example/cat.png'] }],
		['an automatic duration', { model: 'viduq2-pro', duration: 0 }],
	])('refuses %s', async (_what, more) => {
		const { status, body } = await create(more);
		expect(status).toBe(400);
		expect(body.error).toMatchObject({ message: expect.any(String), code: expect.any(String) });
	});

	it.each([
		['task', '/ent/v2/task/ID/creations'],
		['list', '/ent/v2/tasks?task_ids=ID'],
	] as const)('answers for a task at another path when set to %s', async (kkiaiQuery, path) => {
		const { body } = await create();
		sandbox.set({ kkiaiQuery });
		const id = String(body.task_id);
		expect((await bearer('GET', `/ent/v2/tasks/${id}/creations`)).status).toBe(404);
		const answer = await bearer('GET', path.replace('ID', id));
		expect(answer.status).toBe(200);
		expect(JSON.stringify(answer.body)).toContain(id);
	});

	it('calls back with a signature that its user cannot check', async () => {
		const receiver = await startReceiver();
		await create({ prompt: '[queue=0]', callback_url: receiver.url });
		await receiver.until(1);
		const headers = receiver.received[0]?.headers ?? {};
		const nonce = String(headers['x-request-nonce']);
		const date = String(headers.date);
		const text = `POST\n/\n\nvidu\n${date}\nDate:${date}\nx-request-nonce:${nonce}\n`;
		const own = createHmac('sha256', GATEWAY_KEYS.kkiai).update(text).digest('base64');
		expect(headers['x-hmac-signature']).toEqual(expect.any(String));
		expect(headers['x-hmac-signature']).not.toBe(own);
		await receiver.close();
	});
});

describe("a relay of Vidu's own format", () => {
	it.each([
		['relay302', '/tasks/ID/creations', 45],
		['powertokens', '/tasks/ID', '45'],
	] as const)('%s answers at %s', async (name, path, credits) => {
		const relay = caller(() => sandbox, `Bearer ${GATEWAY_KEYS[name]}`);
		const prefix = `/${name}/vidu/ent/v2`;
		const { body } = await relay('POST', `${prefix}/reference2video`, NATIVE);
		expect(body.credits).toBe(credits);
		clock += 90_000;
		const done = await relay('GET', `${prefix}${path.replace('ID', String(body.task_id))}`);
		expect(done.body).toMatchObject({ state: 'success', credits, creations: [{}] });
		const bad = caller(() => sandbox, 'Bearer sk-other');
		expect((await bad('POST', `${prefix}/reference2video`, NATIVE)).status).toBe(401);
	});
});
