/** The nodes as tools of n8n's AI agent, whose chat model is scripted. */
import type { IConnections, IDataObject, INode } from 'n8n-workflow';
import type { LedgerEntry } from '../../sandbox/tasks.mts';
import { output, type Execution, type StoredCredential } from '../../scripts/n8nClient.mts';
import { node, start } from '../engine/harness/workflow.mts';
import { openChatModel, type ChatModel, type Turn } from './chatModel.mts';
import { openSession, type Session } from './session.mts';

const AGENT = 'AI Agent';
const MODEL = 'Chat Model';
const CLIP = 'Make a clip';
const SUBJECTS = 'Make a clip of a product';
/** Made by the sandbox before the node looks. */
const QUICK = '[render=9]';

let session: Session;
let model: ChatModel;
let openAi: StoredCredential;

beforeAll(async () => {
	session = await openSession();
	({ model, credential: openAi } = await openChatModel(session));
});

afterAll(async () => {
	await model?.close();
});

const fromAi = (name: string, description: string, type = 'string') =>
	`={{ $fromAI('${name}', '${description}', '${type}') }}`;

const tool = (name: string, type: string, parameters: IDataObject) =>
	node({
		name,
		type: `n8n-nodes-vidu.${type}Tool`,
		parameters: { options: { pollInterval: 1 }, ...parameters } as INode['parameters'],
		credentials: { viduApi: { id: session.credential.id, name: session.credential.name } },
	});

const clip = (parameters: IDataObject = {}) =>
	tool(CLIP, 'vidu', {
		resource: 'video',
		operation: 'textToVideo',
		model: 'viduq2',
		prompt: fromAi('prompt', 'What happens in the clip'),
		duration: fromAi('duration', 'Seconds', 'number'),
		...parameters,
	});

const clipOfProduct = () =>
	tool(SUBJECTS, 'viduReferenceToVideo', {
		model: 'viduq2',
		subjects: {
			subject: [{ name: 'product', imageUrls: [fromAi('imageUrl', 'Address of its picture')] }],
		},
		prompt: fromAi('prompt', 'What happens; @product stands for the product'),
	});

/** Lets the agent work with these tools while the model takes these turns. */
async function talk(tools: INode[], turns: Turn[], agentVersion = 3.1): Promise<Execution> {
	model.plan(turns);
	const nodes = [
		start,
		node({
			name: AGENT,
			type: '@n8n/n8n-nodes-langchain.agent',
			typeVersion: agentVersion,
			parameters: { promptType: 'define', text: 'A clip, please.', options: {} },
		}),
		node({
			name: MODEL,
			type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
			typeVersion: 1.2,
			parameters: { model: { __rl: true, mode: 'id', value: 'scripted' }, options: {} },
			credentials: { openAiApi: { id: openAi.id, name: openAi.name } },
		}),
		...tools,
	];
	const connections: IConnections = {
		[start.name]: { main: [[{ node: AGENT, type: 'main', index: 0 }]] },
		[MODEL]: { ai_languageModel: [[{ node: AGENT, type: 'ai_languageModel', index: 0 }]] },
		...Object.fromEntries(
			tools.map(({ name }) => [
				name,
				{ ai_tool: [[{ node: AGENT, type: 'ai_tool' as const, index: 0 }]] },
			]),
		),
	};
	const settings = { executionOrder: 'v1' as const };
	const id = await session.client.createWorkflow({ name: 'Agent', nodes, connections, settings });
	return await session.client.ended(await session.client.run(id, start));
}

/** The bodies of the create requests that the sandbox got with this prompt. */
async function ordered(prompt: string): Promise<IDataObject[]> {
	const answer = await fetch(`${session.sandboxUrl}/_sandbox/requests`);
	const requests = (await answer.json()) as Array<{ method: string; body: IDataObject | null }>;
	return requests
		.filter(({ method, body }) => method === 'POST' && body?.prompt === prompt)
		.map(({ body }) => body as IDataObject);
}

