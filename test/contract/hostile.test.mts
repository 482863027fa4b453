import { HOSTILE } from '../../sandbox/hostile.mts';
import { GATEWAY_KEYS, SANDBOX_KEY, startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { call } from './client.mts';

const MODEL = 'viduq2';

/** Each dialect: its key, where an order goes, and where its task is read. */
const WAYS: ReadonlyArray<readonly [scheme: string, key: string, order: string, status: string]> = [
	['Token', SANDBOX_KEY, '/ent/v2/text2video', '/ent/v2/tasks/{id}/creations'],
	['Bearer', GATEWAY_KEYS.octopusx, '/vidu/ent/v2/text2video', '/vidu/ent/v2/task/{id}/creations'],
	['Bearer', GATEWAY_KEYS.kkiai, '/ent/v2/text2video', '/ent/v2/tasks/{id}/creations'],
	['Bearer', GATEWAY_KEYS.vtrix, '/model/v1/generation', '/model/v1/generation/task/{id}'],
	[
		'Bearer',
		GATEWAY_KEYS.jiekou,
		'/v3/async/vidu-q2-text2video',
		'/v3/async/task-result?task_id={id}',
	],
	[
		'Bearer',
		GATEWAY_KEYS.relay302,
		'/relay302/vidu/ent/v2/text2video',
		'/relay302/vidu/ent/v2/tasks/{id}/creations',
	],
	[
		'Bearer',
		GATEWAY_KEYS.powertokens,
		'/powertokens/vidu/ent/v2/text2video',
		'/powertokens/vidu/ent/v2/tasks/{id}',
	],
];
type Way = (typeof WAYS)[number];

const [VIDU] = WAYS as [Way];

/** Kinds that do not let a request through. */
const INSTEAD = ['refused', 'busy', 'echo', 'firewall'];

/** What a patient client sees: status and text; null where the connection broke. */
async function ask(sandbox: Sandbox, [scheme, key]: Way, path: string, body?: unknown) {
	try {
		const answer = await fetch(sandbox.url + path, {
			method: body === undefined ? 'GET' : 'POST',
			headers: { Authorization: `${scheme} ${key}`, 'Content-Type': 'application/json' },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		return { status: answer.status, text: await answer.text() };
	} catch {
		return null;
	}
}

async function order(sandbox: Sandbox, way: Way, prompt: string) {
	const parameters = { prompt, duration: 5 };
	const wrapped = { model: `${MODEL}_text2video`, input: [{ params: parameters }] };
	const [, , path] = way;
	if (path.startsWith('/model')) return await ask(sandbox, way, path, wrapped);
	const named = path.includes(MODEL.replace('viduq', 'vidu-q'));
	return await ask(sandbox, way, path, { ...parameters, ...(!named && { model: MODEL }) });
}

const newest = (sandbox: Sandbox) => sandbox.tasks()[0]?.id ?? '';
const faults = (sandbox: Sandbox) => sandbox.requests().map(({ hostile }) => hostile);

let sandbox: Sandbox;
beforeEach(async () => {
	sandbox = await startSandbox({ speed: 5000, renderSeconds: 30, credits: 1e6 });
});
afterEach(async () => await sandbox.close());

test('the same seed does the same to the same requests, another seed something else', async () => {
	const story = async (seed: number) => {
		sandbox.reset();
		sandbox.set({ hostile: { seed, rate: 0.5 } });
		for (let round = 0; round < 10; round++) {
			await order(sandbox, VIDU, `clip ${round}`);
			const path = VIDU[3].replace('{id}', newest(sandbox) || '1');
			for (let look = 0; look < 3; look++) await ask(sandbox, VIDU, path);
		}
		return faults(sandbox);
	};
	const first = await story(1);
	expect(await story(1)).toEqual(first);
	expect(await story(2)).not.toEqual(first);
	expect(first.filter((name) => name !== undefined).length).toBeGreaterThan(10);
});

test.each(WAYS)(
	'%s %s: an order is billed if it was let through, whatever is answered',
	async (...way) => {
		sandbox.set({ hostile: { seed: 3, rate: 1 } });
		for (let round = 0; round < 25; round++) {
			const before = sandbox.ledger().length;
			await order(sandbox, way, `clip ${round}`);
			const name = faults(sandbox).at(-1) ?? '';
			const refused = INSTEAD.includes(name);
			expect([name, sandbox.ledger().length - before]).toEqual([name, refused ? 0 : 1]);
		}
	},
);

test.each(WAYS)('%s %s: who asks again comes to the clip', async (...way) => {
	for (let seed = 0; seed < 10; seed++) {
		sandbox.set({ hostile: null });
		await order(sandbox, way, `clip ${seed}`);
		const id = newest(sandbox);
		sandbox.set({ hostile: { seed, rate: 1 } });
		const link = new RegExp(`http[^"]*${id}\\.mp4`);
		let looks = 0;
		for (let seen = ''; !link.test(seen); looks++) {
			expect(looks).toBeLessThan(50);
			const answer = await ask(sandbox, way, way[3].replace('{id}', id));
			if (answer?.status === 200) seen = answer.text;
		}
	}
});

test('every kind that the help names comes, in answers that can be told from honest ones', async () => {
	sandbox.set({ hostile: { seed: 4, rate: 1 } });
	for (let round = 0; round < 80; round++) {
		await order(sandbox, VIDU, `clip ${round}`);
		const id = newest(sandbox) || '1';
		for (let look = 0; look < 3; look++) {
			await ask(sandbox, VIDU, VIDU[3].replace('{id}', id));
		}
		await ask(sandbox, VIDU, `/results/${id}.mp4?`);
	}
	for (let seed = 0; seed < 10; seed++) {
		sandbox.set({ hostile: { seed, rate: 0 } });
		await ask(sandbox, VIDU, '/ent/v2/tasks?task_ids=1&task_ids=2');
	}
	const lasting = ['lag', 'late'];
	const named = HOSTILE.map(([name]) => name).filter((name) => !lasting.includes(name));
	expect(new Set(faults(sandbox))).toEqual(new Set([undefined, ...named]));
});

test('an answer that hides the id of an accepted order is known as such', async () => {
	sandbox.set({ hostile: { seed: 5, rate: 1 } });
	for (let round = 0; round < 40; round++) {
		const answer = await order(sandbox, VIDU, `clip ${round}`);
		const id = newest(sandbox);
		if (id === '' || answer?.text.includes(id)) continue;
		const name = faults(sandbox).at(-1);
		if (name !== undefined && INSTEAD.includes(name)) continue;
		expect([name, sandbox.hidden().has(id)]).toEqual([name, true]);
	}
	expect(sandbox.hidden().size).toBeGreaterThan(3);
});

test('is set and ended over HTTP', async () => {
	await call(sandbox, 'POST', '/_sandbox/settings', { hostile: { seed: 6, rate: 1 } });
	await order(sandbox, VIDU, 'one');
	await call(sandbox, 'POST', '/_sandbox/settings', { hostile: null });
	await order(sandbox, VIDU, 'two');
	const [first, second] = faults(sandbox);
	expect([typeof first, second]).toEqual(['string', undefined]);
	const refused = await call(sandbox, 'POST', '/_sandbox/settings', { hostile: { rate: 7 } });
	expect(refused.status).toBe(400);
});
