/** Every operation of the Vidu node, run in the real n8n: each takes what the one before it left. */
import type { IDataObject, INode } from 'n8n-workflow';
import { resources } from '../../nodes/Vidu/operations/registry.ts';
import { output, type Execution } from '../../scripts/n8nClient.mts';
import { chain, node, start } from '../engine/harness/workflow.mts';
import { openSession, type Session } from './session.mts';

interface Step {
	/** `resource operation` */
	readonly does: string;
	/** `{cat.png}` stands for the address of that picture. */
	readonly with?: IDataObject;
	/** What comes out, where it is no file. */
	readonly gives?: object;
}

/** Made by the sandbox before the node looks. */
const QUICK = '[render=9]';
/** Waits in the queue for longer than any test. */
const QUEUED = '[queue=100000]';
const FILM = JSON.stringify({
	defaults: { duration: 1, resolution: '540p' },
	subjects: [{ name: 'cat', images: ['{cat.png}'] }],
	shots: [{ prompt: `@cat wakes ${QUICK}` }, { prompt: `rain ${QUICK}` }],
});
const ID = expect.stringMatching(/^\d+$/);

const LINES: Record<string, Step[]> = {
	'a clip, made longer and sharper': [
		{ does: 'video textToVideo', with: { prompt: `A boat ${QUICK}` } },
		{ does: 'video extend', with: { prompt: `It sails on ${QUICK}` } },
		{ does: 'video upscale', with: { upscaleResolution: '2K' } },
		{ does: 'video join', gives: { clips: 1, width: 2560, height: 1440 } },
	],
	'a voice, and people who speak and move': [
		{
			does: 'audio cloneVoice',
			with: {
				audioUrl: 'https://example.com/voice.mp3',
				voiceId: 'narrator-e2e',
				text: 'This is how I sound.',
			},
		},
		{ does: 'audio textToSpeech', with: { text: 'Welcome!' } },
		{ does: 'video digitalHuman', with: { imageUrl: '{robot.png}', prompt: QUICK } },
		{
			does: 'video lipSync',
			with: { text: `Good morning to everybody out there, and welcome to our shop ${QUICK}` },
		},
		{ does: 'video motionSync', with: { imageUrl: '{cat.png}' } },
	],
	'a picture, stored and moved': [
		{ does: 'image referenceToImage', with: { prompt: `A bottle ${QUICK}` } },
		{ does: 'file upload', gives: { uri: expect.stringMatching(/^ssupload:/) } },
		{
			does: 'video imageToVideo',
			with: { imageUrl: '={{ $json.uri }}', prompt: `It turns ${QUICK}` },
		},
	],
	'clips from several pictures': [
		{
			does: 'video startEndToVideo',
			with: { startImageUrl: '{cat.png}', endImageUrl: '{cat.png}', prompt: QUICK },
		},
		{
			does: 'video multiFrame',
			with: {
				startImageUrl: '{cat.png}',
				keyFrames: { keyFrame: [{ imageUrl: '{robot.png}' }, { imageUrl: '{bottle.png}' }] },
			},
		},
		{
			does: 'video template',
			with: { template: 'hugging', imageUrls: ['{cat.png}', '{robot.png}'], prompt: QUICK },
		},
		{ does: 'video templateStory', with: { story: 'love_story', imageUrls: ['{cat.png}'] } },
	],
	sounds: [
		{ does: 'audio textToAudio', with: { prompt: `Rain ${QUICK}` } },
		{
			does: 'audio timingToAudio',
			with: { timingPrompts: { timingPrompt: [{ from: 0, to: 3, prompt: `Steps ${QUICK}` }] } },
		},
	],
	'a subject of the library': [
		{
			does: 'subject create',
			with: { name: 'e2e', imageUrls: ['{cat.png}'] },
			gives: { subject: { id: ID, name: 'e2e' } },
		},
		{ does: 'subject get', gives: { subject: { id: ID, name: 'e2e' } } },
		{
			does: 'subject update',
			with: { style: 'ink' },
			gives: { subject: { id: ID, style: 'ink' } },
		},
		{ does: 'subject getMany', gives: { subject: { id: ID, name: 'e2e', style: 'ink' } } },
	],
	'tasks ordered before': [
		{
			does: 'video textToVideo',
			with: { prompt: `A lake ${QUICK}`, waitMode: 'none' },
			gives: { taskId: ID, state: 'queued' },
		},
		{ does: 'task wait' },
		{ does: 'task get' },
		{ does: 'task getMany', with: { limit: 1 }, gives: { taskId: ID } },
	],
	'a task that is not wanted any more': [
		{
			does: 'video textToVideo',
			with: { prompt: `A desert ${QUEUED}`, waitMode: 'none' },
			gives: { taskId: ID, state: 'queued' },
		},
		{ does: 'task cancel', gives: { taskId: ID, state: 'cancelled' } },
	],
	"a request of one's own": [
		{
			does: 'api request',
			with: {
				method: 'POST',
				path: '/ent/v2/text2video',
				body: JSON.stringify({ model: 'viduq2', prompt: `A hill ${QUICK}` }),
			},
		},
	],
	'a film': [
		{
			does: 'film estimate',
			with: { specifyShots: 'json', shotList: FILM },
			gives: { duration: 2, credits: expect.any(Number) },
		},
		{
			does: 'film make',
			with: { specifyShots: 'json', shotList: FILM },
			gives: { state: 'succeeded', shots: { length: 2 }, duration: expect.any(Number) },
		},
	],
	'what costs nothing, and ideas': [
		{ does: 'account getCredits', gives: { credits: expect.any(Number) } },
		{ does: 'account estimate', gives: { credits: 45 } },
		{
			does: 'prompt recommend',
			with: { imageUrl: '{cat.png}' },
			gives: { prompts: expect.any(Array) },
		},
		{
			does: 'model get',
			with: { kind: 'textToVideo', model: 'viduq2' },
			gives: { model: 'viduq2', kind: 'textToVideo', defaultCredits: 35 },
		},
		{
			does: 'model getMany',
			with: { kinds: ['extend'] },
			gives: { kind: 'extend', recommended: true },
		},
	],
};

