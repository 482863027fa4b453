import fc from 'fast-check';
import { PROVIDERS, findProvider } from '../../nodes/Vidu/providers';
import { isoTime, parseBody } from '../../nodes/Vidu/providers/read';
import type { CreateRequest } from '../../nodes/Vidu/providers/types';
import vectors from './vectors/provider-responses.json';

const provider = (id: string) => {
	const found = findProvider(id);
	if (!found) throw new Error(`no provider ${id}`);
	return found;
};

describe('answers of providers', () => {
	it('are documented for every one of them', () => {
		const documented = new Set(vectors.cases.map((entry) => entry.provider));
		const named = PROVIDERS.map(({ id }): string => id).filter((id) => id !== 'custom');
		expect([...documented].sort()).toEqual(named.sort());
	});

	it.each(vectors.cases)('$name is read as documented', (entry) => {
		const contract = provider(entry.provider);
		const task =
			entry.kind === 'create'
				? contract.readCreate(entry.body, 'textToVideo')
				: contract.readQuery(entry.body, entry.requestedId ?? '');
		expect(task).toMatchObject(entry.task);
	});

	it.each(vectors.errors)('$name is told in words', (entry) => {
		const error = provider(entry.provider).readError(entry.status, entry.body);
		if (entry.code !== undefined) expect(error.code).toBe(entry.code);
		if (entry.retryable !== undefined) expect(error.retryable).toBe(entry.retryable);
		const said = `${error.message} ${error.traceId} ${error.status}`;
		for (const word of entry.mentions ?? []) expect(said).toContain(word);
	});

	it('a task id above 2^53 keeps every digit, even as a bare number', () => {
		const body = parseBody(
			'{"task_id":911084878697623553,"state":"created","note":"1234567890123456789"}',
		);
		expect(provider('vidu').readCreate(body, 'textToVideo').taskId).toBe('911084878697623553');
		expect(body).toMatchObject({ note: '1234567890123456789' });
	});

	it('never throws, whatever the body', () => {
		fc.assert(
			fc.property(fc.anything(), fc.integer({ min: 200, max: 599 }), (body, status) => {
				for (const contract of PROVIDERS) {
					expect(typeof contract.readCreate(body, 'textToVideo').taskId).toBe('string');
					expect(contract.readQuery(body, '7').taskId).toBe('7');
					expect(contract.readError(status, body).message).not.toBe('');
				}
			}),
		);
	});

	it('reads times as ISO text, Unix seconds and Unix milliseconds alike', () => {
		expect(isoTime('2026-01-20T06:37:57.371761937Z')).toBe('2026-01-20T06:37:57.371Z');
		expect(isoTime(1774494511)).toBe('2026-03-26T03:08:31.000Z');
		expect(isoTime(1774494511000)).toBe('2026-03-26T03:08:31.000Z');
		expect(isoTime('')).toBeNull();
	});

	it('reads a time that no calendar holds as none', () => {
		for (const time of [1e14 * 1000, -1e300, 8.64e15 + 1, '+999999-01-01', 'soon', NaN]) {
			expect(isoTime(time)).toBeNull();
		}
	});
});

describe('requests to Vidu', () => {
	const values = {
		prompt: '@cat runs',
		subjects: [{ name: 'cat', images: ['https://a.example/c.png'], voiceId: 'v', serverId: 's' }],
		duration: 5,
		resolution: '720p',
		aspectRatio: '16:9',
		audio: false,
		seed: 0,
		offPeak: false,
		watermark: true,
		wmPosition: 3,
	};
	const request: CreateRequest = { kind: 'referenceSubjects', model: 'viduq2', values };

	it('name every field as the API does and leave out what is not set', () => {
		expect(provider('vidu').create(request)).toEqual({
			method: 'POST',
			path: '/ent/v2/reference2video',
			body: {
				model: 'viduq2',
				subjects: [
					{ name: 'cat', images: ['https://a.example/c.png'], voice_id: 'v', server_id: 's' },
				],
				prompt: '@cat runs',
				duration: 5,
				resolution: '720p',
				aspect_ratio: '16:9',
				audio: false,
				off_peak: false,
				seed: 0,
				watermark: true,
				wm_position: 3,
			},
		});
	});

	it('escape an id that is none', () => {
		expect(provider('vidu').queries('../credits')[0].path).toBe(
			'/ent/v2/tasks/..%2Fcredits/creations',
		);
	});

	it('add up the balance under both of its documented names', () => {
		const { credits } = provider('vidu');
		expect(
			credits?.read({ remains: [{ credit_remain: 30 }, { credit_remain: '12' }] }).credits,
		).toBe(42);
		expect(credits?.read({ remaining_credits: [{ credit_remain: 5 }] }).credits).toBe(5);
	});
});

describe("Vtrix' own error codes", () => {
	it.each(['001', '002', '003', '095', '096', '097', '098', '099'])(
		'008017%s says what happened and what to do',
		(end) => {
			const error = findProvider('vtrix')?.readError(400, {
				error: { code: `008017${end}`, message: 'see the table' },
			});
			expect(error?.advice).toMatch(/\S/);
			// Only the checks of the request mean that it was certainly refused.
			expect(error?.known).toBe(end < '004');
		},
	);
});

test.each(['completed', 'Succeeded', 'DONE', 'success', 'finish'])(
	'a gateway with Vidu\'s format may say "%s" for a video that is ready',
	(state) => {
		const body = { id: '7', state, creations: [{ id: '8', url: 'https://a.example/b.mp4' }] };
		expect(findProvider('custom')?.readQuery(body, '7')).toMatchObject({
			...{ taskId: '7', state: 'succeeded', nativeState: state },
			videos: [{ url: 'https://a.example/b.mp4' }],
		});
	},
);
