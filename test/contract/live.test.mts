/** `npm run live`, with the sandbox in the provider's place, and a proxy that plants drift. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { ProviderId } from '../../nodes/Vidu/catalogue/types.ts';
import { GATEWAY_KEYS, SANDBOX_KEY, startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { freePort } from '../../scripts/ports.mts';
import { readSettings, type Settings } from '../../scripts/live/options.mts';
import { runLive } from '../../scripts/live/run.mts';
import { startDriftingProxy, type Passing } from './driftingProxy.mts';

let passed = 0;
let sandbox: Sandbox;
const now = () => Date.now() + passed;

beforeAll(async () => {
	sandbox = await startSandbox({ speed: 1, now });
});
beforeEach(() => {
	sandbox.reset();
	sandbox.set({ newer: false });
});
afterAll(async () => await sandbox.close());

const KEYS: Readonly<Record<string, string>> = {
	...GATEWAY_KEYS,
	vidu: SANDBOX_KEY,
	custom: GATEWAY_KEYS.relay302,
};

/** The settings of a command line. */
function settings(provider: string, baseUrl: string, ...flags: string[]): Settings {
	const args = ['--provider', provider, '--base-url', baseUrl, ...flags];
	const read = readSettings(args, { VIDU_API_KEY: KEYS[provider] });
	if (read === null) throw new Error('These flags ask for help');
	return read;
}

/** A run in which time passes as fast as it is waited for. */
async function run(given: Settings, whileWaiting = () => {}) {
	const said: string[] = [];
	const outcome = await runLive(given, {
		now,
		wait: async (milliseconds) => {
			whileWaiting();
			passed += milliseconds;
			sandbox.set({});
			await new Promise((resolve) => setTimeout(resolve, 5));
		},
		say: (sentence) => void said.push(sentence),
	});
	return { ...outcome, said: said.join('\n') };
}

/** A run at Vidu through a proxy. */
async function drifting(
	change: (answer: Passing) => void,
	faults?: (request: string) => string,
	...flags: string[]
) {
	const proxy = await startDriftingProxy(sandbox.url, change, faults);
	try {
		return await run(settings('vidu', proxy.url, '--max-credits', '60', ...flags));
	} finally {
		await proxy.close();
	}
}

const orders = (path = '/ent/v2/img2video') =>
	sandbox.requests().filter((request) => request.method === 'POST' && request.path === path);

describe('a live run against an API that answers as documented', () => {
	const FLAGS: Readonly<Record<ProviderId, readonly string[]>> = {
		vidu: [],
		octopusx: ['--assume-credits', '30'],
		kkiai: [],
		vtrix: ['--assume-credits', '30'],
		jiekou: ['--assume-credits', '30'],
		custom: ['--path-prefix', '/relay302/vidu/ent/v2'],
	};
	it.each(Object.entries(FLAGS))(
		'finds no difference at %s, tells every task and never the key',
		async (provider, flags) => {
			const given = settings(provider, sandbox.url, '--max-credits', '60', ...flags);
			const { findings, page, said, isLocal } = await run(given);
			expect(findings).toEqual([]);
			expect(said).toMatch(/The clip \S+ succeeded/);
			for (const { taskId } of sandbox.ledger()) {
				expect(said).toContain(taskId);
				expect(page).toContain(taskId);
			}
			expect(page + said).not.toContain(KEYS[provider]);
			// What was tried on this machine is not to pass for a provider.
			expect(isLocal).toBe(true);
			expect(page).toContain('**Not a live provider:**');
		},
	);

	it('tries callbacks, too, and cancels a second clip before it costs anything', async () => {
		const port = await freePort();
		const url = `http://127.0.0.1:${port}/vidu?row=7`;
		const { findings, page, said, spent } = await run(
			settings(
				...(['vidu', sandbox.url, '--max-credits', '60'] as const),
				...['--callback-url', url, '--callback-port', String(port)],
			),
		);
		expect(findings).toEqual([]);
		expect(said).toContain('Callbacks: The signature is right');
		expect(page).toContain('## The headers of callbacks');
		expect(page).not.toContain('Not reached');
		expect(sandbox.ledger()).toMatchObject([{ refunded: false }, { refunded: true }]);
		expect(spent).toBe('Spent: 6 of at most 60 credits, by the answers of the provider.');
	});
});

