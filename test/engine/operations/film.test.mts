/** A film from a shot list: checked and priced as a whole, made side by side, joined. */
import type { IDataObject } from 'n8n-workflow';
import { ALL_FORMATS, BufferSource, Input } from 'mediabunny';
import { account, errorText } from '../harness/clip.mts';
import { runWorkflow, type Run } from '../harness/run.mts';
import { chain, node } from '../harness/workflow.mts';
import { picture, quick, useStage } from './vidu.mts';

const stage = useStage();

const subjects = () => [
	{ name: 'cat', images: [stage.sample('cat.png')] },
	{ name: 'robot', images: [stage.sample('robot.png')] },
];
const defaults = { model: 'viduq2', duration: 2, resolution: '540p', aspectRatio: '16:9' };
const PROMPTS = ['@cat looks out', '@cat meets @robot', 'rain on a street'];

const filmOf = (prompts: readonly string[] = PROMPTS, more: IDataObject = {}) => ({
	title: 'Rainy: day?',
	defaults,
	subjects: subjects(),
	shots: prompts.map((prompt) => ({ prompt })),
	...more,
});

const json = (list: unknown) => ({ specifyShots: 'json', shotList: JSON.stringify(list) });

const billed = () => stage.sandbox.ledger().reduce((sum, { credits }) => sum + credits, 0);

const make = async (list: unknown, options: IDataObject = {}) =>
	await stage.run('film', 'make', {
		...json(list),
		options: { ...quick, ...options },
	});

async function lookAt(done: Run, field = 'data') {
	const [item] = done.items('Vidu');
	const source = new BufferSource(new Uint8Array(await done.binary(item, field)));
	const input = new Input({ formats: ALL_FORMATS, source });
	const track = await input.getPrimaryVideoTrack();
	return {
		binary: item?.binary?.[field],
		seconds: await input.computeDuration(),
		width: track?.displayWidth,
	};
}

it('makes each shot once, with its subjects, and joins them in their order', async () => {
	const done = await make(filmOf(), { outputShots: true });
	expect(errorText(done)).toBe('undefined\nundefined');
	expect(stage.sandbox.ledger()).toHaveLength(3);
	const [item] = stage.outputs(done);
	expect(item).toMatchObject({
		title: 'Rainy: day?',
		operation: 'make',
		state: 'succeeded',
		shots: PROMPTS.map((prompt) => ({
			prompt,
			state: 'succeeded',
			taskId: expect.stringMatching(/^\d+$/),
			url: expect.stringMatching(/^http/),
			error: null,
		})),
		credits: billed(),
		cost: { amount: billed() * 0.005, currency: 'USD' },
	});
	const bodies = stage.bodies('/reference2video') as Array<{ subjects: IDataObject[] }>;
	expect(bodies.map((body) => body.subjects.map(({ name }) => name))).toEqual([
		['cat'],
		['cat', 'robot'],
	]);
	expect(stage.bodies('/text2video')).toMatchObject([{ prompt: 'rain on a street' }]);
	const shots = await Promise.all(['shot1', 'shot2', 'shot3'].map((at) => lookAt(done, at)));
	const film = await lookAt(done);
	expect(film.binary).toMatchObject({ fileName: 'Rainy day.mp4', mimeType: 'video/mp4' });
	expect(film.width).toBe(shots[0]?.width);
	const sum = shots.reduce((all, { seconds }) => all + seconds, 0);
	expect(Math.abs(film.seconds - sum)).toBeLessThan(0.1);
	expect(item?.duration).toBeCloseTo(sum, 1);
});

it.each([
	['@cat leaves', '@dog barks'],
	['a street', ' '],
])('buys nothing when a shot is wrong, and names it (%s, %s)', async (...prompts) => {
	const done = await make(filmOf(prompts));
	expect(errorText(done)).toMatch(/shot 2/i);
	expect(errorText(done)).toContain('Nothing was sent, and nothing was charged.');
	expect(stage.sandbox.ledger()).toEqual([]);
});

it('says what is no shot list', async () => {
	const done = await stage.run('film', 'make', { specifyShots: 'json', shotList: '{"shots": [' });
	expect(errorText(done)).toContain('"Shot List" is not valid JSON');
});

it('buys equal shots each for itself', async () => {
	const done = await make(filmOf(['a street', 'a street']));
	expect(errorText(done)).toBe('undefined\nundefined');
	expect(stage.sandbox.ledger()).toHaveLength(2);
});

it('counts all shots against Max Credits', async () => {
	const done = await make(filmOf(), { maxCredits: 30 });
	expect(errorText(done)).toContain('"Max Credits" is 30, but this item costs up to');
	expect(stage.sandbox.ledger()).toEqual([]);
});

