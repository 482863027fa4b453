/** The examples with a language model, as they are shipped; the model is scripted. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { INodeExecutionData, INodeParameterResourceLocator } from 'n8n-workflow';
import { nodeOf, readExample } from '../../scripts/examples.mts';
import { readMp4 } from '../../scripts/mp4.mts';
import { output, type StoredCredential, type WorkflowJson } from '../../scripts/n8nClient.mts';
import { openChatModel, type ChatModel } from './chatModel.mts';
import { BROWSER, openSession, type Session } from './session.mts';
import { publish, until } from './waiting.mts';

const START = { name: 'When clicking ‘Execute workflow’' };

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

/** An example that talks to the scripted model. */
async function example(name: string): Promise<WorkflowJson> {
	const workflow = await readExample(name, session);
	for (const node of workflow.nodes) {
		if (node.type.endsWith('.lmChatOpenAi')) node.credentials = { openAiApi: { ...openAi } };
	}
	return workflow;
}

const billedFor = async (taskId: unknown) => (await session.billed()).get(String(taskId));

test('a script becomes a film of the same characters, while nothing runs', async () => {
	const shots = [
		{ prompt: '@hero finds @friend in the rain', seconds: 4 },
		{ prompt: '@friend follows @hero home, the camera stays behind', seconds: 3 },
	];
	model.plan([JSON.stringify({ output: { shots } })]);
	const id = await session.client.createWorkflow(await example('script-to-shots'));
	const execution = await session.client.run(id, START);
	await until(async () => (await session.client.waiting()).includes(execution), 60);
	const done = await session.client.ended(execution);
	expect(done.error).toBeUndefined();
	const clips = output(done, 'Vidu Reference to Video');
	expect(clips).toHaveLength(2);
	for (const [index, { json, pairedItem }] of clips.entries()) {
		expect(pairedItem).toEqual({ item: index });
		expect(json).toMatchObject({ operation: 'referenceToVideo', state: 'succeeded' });
		expect(json.credits).toBe(await billedFor(json.taskId));
	}
	const [film] = output(done, 'Your storage, Slack, …');
	const path = join(session.filesFolder, 'film.mp4');
	await writeFile(path, await session.client.binary(film as INodeExecutionData));
	expect((await readMp4(path)).duration).toBeCloseTo(7, 0);
});

test('an agent chooses a model, estimates, asks, and makes the clip when the person agrees', async () => {
	const values = { model: 'viduq2', duration: 2, resolution: '540p' };
	const order = { ...values, aspectRatio: '9:16', prompt: 'A paper boat', maxCredits: 60 };
	model.plan([
		{ call: 'List_the_models', with: {} },
		{ call: 'Estimate', with: values },
		// As n8n asks for a call that a person reviews.
		{ call: 'Make_the_clip', with: { toolParameters: order, hitlParameters: {} } },
		'Here it is.',
	]);
	const workflow = await example('agent-asks-first');
	const trigger = nodeOf(workflow, 'When chat message received');
	trigger.parameters.public = true;
	trigger.webhookId = `chat-${Date.now()}`;
	const before = (await session.billed()).size;
	const id = await publish(session.client, workflow);
	await fetch(`${session.n8nUrl}/webhook/${trigger.webhookId}/chat`, {
		method: 'POST',
		headers: { ...BROWSER, 'content-type': 'application/json' },
		body: JSON.stringify({ action: 'sendMessage', sessionId: 'one', chatInput: 'A boat, please' }),
	});
	const now = async () => {
		const [{ id: execution } = { id: '' }] = await session.client.executionsOf(id);
		return await session.client.execution(execution);
	};
	interface Question {
		readonly text: string;
		readonly buttons: ReadonlyArray<{ readonly text: string; readonly link: string }>;
	}
	const asked = async () => {
		const [item] = (await now()).runData['Ask first']?.at(-1)?.data?.ai_tool?.[0] ?? [];
		return item?.sendMessage as Question | undefined;
	};
	await until(async () => (await asked()) !== undefined, 60);
	const question = await asked();
	expect(question?.text).toMatch(/at most 60 credits[^]*A paper boat[^]*viduq2, 2 s, 540p, 9:16/);
	expect((await session.billed()).size).toBe(before);
	await fetch(question?.buttons.find(({ text }) => text === 'Make it')?.link ?? '', {
		headers: BROWSER,
	});
	await until(async () => (await now()).runData.Answer !== undefined, 60);
	const done = await now();
	expect(output(done, 'AI Agent')[0]?.json.output).toBe('Here it is.');
	const answers = model.answers();
	expect(answers[0]).toContain('viduq3-turbo');
	expect(answers[1]).toMatch(/"credits":\s*\d+/);
	expect(answers[2]).toContain('"succeeded"');
	expect((await session.billed()).size).toBe(before + 1);
	await session.client.stop(done.id);
});

test('models and prompts are compared by n8n’s evaluation, with an LLM as judge', async () => {
	const workflow = await example('evaluation');
	const id = await session.client.createWorkflow(workflow);
	const filled = await session.client.ended(await session.client.run(id, START));
	expect(output(filled, 'Fill it')).toHaveLength(4);
	const value = String(output(filled, 'Make the table')[0]?.json.id);
	const table: INodeParameterResourceLocator = { __rl: true, mode: 'id', value };
	for (const name of ['When fetching a dataset row', 'Write to the table']) {
		nodeOf(workflow, name).parameters.dataTableId = table;
	}
	await session.client.saveWorkflow(id, workflow);
	const scores = [5, 4, 3, 4];
	model.plan(scores.map((score) => JSON.stringify({ output: { score, reason: 'It rains' } })));
	const before = (await session.billed()).size;
	const { status, metrics } = await session.client.evaluate(id);
	expect(status).toBe('completed');
	expect(metrics).toMatchObject({ score: 4, credits: expect.any(Number) });
	expect((await session.billed()).size).toBe(before + 4);
});