let session: Session;
let executions: Map<string, string>;

beforeAll(async () => {
	session = await openSession();
	const started = Object.entries(LINES).map(async ([line, steps]) => {
		const workflow = { name: line, settings: {}, ...chain(steps.map(nodeOf)) };
		const id = await session.client.createWorkflow(workflow);
		return [line, await session.client.run(id, start)] as const;
	});
	executions = new Map(await Promise.all(started));
});

function nodeOf({ does, with: given = {} }: Step): INode {
	const [resource, operation] = does.split(' ');
	const parameters = { resource, operation, ...placed(given) } as INode['parameters'];
	const asks = does.startsWith('task') && !does.endsWith('wait');
	if (!asks && !/^(account|file|model|subject get|video join)/.test(does))
		parameters.options = { pollInterval: 1 };
	const { id, name } = session.credential;
	const credentials = { viduApi: { id, name } };
	return node({ name: does, type: 'n8n-nodes-vidu.vidu', parameters, credentials });
}

/** With the addresses of the sandbox's pictures. */
function placed(parameters: IDataObject): IDataObject {
	const samples = `${session.sandboxUrl}/samples/`;
	const text = JSON.stringify(parameters).replace(/\{(\w+\.png)\}/g, `${samples}$1`);
	return JSON.parse(text) as IDataObject;
}

test.each(Object.entries(LINES))('%s', async (line, steps) => {
	const done = await session.client.ended(executions.get(line) ?? '');
	expect(done.error).toBeUndefined();
	for (const step of steps) await expectItem(done, step);
});

async function expectItem(done: Execution, { does, gives }: Step): Promise<void> {
	const [item] = output(done, does);
	const operation = does.split(' ')[1];
	if (gives !== undefined) {
		expect(item?.json).toMatchObject({ operation, provider: 'vidu', ...gives });
		return;
	}
	const kind = /^(audio|image)/.exec(does)?.[0] ?? 'video';
	expect(item?.json).toMatchObject({
		operation,
		provider: 'vidu',
		taskId: ID,
		state: 'succeeded',
		error: null,
		[`${kind}s`]: [{ url: expect.stringMatching(/^http/) }],
	});
	expect(item?.binary?.data?.mimeType).toMatch(kind);
	expect((await session.client.binary(item!)).length).toBeGreaterThan(500);
}

test('that is every operation', () => {
	const all = resources().flatMap(({ value, operations }) =>
		operations.map(({ name }) => `${value} ${name}`),
	);
	const run = Object.values(LINES).flatMap((steps) => steps.map(({ does }) => does));
	expect([...new Set(run)].sort()).toEqual(all.sort());
});
