/** What providers may say, and what is made of it: nothing is taken that was not asked for. */
import fc from 'fast-check';
import { PROVIDERS } from '../../nodes/Vidu/providers';
import { discreet, said } from '../../nodes/Vidu/providers/discreet';
import { readErrorBody } from '../../nodes/Vidu/providers/errors';
import { jiekou } from '../../nodes/Vidu/providers/jiekou';
import { kkiai as kkiaiWith } from '../../nodes/Vidu/providers/kkiai';
import { octopusx } from '../../nodes/Vidu/providers/octopusx';
import {
	NO_OUTPUT,
	unreadTask,
	type Provider,
	type Task,
	isUncharged,
} from '../../nodes/Vidu/providers/types';
import { vidu } from '../../nodes/Vidu/providers/vidu';
import { vtrix } from '../../nodes/Vidu/providers/vtrix';
import { itemOf } from '../../nodes/Vidu/tasks/deliver/output';
import { itemContext } from '../../nodes/Vidu/tasks/context/itemContext';
import { taskFailure } from '../../nodes/Vidu/transport/failure';

const LINK = 'https://cdn.example/clip.mp4?Signature=a%2Bb';
const ECHOED = 'vda_0123456789abcdef';
const kkiai = kkiaiWith({ subjectKey: 'name' });

/** A finished task in each provider's words. */
const finished = (id: string): ReadonlyArray<readonly [Provider, object]> => [
	[vidu, { id, state: 'success', credits: 45, creations: [{ id: 'c', url: LINK }] }],
	[kkiai, { id, state: 'success', creations: [{ url: LINK }] }],
	[kkiai, { tasks: [{ id, state: 'success', creations: [{ url: LINK }] }] }],
	[octopusx, { id, status: 'completed', video_url: LINK }],
	[octopusx, { code: 'success', data: { task_id: id, status: 'SUCCESS', url: LINK } }],
	[vtrix, { id, status: 'completed', output: [{ content: [{ type: 'video', url: LINK }] }] }],
	[jiekou, { task: { task_id: id, status: 'TASK_STATUS_SUCCEED' }, videos: [{ video_url: LINK }] }],
];
const named = (id: string) =>
	finished(id).map(
		([provider, body]) => [provider.name, JSON.stringify(body), provider, body] as const,
	);
const urls = ({ videos }: Task) => videos.map(({ url }) => url);

describe('the id that was bought', () => {
	it.each(named('other'))(
		'stays, and what %s says of another task is not taken for it: %s',
		(_, __, provider, body) => {
			const task = provider.readQuery(body, 'bought');
			expect(task).toMatchObject({
				taskId: 'bought',
				nativeState: '',
				videos: [],
				credits: null,
				error: { message: 'the answer is about another task, other' },
			});
			expect(['queued', 'processing']).toContain(task.state);
		},
	);

	it.each(named('bought'))('is read under its own name at %s: %s', (_, __, provider, body) => {
		expect(provider.readQuery(body, 'bought')).toMatchObject({
			taskId: 'bought',
			state: 'succeeded',
			videos: [{ url: LINK }],
		});
	});

	it('stays where a gateway passes on the id under which Vidu knows the task', () => {
		const body = { id: '911084878697623552', state: 'success', creations: [{ url: LINK }] };
		const task = kkiai.readQuery(body, 'video_01HX');
		expect(task).toMatchObject({ taskId: 'video_01HX', state: 'succeeded' });
		expect(vidu.readQuery(body, '911084878697623553').nativeState).toBe('');
	});

	it('is one of two that an answer may name', () => {
		const body = { id: 'row-5', task_id: 'bought', state: 'processing' };
		expect(kkiai.readQuery(body, 'bought')).toMatchObject({
			taskId: 'bought',
			state: 'processing',
		});
	});

	it('is kept by each row of a list', () => {
		const rows = [
			{ id: '1', state: 'success', creations: [{ url: LINK }] },
			{ id: '2', state: 'failed' },
		];
		expect(vidu.list?.read({ tasks: rows }).map(({ taskId }) => taskId)).toEqual(['1', '2']);
	});

	it.each([0, '0', '', ' ', null, 'two words', 'x'.repeat(400), {}, true])(
		'is none for a create answer that says %j',
		(id) => {
			for (const provider of PROVIDERS) {
				expect(
					provider.readCreate({ task_id: id, id, state: 'created' }, 'textToVideo').taskId,
				).toBe('');
			}
		},
	);

	it('is found where a gateway wraps the answer to a create request', () => {
		for (const provider of PROVIDERS) {
			const wrapped = { code: 'success', message: '', data: { task_id: 't-1' } };
			expect(provider.readCreate(wrapped, 'textToVideo').taskId).toBe('t-1');
		}
	});
});