describe('planted drift', () => {
	const PLANTS: ReadonlyArray<readonly [request: RegExp, (answer: Passing) => void]> = [
		[/^GET .*creations/, ({ body }) => rename(body, 'credits', 'price')],
		[/^POST .*img2video$/, ({ body }) => Object.assign(body as object, { seed: '17' })],
		[/^GET .*credits$/, ({ body }) => Object.assign(body as object, { vouchers: [] })],
		[/^POST .*text2video$/, ({ body }) => Object.assign(body as object, { reason: 'NoModel' })],
		[/^GET .*task_ids/, ({ body }) => setState(body, 'done')],
		[/^POST .*uploads$/, ({ body }) => Object.assign(body as object, { expires_at: null })],
		[
			/^GET .*900000000000000001/,
			(answer) => {
				answer.status = answer.status === 404 ? 410 : answer.status;
			},
		],
	];
	const rename = (body: unknown, from: string, to: string) => {
		const fields = body as Record<string, unknown>;
		if (!(from in fields)) return;
		fields[to] = fields[from];
		delete fields[from];
	};
	const setState = (body: unknown, state: string) => {
		const { tasks } = body as { tasks: Array<{ state: string }> };
		for (const task of tasks) task.state = state;
	};
	let told: string;
	let all: readonly string[];

	beforeAll(async () => {
		const { page, findings } = await drifting(
			(answer) => {
				for (const [request, plant] of PLANTS) if (request.test(answer.request)) plant(answer);
			},
			(request) => (request.includes('img2video') ? '[charge=9]' : ''),
		);
		told = page;
		all = findings;
	});

	it.each([
		[
			'a field that is gone',
			'The status of the clip until its end: `credits` missing (documents, sandbox)',
		],
		[
			'a new field',
			'The status of the clip until its end: `price` additional (documents, sandbox)',
		],
		[
			'what the package does not read any more',
			'The clip at its end, as the package reads it: `credits` other type: null instead of number (documents, sandbox)',
		],
		[
			'another type',
			'The order of a clip: `seed` other type: number as text instead of number (documents, sandbox)',
		],
		['a new list', 'The balance: `vouchers` additional (documents, sandbox)'],
		[
			'another error code',
			'An order with an unknown model: `reason` other error code: "NoModel" instead of "FieldInvalid" (sandbox)',
		],
		[
			'an error code that the package does not know',
			'An order with an unknown model: `as read: known` other value: "no" instead of "yes" (sandbox)',
		],
		[
			'another value of a state',
			'The list of tasks: `tasks[].state` other value: "done" instead of "success" (documents, sandbox)',
		],
		[
			'null in place of a time',
			'An upload: `expires_at` other type: null instead of time (documents, sandbox)',
		],
		[
			'another HTTP status',
			'A task that does not exist: `HTTP status` other HTTP status: 410 instead of 404 (documents, sandbox)',
		],
		['another price', 'The price of viduq2-turbo, imageToVideo, 1 s, 540p: 9 credits instead of 6'],
	])('is named: %s', (_, line) => {
		expect(told).toContain(`- ${line}\n`);
	});

	it('is all that is named', () => {
		const planted =
			/credits|price|seed|vouchers|reason|known|state|nativeState|expires_at|HTTP status/;
		expect(all.filter((line) => !planted.test(line))).toEqual([]);
	});

	it('is named: a callback with a wrong signature', async () => {
		const port = await freePort();
		const { findings, said } = await drifting(
			() => undefined,
			(request) => (request.includes('img2video') ? '[callback=forged]' : ''),
			...['--callback-url', `http://127.0.0.1:${port}/vidu`, '--callback-port', String(port)],
		);
		expect(findings).toEqual([
			'The headers of callbacks: `verdict` other value: "wrong" instead of "right" (sandbox)',
		]);
		expect(said).toContain('Callbacks: The signature does not match');
	});
});

