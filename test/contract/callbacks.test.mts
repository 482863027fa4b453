import { signCallback } from '../../sandbox/callbacks.mts';
import { startSandbox, SANDBOX_KEY, type Sandbox } from '../../sandbox/server.mts';
import { call, createTask, startReceiver } from './client.mts';
import vectors from '../unit/vectors/callback-signature.json' with { type: 'json' };

let sandbox: Sandbox;
let receiver: Awaited<ReturnType<typeof startReceiver>>;

beforeEach(async () => {
	sandbox = await startSandbox({ speed: 300 });
});
afterEach(async () => {
	await sandbox.close();
	await receiver.close();
});

const signature = ({ key, callbackUrl }: { key: string; callbackUrl: string }) =>
	signCallback(key, callbackUrl, vectors.headers.Date, vectors.headers['x-request-nonce']);

describe('the signature', () => {
	beforeAll(async () => {
		receiver = await startReceiver();
	});

	it.each(vectors.valid)('of $callbackUrl is the one that the vectors give', (vector) => {
		expect(signature(vector)).toEqual({
			...vectors.headers,
			'X-HMAC-SIGNATURE': vector.signature,
		});
	});

	it.each(vectors.invalid)('is not made of a $why', (vector) => {
		expect(signature(vector)['X-HMAC-SIGNATURE']).not.toBe(vector.signature);
	});
});

describe('callbacks', () => {
	const path = '/hook?signature=00ff&x=%E4%BD%A0&b=1&a=2';

	it('tell of the work and of its end, signed with the key of the task', async () => {
		receiver = await startReceiver();
		const url = `${receiver.url}${path}`;
		const id = await createTask(sandbox, { callback_url: url, payload: 'row-7' });
		await receiver.until(2);
		expect(receiver.received.map(({ body }) => body)).toMatchObject([
			{ id, state: 'processing', creations: [] },
			{ id, state: 'success', payload: 'row-7', creations: [{}] },
		]);
		for (const { url: raw, headers } of receiver.received) {
			expect(raw).toBe(path);
			const nonce = String(headers['x-request-nonce']);
			const expected = signCallback(SANDBOX_KEY, url, String(headers.date), nonce);
			expect(headers['x-hmac-signature']).toBe(expected['X-HMAC-SIGNATURE']);
		}
	});

	it('of the end are tried three times, and each try is on record', async () => {
		receiver = await startReceiver([500, 500, 409]);
		await createTask(sandbox, { callback_url: receiver.url, prompt: '[fail=AuditFailed]' });
		await receiver.until(4);
		expect(receiver.received.map(({ body }) => body.state)).toEqual([
			'processing',
			'failed',
			'failed',
			'failed',
		]);
		expect(sandbox.deliveries()).toMatchObject([
			{ event: 'processing', attempt: 1, status: 500 },
			{ event: 'failed', attempt: 1, status: 500 },
			{ event: 'failed', attempt: 2, status: 409 },
			{ event: 'failed', attempt: 3 },
		]);
	});

	it('tell of a cancellation as a failure', async () => {
		receiver = await startReceiver();
		const id = await createTask(sandbox, {
			callback_url: receiver.url,
			prompt: '[queue=1e9]',
		});
		await call(sandbox, 'POST', `/ent/v2/tasks/${id}/cancel`, { id });
		await receiver.until(1);
		expect(receiver.received[0]?.body).toMatchObject({
			state: 'failed',
			err_code: 'UserCancelled',
		});
	});

	it('can be forged, repeated and replayed on demand', async () => {
		receiver = await startReceiver();
		const received = async (fault: string, count: number) => {
			receiver.received.length = 0;
			const prompt = `[callback=${fault}]`;
			await createTask(sandbox, { callback_url: receiver.url, prompt });
			await receiver.until(count);
			return receiver.received.map(({ headers }) => headers);
		};
		const [forged] = await received('forged', 2);
		const nonce = String(forged?.['x-request-nonce']);
		const right = signCallback(SANDBOX_KEY, receiver.url, String(forged?.date), nonce);
		expect(forged?.['x-hmac-signature']).not.toBe(right['X-HMAC-SIGNATURE']);
		const nonces = async (fault: string) =>
			new Set((await received(fault, 4)).map((headers) => headers['x-request-nonce'])).size;
		expect([await nonces('twice'), await nonces('replay')]).toEqual([4, 2]);
	});
});