describe('words that JavaScript knows as well', () => {
	it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
		'%s names no state, code or place',
		(word) => {
			for (const provider of PROVIDERS) {
				const body = { id: '1', state: word, status: word, task: { status: word }, err_code: word };
				expect(provider.readQuery(body, '1')).toMatchObject({
					state: 'processing',
					nativeState: word,
				});
				expect(provider.readError(400, { code: 400, reason: word })).toMatchObject({
					code: word,
					known: false,
					retryable: false,
					notTaken: false,
					advice: null,
				});
			}
		},
	);
});

describe('a date that no calendar holds', () => {
	it.each([1e14, 1e300, -1e14, '1e14'])('is none: a link that lives for %s s', (ttl) => {
		const task = jiekou.readQuery(
			{
				task: { task_id: '1', status: 'TASK_STATUS_SUCCEED' },
				videos: [{ video_url: LINK, video_url_ttl: ttl }],
			},
			'1',
		);
		const item = itemOf(task, 'jiekou', itemContext(0, 'get'), 0);
		expect(item).toMatchObject({ state: 'succeeded', expiresAt: null });
	});
});

describe('a task may be bought again', () => {
	const task = (rest: Partial<Task>): Task => ({ ...unreadTask('1'), state: 'failed', ...rest });
	const dollars = (amount: number) => ({ amount, currency: 'USD' });

	it('if it failed, and the provider does not charge for that', () => {
		expect(isUncharged(vidu, task({}))).toBe(true);
		expect(isUncharged(vidu, task({ state: 'cancelled', credits: 0 }))).toBe(true);
	});

	it('at no gateway, unless its answer says that nothing was charged', () => {
		for (const gateway of PROVIDERS.filter(({ id }) => id !== 'vidu')) {
			expect(isUncharged(gateway, task({}))).toBe(false);
			expect(isUncharged(gateway, task({ credits: 0 }))).toBe(true);
			expect(isUncharged(gateway, task({ cost: dollars(0) }))).toBe(true);
		}
	});

	it('never if it cost something, or succeeded without a result that is understood', () => {
		for (const provider of PROVIDERS) {
			for (const rest of [
				{ credits: 45 },
				{ cost: dollars(0.5) },
				{ credits: 0, cost: dollars(0.5) },
				{ credits: 0, error: { code: NO_OUTPUT, message: '' } },
				{ error: { code: NO_OUTPUT, message: '' } },
				{ state: 'processing' as const, credits: 0 },
				{ state: 'succeeded' as const, credits: 0 },
				{ credits: -1 },
			]) {
				expect(isUncharged(provider, task(rest))).toBe(false);
			}
		}
	});

	it('not at Vtrix although "completed" holds nothing but a cost and an error', () => {
		const body = {
			id: '1',
			status: 'completed',
			output: [],
			usage: { cost: '0.5' },
			error: { code: '008017095' },
		};
		const read = vtrix.readQuery(body, '1');
		expect(read).toMatchObject({ state: 'failed', error: { code: NO_OUTPUT } });
		expect(isUncharged(vtrix, read)).toBe(false);
	});
});