/** Credits of all tasks that were charged for good. */
async function spent(): Promise<number> {
	const answer = await fetch(`${session.sandboxUrl}/_sandbox/ledger`);
	const entries = (await answer.json()) as LedgerEntry[];
	return entries.reduce((sum, { credits, refunded }) => sum + (refunded ? 0 : credits), 0);
}

/** The one item that the model read as the tool's answer. */
function read(answer = model.answers().at(-1)): IDataObject {
	const items = JSON.parse(answer ?? '') as IDataObject[];
	expect(items).toHaveLength(1);
	return items[0] as IDataObject;
}

const said = (execution: Execution) => output(execution, AGENT)[0]?.json.output;

test('the model is told what each tool does and what it wants', async () => {
	await talk([clip(), clipOfProduct()], ['Not now.']);
	const tools = Object.fromEntries(
		model.tools().map(({ name, description, parameters }) => {
			const { properties, required } = parameters;
			return [name, { description, properties, required }];
		}),
	);
	expect(tools).toEqual({
		Make_a_clip: {
			description: 'Make video from text in Vidu',
			properties: {
				prompt: { type: 'string', description: 'What happens in the clip' },
				duration: { type: 'number', description: 'Seconds' },
			},
			required: ['prompt', 'duration'],
		},
		Make_a_clip_of_a_product: {
			description: expect.stringMatching(/^Make a video .* reference images, .* @name/),
			properties: {
				imageUrl: { type: 'string', description: 'Address of its picture' },
				prompt: { type: 'string', description: 'What happens; @product stands for the product' },
			},
			required: ['imageUrl', 'prompt'],
		},
	});
});

describe.each([3.1, 2.2])('to an agent of version %d', (version) => {
	const call = async (prompt: string, duration: number, parameters: IDataObject = {}) =>
		await talk(
			[clip(parameters)],
			[{ call: 'Make_a_clip', with: { prompt, duration } }, 'That is it.'],
			version,
		);

	test('a clip is bought as the model asked for it, and its address told', async () => {
		const prompt = `A paper boat in the rain, ${version} ${QUICK}`;
		const done = await call(prompt, 3);
		expect(done.error).toBeUndefined();
		expect(said(done)).toBe('That is it.');
		expect(await ordered(prompt)).toMatchObject([{ model: 'viduq2', duration: 3 }]);
		const item = read();
		expect(item).toMatchObject({ state: 'succeeded', operation: 'textToVideo', error: null });
		expect((item.videos as IDataObject[])[0]?.url).toMatch(/^http.*\.mp4/);
		expect((await session.billed()).get(String(item.taskId))).toBe(item.credits);
	});

	test('no file is made of it, which agents cannot take', async () => {
		const done = await call(`A boat without a file ${QUICK}`, 1, { downloadVideo: true });
		expect(read().state).toBe('succeeded');
		expect(JSON.stringify(done.runData[CLIP])).not.toContain('"binary"');
		expect(model.answers().join()).not.toMatch(/base64|binary/);
	});

	test('"Without a Worker" waits by polling', async () => {
		const prompt = `A boat that nobody calls back for [callback=none], ${version} ${QUICK}`;
		await call(prompt, 1, { waitMode: 'suspend' });
		expect(read()).toMatchObject({ state: 'succeeded' });
		expect((await ordered(prompt))[0]).not.toHaveProperty('callback_url');
	});

	test('Retry On Fail goes on with the clip of the first try; a second call buys another', async () => {
		const prompt = `A boat that takes its time, ${version} [render=150]`;
		const tries = { retryOnFail: true, maxTries: 5, waitBetweenTries: 500 };
		const patient = { ...clip({ options: { pollInterval: 1, timeout: 3 } }), ...tries };
		const turn = { call: 'Make_a_clip', with: { prompt, duration: 1 } };
		const turns = [turn, turn, 'That is it.'];
		const done = await talk([{ ...patient, onError: 'stopWorkflow' }], turns, version);
		expect(done.error).toBeUndefined();
		expect(said(done)).toBe('That is it.');
		const clips = model.answers().map((answer) => read(answer));
		expect(clips.map(({ state }) => state)).toEqual(['succeeded', 'succeeded']);
		expect(new Set(clips.map(({ taskId }) => taskId)).size).toBe(2);
		expect(await ordered(prompt)).toHaveLength(2);
	});

	test('a clip that no try has waited for long enough is bought once, and named', async () => {
		const prompt = `A boat that never comes, ${version} [never]`;
		const tries = { retryOnFail: true, maxTries: 3, waitBetweenTries: 500 };
		const hasty = { ...clip({ options: { pollInterval: 1, timeout: 1 } }), ...tries };
		const turns = [{ call: 'Make_a_clip', with: { prompt, duration: 1 } }, 'Never said.'];
		const done = await talk([{ ...hasty, onError: 'stopWorkflow' }], turns, version);
		expect(await ordered(prompt)).toHaveLength(1);
		// Agents before version 3 tell the model instead of ending the run.
		const shown = JSON.stringify([done.error, done.runData[CLIP]]);
		expect(shown).toMatch(/still \w+ after 1 s.*\d{15,}/);
	});

	test.each([
		[
			'a value that the clip cannot have',
			99,
			null,
			/"Duration" is 99.* accepts 1–10 s.*Nothing was sent, and nothing was charged/,
		],
		['a refusal by moderation', 1, 'AuditSubmitIllegal', /Change the prompt.*Nothing was charged/],
		[
			'a clip that moderation stopped',
			1,
			'CreationPolicyViolation',
			/Change the prompt.*Nothing was charged.*Task ID: \d{15,}/,
		],
	])('%s comes back as text, for nothing', async (what, duration, code, text) => {
		const before = await spent();
		const fault = code?.startsWith('Audit') ? `[reject=${code}]` : `[fail=${code}]`;
		const done = await call(`${what} ${fault}`, duration);
		expect(done.status).toBe('success');
		expect(said(done)).toBe('That is it.');
		const { error } = read() as { error: IDataObject };
		expect(error.code).toBe(code);
		expect(`${error.message} ${error.description}`).toMatch(text);
		expect(await spent()).toBe(before);
	});
});