describe('the money of a live run', () => {
	it('is not touched when a clip would pass the budget', async () => {
		const { said, spent } = await run(settings('vidu', sandbox.url, '--max-credits', '5'));
		expect(sandbox.ledger()).toEqual([]);
		expect([...orders(), ...orders('/ent/v2/text2video')]).toEqual([]);
		expect(said).toContain('was not sent: it may cost 6 credits, and 5 of 5 are left');
		expect(spent).toBe('Nothing was bought.');
	});

	it('does not pay for a clip to cancel if only one fits the budget', async () => {
		const { said } = await run(settings('vidu', sandbox.url, '--max-credits', '8'));
		expect(sandbox.ledger()).toHaveLength(1);
		expect(said).toContain('it may cost 3 credits, and 2 of 8 are left');
	});

	it('is not spent where no price is known, unless the user says what to count', async () => {
		const given = settings('octopusx', sandbox.url, '--max-credits', '1000');
		expect((await run(given)).said).toContain('its price is not known. --assume-credits N');
		expect(sandbox.ledger()).toEqual([]);
	});

	it.each(['[drop]', '[create500]'])(
		'is spent once when an order gets no clear answer: %s',
		async (fault) => {
			const { page, said } = await drifting(
				() => undefined,
				(request) => (request.includes('img2video') ? fault : ''),
			);
			expect(orders()).toHaveLength(1);
			expect(said).toContain('the clip may exist');
			expect(page).toContain('| unknown | viduq2-turbo');
		},
	);

	it('is told of even if the run is interrupted', async () => {
		const { page } = await run(settings('vidu', sandbox.url, '--max-credits', '60'), () => {
			if (orders().length > 0) throw new Error('it was interrupted');
		});
		expect(page).toContain(`\`${sandbox.ledger()[0]?.taskId}\``);
		expect(page).toContain('The run ended early: it was interrupted');
		expect(orders()).toHaveLength(1);
	});

	it('goes no further when an order that should be refused is taken', async () => {
		sandbox.set({ newer: true });
		const { said } = await run(settings('vidu', sandbox.url, '--max-credits', '60'));
		const [bought] = sandbox.ledger();
		expect(sandbox.ledger()).toHaveLength(1);
		expect(said).toContain(`was not clearly refused (task ${bought?.taskId})`);
		expect(orders()).toEqual([]);
	});

	it('is not touched when the key does not pass the test of the credential', async () => {
		const given = settings('vidu', sandbox.url, '--max-credits', '60');
		const credential = { ...given.credential, apiKey: 'vda_no_such_key' };
		const { said, page } = await run({ ...given, credential });
		expect(said).toContain('The credential fails its test');
		expect(page).toContain('Not reached: A wrong key;');
		expect(sandbox.requests()).toHaveLength(1);
	});
});

describe('the key of a live run', () => {
	it('is in no report and on no screen, even if the server echoes it', async () => {
		const { page, said, findings } = await drifting((answer) => {
			const echo = `Token ${SANDBOX_KEY}`;
			if (Object(answer.body) !== answer.body) return;
			Object.assign(answer.body as object, { echo, [SANDBOX_KEY]: SANDBOX_KEY, message: echo });
		});
		expect(findings.join('\n')).toContain('`echo` additional');
		expect([page, said, ...findings].join('\n')).not.toContain(SANDBOX_KEY);
	});

	it('comes from the environment only', () => {
		const flags = ['--provider', 'vidu', '--max-credits', '1'];
		expect(() => readSettings(flags, {})).toThrow('VIDU_API_KEY holds no API key');
		const misplaced = () => readSettings([...flags, 'vda_secret_key'], {});
		expect(misplaced).toThrow('Everything is given by a flag');
		expect(() => readSettings([...flags, '--api-key=vda_secret_key'], {})).toThrow(
			/^Unknown option '--api-key'/,
		);
	});
});

describe('the command', () => {
	const MAIN = fileURLToPath(new URL('../../scripts/live/main.mts', import.meta.url));
	const live = async (...args: string[]) =>
		await promisify(execFile)(process.execPath, ['--import', 'tsx', MAIN, ...args], {
			env: { ...process.env, VIDU_API_KEY: SANDBOX_KEY },
		});

	it('writes the report, and prints neither the key nor a stack', async () => {
		const folder = await mkdtemp(join(tmpdir(), 'vidu-live-'));
		const report = join(folder, 'live.md');
		const { stdout, stderr } = await live(
			...['--provider', 'vidu', '--base-url', sandbox.url, '--max-credits', '0'],
			...['--report', report],
		);
		expect(await readFile(report, 'utf8')).toContain('# A run against a live provider');
		expect(stdout).toContain(`0 differences: ${report}`);
		expect(stdout + stderr).not.toContain(SANDBOX_KEY);
		await rm(folder, { recursive: true });
	});

	it('does not repeat a key that was pasted in the place of something else', async () => {
		const misplaced = live('--provider', 'vidu', '--max-credits', '1', '--base-url', SANDBOX_KEY);
		const { stderr, code } = (await misplaced.catch((error: unknown) => error)) as {
			stderr: string;
			code: number;
		};
		expect(stderr).toContain('"Base URL" is "•••"');
		expect(code).toBe(1);
	});

	it.each([
		[['--help'], null],
		[['--provider', 'vidu', '--max-credits', 'many'], '--max-credits wants a whole number'],
		[['--provider', 'minimax', '--max-credits', '1'], '--provider is one of vidu, octopusx'],
		[['--provider', 'vidu', '--max-credit', '1'], "Unknown option '--max-credit'"],
		[['--provider', 'vidu', '--max-credits', '1', '--base-url', 'http://api.vidu.com'], 'https://'],
		[
			['--provider', 'vtrix', '--max-credits', '1', '--callback-url', 'https://a.example'],
			'vtrix sends no callbacks',
		],
	])('understands %j', (args, problem) => {
		const read = () => readSettings(args, { VIDU_API_KEY: SANDBOX_KEY });
		if (problem === null) expect(read()).toBeNull();
		else expect(read).toThrow(problem);
	});
});
