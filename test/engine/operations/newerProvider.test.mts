/** What goes past the catalogue, at a provider that holds to its documents and at one that is newer than them. */
import type { IDataObject } from 'n8n-workflow';
import { GATEWAY_KEYS, SANDBOX_KEY } from '../../../sandbox/server.mts';
import { PROVIDERS } from '../../../nodes/Vidu/providers/index.ts';
import { errorText } from '../harness/clip.mts';
import { quick, useStage } from './vidu.mts';

const stage = useStage();
afterEach(() => stage.sandbox.set({ newer: false }));

const ACCOUNTS: ReadonlyArray<readonly [provider: string, credential: IDataObject]> = [
	['vidu', { provider: 'vidu', apiKey: SANDBOX_KEY }],
	...PROVIDERS.flatMap(({ id }) =>
		id in GATEWAY_KEYS
			? [[id, { provider: id, apiKey: GATEWAY_KEYS[id as keyof typeof GATEWAY_KEYS] }] as const]
			: [],
	),
];

const text = { prompt: 'a cat runs', options: quick };

async function textToVideo(parameters: IDataObject, credential: IDataObject) {
	return await stage.run(
		...(['video', 'textToVideo', { ...text, ...parameters }, undefined, {}, credential] as const),
	);
}

/** What no document knows: by the node's own ways past the catalogue. */
const BEYOND: ReadonlyArray<readonly [what: string, parameters: IDataObject]> = [
	['a model', { model: '=viduq9-pro' }],
	[
		'a value',
		{ model: '=viduq1', resolution: '=16K', options: { ...quick, unknownValues: 'send' } },
	],
	[
		'a field',
		{ model: '=viduq1', options: { ...quick, additionalBodyFields: '{"camera": {"zoom": 2}}' } },
	],
];

describe.each(ACCOUNTS)('%s', (provider, credential) => {
	it.each(BEYOND)('makes a clip of %s that only it knows, paid for once', async (_, parameters) => {
		stage.sandbox.set({ newer: true });
		const done = await textToVideo(parameters, credential);
		expect(errorText(done)).toBe('undefined\nundefined');
		expect(stage.outputs(done)).toMatchObject([{ provider, state: 'succeeded' }]);
		expect(stage.sandbox.ledger()).toHaveLength(1);
	});

	it.each(BEYOND)(
		'refuses %s that it does not know, and charges nothing',
		async (_, parameters) => {
			const done = await textToVideo(parameters, credential);
			expect(errorText(done)).toMatch(/ refused the request|does not (know|have|offer)/);
			expect(stage.sandbox.ledger()).toEqual([]);
		},
	);
});

describe('API → Request', () => {
	const body = { model: 'viduq9', prompt: 'a cat runs', resolution: '16K', camera: { zoom: 2 } };
	const post = { method: 'POST', path: '/ent/v2/text2video', body, options: quick };

	it('makes a clip of whatever the provider takes', async () => {
		stage.sandbox.set({ newer: true });
		const done = await stage.run('api', 'request', post);
		expect(stage.outputs(done)).toMatchObject([{ model: 'viduq9', state: 'succeeded' }]);
		expect(stage.bodies('/text2video')).toEqual([body]);
	});

	it('is refused by one that does not know it, and nothing is charged', async () => {
		expect(errorText(await stage.run('api', 'request', post))).toContain('refused the request');
		expect(stage.sandbox.ledger()).toEqual([]);
	});
});