test('pictures and prompt of a Reference to Video come from the model', async () => {
	const imageUrl = `${session.sandboxUrl}/samples/bottle.png`;
	const prompt = `@product stands in the rain ${QUICK}`;
	await talk([clipOfProduct()], [{ call: 'Make_a_clip_of_a_product', with: { imageUrl, prompt } }]);
	expect(read()).toMatchObject({ operation: 'referenceToVideo', state: 'succeeded' });
	expect(await ordered(prompt)).toMatchObject([
		{ subjects: [{ name: 'product', images: [imageUrl] }] },
	]);
});

test('every call is a clip of its own, but the same one for the same Deduplication Key', async () => {
	const options = { pollInterval: 1, dedupeKey: fromAi('prompt', 'What happens in the clip') };
	const turn = (prompt: string) => ({ call: 'Make_a_clip', with: { prompt, duration: 1 } });
	const same = turn(`The same boat ${QUICK}`);
	const clips = async (tool: INode, turns: Turn[]) => {
		await talk([tool], turns);
		return new Set(model.answers().map((answer) => read(answer).taskId)).size;
	};
	expect(await clips(clip(), [same, same])).toBe(2);
	expect(await clips(clip({ options }), [same, turn(`Another boat ${QUICK}`), same])).toBe(2);
});

test('a tool whose On Error is "Stop Workflow" stops the run, saying what to do', async () => {
	const tools = [{ ...clip(), onError: 'stopWorkflow' as const }];
	const turn = { call: 'Make_a_clip', with: { prompt: 'A boat that is too long', duration: 99 } };
	const done = await talk(tools, [turn, 'Never said.']);
	expect(done.status).toBe('error');
	expect(done.error?.message).toContain('"Duration" is 99');
	expect(said(done)).toBeUndefined();
});