describe('the result of a task that succeeded', () => {
	const ok = {
		id: '1',
		state: 'success',
		status: 'completed',
		task: { task_id: '1', status: 'TASK_STATUS_SUCCEED' },
	};

	it.each([
		[{ result_url: LINK }],
		[{ url: LINK }],
		[{ video_url: LINK }],
		[{ data: [{ url: LINK }] }],
		[{ content: [{ video_url: LINK }] }],
		[{ content: { video_url: LINK } }],
		[{ fail_reason: LINK }],
		[{ creations: [{ video_url: LINK }] }],
		[{ deep: { er: [{ still: { clip: LINK, cover: 'https://cdn.example/c.jpg' } }] } }],
		[{ images: ['https://shop.example/in.png'], prompt: LINK, payload: LINK, made: LINK }],
	])('is found at %j', (places) => {
		for (const provider of PROVIDERS) {
			const task = provider.readQuery({ ...ok, ...places }, '1');
			expect([provider.id, task.state, urls(task)]).toEqual([provider.id, 'succeeded', [LINK]]);
		}
	});

	it.each([
		['result_url', (url: string) => ({ result_url: url })],
		['url', (url: string) => ({ url })],
		['video_url', (url: string) => ({ video_url: url })],
		['data[].url', (url: string) => ({ data: [{ url }] })],
		['data[].video_url', (url: string) => ({ data: [{ video_url: url }] })],
		['content[].video_url', (url: string) => ({ content: [{ video_url: url }] })],
		['content.url', (url: string) => ({ content: { url } })],
		['fail_reason', (url: string) => ({ fail_reason: url })],
	])('is found at %s also where its address does not end like a file', (_, place) => {
		const link = 'https://cdn.example/files/911084878697623552?Signature=a%2Bb';
		for (const provider of PROVIDERS) {
			expect(urls(provider.readQuery({ ...ok, ...place(link) }, '1'))).toEqual([link]);
		}
	});

	it.each([
		['two that are alike', { a: LINK, b: 'https://cdn.example/other.mp4' }],
		['what repeats the request', { images: [LINK], subjects: [{ images: [LINK] }], payload: LINK }],
		['a link to no file', { a: 'https://console.example/tasks/1' }],
		['a link inside a sentence', { a: `see ${LINK}`, fail_reason: `${LINK} is broken` }],
		[
			'another scheme',
			{ url: 'file:///etc/passwd', video_url: 'javascript:alert(1)', a: 'ftp://x/y.mp4' },
		],
		['an error', { error: { message: LINK, help: LINK }, err_msg: LINK }],
	])('is not guessed from %s', (_, body) => {
		for (const provider of PROVIDERS) {
			const task = provider.readQuery({ ...ok, ...body }, '1');
			expect([provider.id, task.error?.code]).toEqual([provider.id, NO_OUTPUT]);
			expect(urls(task)).toEqual([]);
		}
	});

	it('is never read out of a task that failed', () => {
		for (const provider of PROVIDERS) {
			const body = {
				id: '1',
				state: 'failed',
				status: 'failed',
				task: { task_id: '1', status: 'TASK_STATUS_FAILED', reason: LINK },
				fail_reason: LINK,
				error: { message: LINK, url: LINK },
				made: LINK,
			};
			const task = provider.readQuery(body, '1');
			expect([task.state, urls(task)]).toEqual(['failed', []]);
		}
	});
});

describe('the code of an answer', () => {
	it.each([
		['CreditInsufficient', true],
		['FieldInvalid', true],
		['Unauthorized', true],
		['invalid_request', true],
		['SERVICE_NOT_AVAILABLE', false],
		['UserCancelled', false],
		['do_request_failed', false],
		['InternalServiceFailure', false],
		['whatever', false],
	])('%s is a refusal that is known: %s', (reason, known) => {
		expect(readErrorBody(200, { code: 400, reason, message: 'm' }).known).toBe(known);
	});

	it('that is none refuses nothing', () => {
		expect(readErrorBody(200, { error: { message: 'upstream lost', code: '' } }).known).toBe(false);
	});
});

