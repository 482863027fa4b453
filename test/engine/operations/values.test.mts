/** What an expression can leave in a field is sent as it is meant, or refused before anything is paid. */
import type { IDataObject } from 'n8n-workflow';
import { errorText } from '../harness/clip.mts';
import { quick, useStage } from './vidu.mts';

const stage = useStage();

const PROMPT = { prompt: 'A cat runs' };
const going = { onError: 'continueRegularOutput' as const };
const NOT_CHARGED = 'Nothing was sent, and nothing was charged';
/** The items of these values, and an expression that reads them. */
const cells = (values: unknown[]) => values.map((cell) => ({ json: { cell } as IDataObject }));
const CELL = '={{ $json.cell }}';

type Case = [resource: string, operation: string, parameters: IDataObject, says: string];

const REFUSED: Case[] = [
	[
		'video',
		'imageToVideo',
		{ imageUrl: 'https://example.com/a.png', audio: '={{ "wahr" }}' },
		'"Audio" is "wahr", but must be yes or no (true, false, on, off, 1, 0)',
	],
	['video', 'textToVideo', { ...PROMPT, options: { offPeak: '=ja' } }, '"Off-Peak" is "ja", but'],
	['video', 'textToVideo', { ...PROMPT, downloadVideo: '={{ 7 }}' }, '"Download Video" is 7, but'],
	['audio', 'textToAudio', { ...PROMPT, downloadVideo: '={{ 7 }}' }, '"Download Audio" is 7, but'],
	['video', 'textToVideo', { prompt: '={{ { a: 1 } }}' }, '"Prompt" contains an object'],
	['video', 'textToVideo', { prompt: '={{ ["a"] }}' }, '"Prompt" contains a list'],
	[
		'video',
		'textToVideo',
		{ prompt: 'A {{ $json.animal }} runs' },
		'"Prompt" contains {{ $json.animal }} as plain text: switch the field to Expression',
	],
	[
		'video',
		'imageToVideo',
		{ imageUrl: 'https://example.com/{{ $json.file }}' },
		'"Image URL" contains {{ $json.file }} as plain text',
	],
	[
		'video',
		'multiFrame',
		{
			startImageUrl: 'https://example.com/a.png',
			keyFrames: { keyFrame: [{ imageUrl: '={{ [{ url: "x" }] }}' }] },
		},
		'"Image URL" of key frame 1 contains an object',
	],
	[
		'video',
		'textToVideo',
		{ ...PROMPT, options: { dedupeKey: '={{ { row: 1 } }}' } },
		'"Deduplication Key" contains an object',
	],
	['video', 'textToVideo', { ...PROMPT, options: { seed: '={{ [] }}' } }, '"Seed" is a list'],
	['video', 'textToVideo', { ...PROMPT, duration: '=5 s' }, '"Duration" is "5 s", but must be'],
	['video', 'textToVideo', { ...PROMPT, duration: '=5,5' }, '"Duration" is "5,5", but must be'],
	[
		'video',
		'textToVideo',
		{ ...PROMPT, options: { timeout: 1e13 } },
		'"Timeout (Seconds)" is 10000000000000, but must be a number of seconds above 0, at most 2592000 (30 days)',
	],
	[
		'video',
		'textToVideo',
		{ ...PROMPT, options: { maxConcurrency: '={{ 2.5 }}' } },
		'"Max Concurrency" is 2.5, but must be a whole number from 1 to 1000',
	],
	[
		'video',
		'upscale',
		{ videoCreationId: '={{ 911084878697623552 }}' },
		'"Video Creation ID" is a number above 9007199254740991, which JSON has rounded: pass it as text',
	],
];

test.each(REFUSED)('%s %s %j is refused: %s', async (resource, operation, parameters, says) => {
	const done = await stage.run(resource, operation, parameters);
	expect(errorText(done)).toContain(says);
	expect(errorText(done)).toContain(NOT_CHARGED);
	expect(stage.sandbox.requests()).toEqual([]);
});

test.each(['get', 'wait', 'cancel'])(
	'the number of a task that JSON has rounded is refused by %s, and the other items go on',
	async (operation) => {
		const parameters = { taskId: CELL, downloadVideo: false };
		const items = cells([911084878697623552, '911084878697623999']);
		const done = await stage.run('task', operation, parameters, items, going);
		const [refused, other] = stage.outputs(done);
		expect(refused?.error).toMatchObject({
			message: expect.stringContaining('"Task ID" is a number above 9007199254740991'),
			description: expect.stringContaining(NOT_CHARGED),
		});
		expect(other?.error).toBeDefined();
		const asked = JSON.stringify(stage.sandbox.requests());
		expect(asked).toContain('911084878697623999');
		expect(asked).not.toContain('9110848786976235');
	},
);

test('a switch of a task is read before the task is asked for', async () => {
	const parameters = { taskId: '1', options: { downloadCover: '=wahr' } };
	const done = await stage.run('task', 'get', parameters);
	expect(errorText(done)).toContain('"Download Cover" is "wahr", but');
	expect(stage.sandbox.requests()).toEqual([]);
});

test('yes, on and 1 are what they say, in any case', async () => {
	const options = { ...quick, bgm: CELL, watermark: CELL };
	const items = cells(['Yes', 'ON', 1, '0', 'no', false]);
	await stage.run('video', 'textToVideo', { ...PROMPT, waitMode: 'none', options }, items);
	const sent = stage.bodies('/text2video') as IDataObject[];
	const marks = sent.map(({ watermark }) => watermark).sort();
	expect(marks).toEqual([false, false, false, true, true, true]);
});

test('a payload travels to the last space and comes back, objects as JSON', async () => {
	const options = { ...quick, payload: CELL };
	const parameters = { ...PROMPT, waitMode: 'none', options };
	const payloads = ['  order 17 \n', ' ', { row: 17 }, [1, 'a'], 'for {{ name }}'];
	const done = await stage.run('video', 'textToVideo', parameters, cells(payloads));
	const texts = ['  order 17 \n', ' ', '{"row":17}', '[1,"a"]', 'for {{ name }}'];
	const sent = stage.bodies('/text2video') as IDataObject[];
	expect(sent.map(({ payload }) => payload).sort()).toEqual([...texts].sort());
	expect(stage.outputs(done).map(({ payload }) => payload)).toEqual(texts);
});

test('metadata may be an object', async () => {
	const options = { ...quick, metaData: CELL };
	const parameters = { ...PROMPT, waitMode: 'none', options };
	await stage.run('video', 'textToVideo', parameters, cells([{ Label: 'AI' }]));
	expect(stage.bodies('/text2video')).toMatchObject([{ meta_data: '{"Label":"AI"}' }]);
});

test('one bad cell fails its item alone, by name, and nothing of it is sent', async () => {
	const parameters = { prompt: CELL, waitMode: 'none' };
	const items = cells(['A cat runs', { text: 'A dog runs' }, 'A bird flies']);
	const done = await stage.run('video', 'textToVideo', parameters, items, going);
	expect(stage.outputs(done)).toMatchObject([
		{ taskId: expect.any(String) },
		{ error: { message: expect.stringContaining('"Prompt" contains an object') } },
		{ taskId: expect.any(String) },
	]);
	expect(JSON.stringify(stage.sandbox.requests())).not.toContain('[object');
	expect(stage.bodies('/text2video')).toHaveLength(2);
});