describe('when a shot fails', () => {
	const broken = () => filmOf(['@cat looks out', '@cat falls [fail=AuditSubmitIllegal]', 'rain']);
	const workflow = (list: unknown, onError?: 'continueRegularOutput') =>
		chain([
			node({
				name: 'Vidu',
				type: 'n8n-nodes-vidu.vidu',
				credentials: { viduApi: { id: '1', name: 'Vidu' } },
				parameters: {
					resource: 'film',
					operation: 'make',
					...json(list),
					options: quick,
				},
				...(onError && { onError }),
			}),
		]);

	it('a retry makes that one only', async () => {
		const failed = await runWorkflow(workflow(broken()), account(stage.sandbox.url));
		expect(failed.status).toBe('error');
		const before = stage.sandbox.ledger().length;
		expect(before).toBe(3);
		const mended = filmOf(['@cat looks out', '@cat lands', 'rain']);
		const done = await runWorkflow(workflow(mended), {
			...account(stage.sandbox.url),
			retryOf: failed,
		});
		expect(errorText(done)).toBe('undefined\nundefined');
		expect(stage.sandbox.ledger()).toHaveLength(before + 1);
		expect(stage.outputs(done)).toMatchObject([{ state: 'succeeded' }]);
	});

	it('and the node continues, the item has the others', async () => {
		const done = await runWorkflow(
			workflow(broken(), 'continueRegularOutput'),
			account(stage.sandbox.url),
		);
		const [item] = done.items('Vidu');
		expect(item?.json).toMatchObject({
			state: 'failed',
			error: { message: expect.stringMatching(/^Shot 2: /) },
			shots: [{ state: 'succeeded' }, { state: 'failed' }, { state: 'succeeded' }],
		});
		expect(Object.keys(item?.binary ?? {})).toEqual(['shot1', 'shot3']);
	});
});

it('is estimated as a whole without a request', async () => {
	const done = await stage.run('film', 'estimate', json(filmOf()));
	const [item] = stage.outputs(done);
	expect(stage.sandbox.requests()).toEqual([]);
	await make(filmOf());
	expect(item).toMatchObject({
		operation: 'estimate',
		duration: 6,
		credits: billed(),
		atMost: billed(),
		cost: { amount: billed() * 0.005, currency: 'USD' },
		shots: { length: 3 },
	});
});

describe('written in the fields of the panel', () => {
	const fields = (prompts: readonly string[]) => ({
		title: 'By hand',
		subjects: {
			subject: subjects().map(({ name, images }) => ({ name, imageUrls: images })),
		},
		shots: { shot: prompts.map((prompt) => ({ prompt, duration: 2 })) },
		look: { resolution: '540p', model: 'viduq2' },
		options: quick,
	});

	it('a film is made as one in JSON is', async () => {
		const done = await stage.run('film', 'make', fields(PROMPTS));
		expect(errorText(done)).toBe('undefined\nundefined');
		const byHand = stage.bodies('/reference2video');
		expect(stage.outputs(done)).toMatchObject([{ title: 'By hand', shots: { length: 3 } }]);
		stage.sandbox.reset();
		const { aspectRatio: _, ...look } = defaults;
		await make(filmOf(PROMPTS, { defaults: look }));
		expect(byHand).toEqual(stage.bodies('/reference2video'));
	});

	it('subjects may be files of the incoming item', async () => {
		const rows = { subject: [{ name: 'cat', binaryPropertyNames: 'data' }] };
		const given = { ...fields(['@cat looks out']), subjects: rows };
		const done = await stage.run('film', 'make', given, [await picture('cat.png')]);
		expect(errorText(done)).toBe('undefined\nundefined');
		expect(stage.bodies('/reference2video')).toMatchObject([
			{ subjects: [{ name: 'cat', images: [expect.stringMatching(/^data:image\/png/)] }] },
		]);
	});

	it('no subject is needed', async () => {
		const { subjects: _, ...given } = fields(['rain on a street']);
		const done = await stage.run('film', 'make', given);
		expect(errorText(done)).toBe('undefined\nundefined');
		expect(stage.bodies('/text2video')).toMatchObject([{ prompt: 'rain on a street' }]);
	});

	it.each([
		[{ shots: { shot: [] } }, '"shots" is empty: add at least one shot'],
		[{ shots: { shot: [{ prompt: 'rain' }, { prompt: ' ' }] } }, 'Shot 2 has no prompt'],
		[{ shots: { shot: [{ prompt: 'rain', duration: 'long' }] } }, '"Duration (Seconds)" of shot 1'],
		[{ shots: { shot: [{ prompt: 'rain', duration: 17 }] } }, 'Shot 1: '],
	])('nothing is bought when one is wrong: %j', async (wrong, text) => {
		const done = await stage.run('film', 'make', { ...fields(PROMPTS), ...wrong });
		expect(errorText(done)).toContain(text);
		expect(stage.sandbox.ledger()).toEqual([]);
	});
});