describe('what a provider says', () => {
	const base64 = 'iVBORw0KGgo'.repeat(40);

	it.each([
		['a b\n\tc\u0000\u001b[31m', 'a b c [31m'],
		[`cannot fetch ${LINK}.`, 'cannot fetch https://cdn.example/clip.mp4'],
		[`bad image data:image/png;base64,${base64} given`, 'bad image data:image/png;base64,… given'],
		[`bad image ${base64} given`, 'bad image … given'],
		[429, '429'],
		['  ', null],
		[{ a: 1 }, null],
	])('is shown without what does not belong there: %j', (given, shown) => {
		expect(said(given)).toBe(shown);
	});

	it('is never longer than 500 characters in an error, whatever it says', () => {
		const anyText = fc.string({
			unit: fc.constantFrom('a', ' ', 'http://', '?', 'data:', ';', ',', '\n'),
			maxLength: 3000,
		});
		fc.assert(
			fc.property(anyText, (text) => {
				for (const provider of PROVIDERS) {
					const { message, code, traceId } = provider.readError(400, {
						code: text,
						message: text,
						metadata: { trace_id: text },
					});
					for (const part of [message, code, traceId]) expect(part?.length ?? 0).toBeLessThan(500);
					expect(message).not.toMatch(/https?:\/\/[^\s?]+\?/);
				}
			}),
		);
		const long = 'x y'.repeat(100_000);
		const task = vidu.readQuery({ id: '1', state: 'failed', err_code: long, err_msg: long }, '1');
		const { message, description } = taskFailure(vidu, task, null);
		expect(message.length).toBeLessThan(500);
		expect(description.length).toBeLessThan(500);
	});

	it.each(PROVIDERS.map((provider) => [provider.name, provider] as const))(
		'never holds the key that %s echoes, nor the files',
		(_, provider) => {
			const echoing = {
				code: 400,
				id: '1',
				state: 'failed',
				status: 'failed',
				task: { task_id: '1', status: 'TASK_STATUS_FAILED', reason: `no ${ECHOED}` },
				message: `Token ${ECHOED} is not known (Bearer ${ECHOED})`,
				err_msg: `no ${ECHOED}`,
				error: `no ${ECHOED}`,
				[ECHOED]: { nested: [`Authorization: Token ${ECHOED}`] },
				images: [`data:image/png;base64,${base64}`],
				payload: 'data:text/plain;base64,QUJD',
			};
			const guarded = discreet(provider, ECHOED);
			const read = [
				guarded.readCreate(echoing, 'textToVideo'),
				guarded.readQuery(echoing, '1'),
				guarded.readCreate(echoing, 'lipSync'),
				guarded.readError(401, echoing),
				guarded.list?.read({ tasks: [echoing] }),
				guarded.credits?.read(echoing),
				guarded.library?.read({ subjects: [echoing] }),
			];
			const everything = JSON.stringify(read);
			expect(everything).toContain('•••');
			expect(everything).not.toContain(ECHOED);
			expect(everything).not.toContain('iVBORw0KGgo');
			expect(guarded.readQuery(echoing, '1').raw).toMatchObject({
				message: 'Token ••• is not known (Bearer •••)',
				payload: 'data:text/plain;base64,QUJD',
			});
		},
	);

	it('stays as it is otherwise', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (body) => {
				expect(discreet(vidu, ECHOED).readCreate(body, 'textToVideo').raw).toEqual(body);
			}),
		);
	});
});

describe('the error of a task that failed', () => {
	const failed = (provider: Provider, rest: object) =>
		taskFailure(provider, provider.readQuery({ id: '1', ...rest }, '1'), null);

	it('says what happened, what to do, once, and that nothing was charged', () => {
		expect(failed(vidu, { state: 'failed', err_code: 'ImageDownloadFailure' })).toMatchObject({
			message: 'Vidu could not download an image (ImageDownloadFailure)',
			description:
				'Each image URL must be public: check that it opens in a private browser window, or use a data field instead. Nothing was charged. Task ID: 1.',
			code: 'ImageDownloadFailure',
		});
	});

	it("adds the provider's own sentence where there is one", () => {
		const { message, description } = failed(kkiai, {
			state: 'failed',
			err_code: 'AuditSubmitIllegal',
			err_msg: 'bad words.',
		});
		expect(message).toBe(
			'kkiai refused the prompt or an image: the content check did not pass (AuditSubmitIllegal)',
		);
		expect(description).toBe('kkiai says: bad words. Change the prompt or the images. Task ID: 1.');
	});

	it('promises nothing about charges that it does not know', () => {
		expect(failed(octopusx, { status: 'failed' }).description).not.toContain('charged');
		expect(failed(vidu, { state: 'failed', credits: 45 }).description).not.toContain('charged');
		expect(failed(vidu, { state: 'success', creations: [] }).description).not.toContain('charged');
	});

	it('says that a task was cancelled, and that one succeeded without a result', () => {
		expect(failed(vidu, { state: 'failed', err_code: 'UserCancelled' }).message).toBe(
			'The Vidu task was cancelled (UserCancelled)',
		);
		expect(failed(vidu, { state: 'success', creations: [] }).message).toBe(
			'Vidu reports that the task succeeded, but lists no result (NO_OUTPUT)',
		);
		expect(failed(octopusx, { status: 'failed', error: { message: 'it broke' } }).message).toBe(
			'The OctopusX task did not succeed: it broke',
		);
		expect(failed(octopusx, { status: 'failed' }).message).toBe(
			'The OctopusX task did not succeed: no reason was given',
		);
	});
});
