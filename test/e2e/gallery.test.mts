/**
 * The examples that people and other services take part in, as they are shipped. What needs an account
 * elsewhere is replaced by a node of this machine; all others run unchanged.
 */
import { fileURLToPath } from 'node:url';
import type { IDataObject, INode } from 'n8n-workflow';
import { nodeOf, readExample } from '../../scripts/examples.mts';
import { output, type Execution, type WorkflowJson } from '../../scripts/n8nClient.mts';
import { openChatModel } from './chatModel.mts';
import { Editor } from './editor.mts';
import { set } from './flows.mts';
import { startMailbox, type Mailbox } from './mailbox.mts';
import { BROWSER, openSession, type Session } from './session.mts';
import { publish, until } from './waiting.mts';

const PHOTO = fileURLToPath(new URL('../../sandbox/assets/bottle.png', import.meta.url));
const START = { name: 'When clicking ‘Execute workflow’' };

let session: Session;
let mailbox: Mailbox;

beforeAll(async () => {
	session = await openSession();
	mailbox = await startMailbox();
});

afterAll(async () => {
	await mailbox?.close();
});

/** Puts a node in the place of one that needs an account elsewhere. */
function standIn(workflow: WorkflowJson, name: string, node: Partial<INode>): void {
	const replaced = nodeOf(workflow, name);
	delete replaced.credentials;
	Object.assign(replaced, node);
}

/** A node that outputs the values that another one would have sent. */
const shown = (name: string, values: IDataObject): Partial<INode> => {
	const given = Object.entries(values).map(([field, value]) => [field, String(value).slice(4, -3)]);
	const { type, typeVersion, parameters } = set(name, Object.fromEntries(given));
	return { type, typeVersion, parameters: { ...parameters, includeOtherFields: false } };
};

/** Puts n8n's own question by e-mail in the place of that in Slack. */
async function askByMail(workflow: WorkflowJson): Promise<void> {
	const { message, approvalOptions } = nodeOf(workflow, 'Approve the price').parameters;
	const smtp = await session.client.createCredential('Mailbox', 'smtp', mailbox.credential);
	standIn(workflow, 'Approve the price', {
		type: 'n8n-nodes-base.emailSend',
		typeVersion: 2.1,
		parameters: {
			...{ operation: 'sendAndWait', message, approvalOptions, subject: 'Price' },
			...{ fromEmail: 'n8n@example.com', toEmail: 'marketing@example.com' },
		},
	});
	nodeOf(workflow, 'Approve the price').credentials = { smtp: { ...smtp } };
}

/** Answers the question of an execution as a person does who reads the mail. */
async function answer(mail: string, label: string, execution: string): Promise<Execution> {
	// The message leaves n8n before the execution is stored as waiting.
	await until(async () => (await session.client.waiting()).includes(execution), 60);
	const link = new RegExp(`href="([^"]+)"[^>]*>${label}<`).exec(mail)?.[1] ?? '';
	await fetch(link.replaceAll('&amp;', '&'), { headers: BROWSER });
	return await session.client.ended(execution);
}

const billedFor = async (taskId: unknown) => (await session.billed()).get(String(taskId));

describe('the form', () => {
	let editor: Editor;

	beforeAll(async () => {
		editor = await Editor.open(session.n8nUrl);
	});

	afterAll(async () => {
		await editor?.close();
	});

	const open = async () => {
		const workflow = await readExample('product-photo-form', session);
		const trigger = nodeOf(workflow, 'On form submission');
		const path = `form-${Date.now()}`;
		trigger.parameters.options = { ...(trigger.parameters.options as IDataObject), path };
		const id = await publish(session.client, workflow);
		const { page } = editor;
		await page.goto(`${session.n8nUrl}/form/${path}`);
		await page.setInputFiles('input[type=file]', PHOTO);
		await page.fill('textarea', 'Steam rises from the cup');
		await page.locator('select').selectOption({ index: 1 });
		await editor.screenshot('form');
		await page.getByRole('button', { name: 'Show the price' }).click();
		await page.getByText(/This clip costs \d+ credits \(USD 0\.\d\d\)/).waitFor();
		await editor.screenshot('form-price');
		return { id, page };
	};
	const last = async (workflowId: string) => {
		const [{ id } = { id: '' }] = await session.client.executionsOf(workflowId);
		return await session.client.ended(id);
	};

	it('shows the price, and gives the clip back on its last page', async () => {
		const { id, page } = await open();
		await page.getByText('Yes', { exact: true }).click();
		const downloaded = page.waitForEvent('download', { timeout: 60_000 });
		await page.getByRole('button', { name: 'Continue' }).click();
		await page.getByText('Your clip is ready').waitFor({ timeout: 60_000 });
		expect((await downloaded).suggestedFilename()).toMatch(/\.mp4$/);
		await editor.screenshot('form-clip');
		const [clip] = output(await last(id), 'Image to Video');
		expect(clip?.json).toMatchObject({ operation: 'imageToVideo', state: 'succeeded' });
		expect(clip?.json.credits).toBe(await billedFor(clip?.json.taskId));
		expect(await page.locator('video source').getAttribute('src')).toBe(
			(clip?.json.videos as IDataObject[])[0]?.url,
		);
	});

	it('makes nothing when somebody says no', async () => {
		const before = (await session.billed()).size;
		const { id, page } = await open();
		await page.getByText('No', { exact: true }).click();
		await page.getByRole('button', { name: 'Continue' }).click();
		await page.getByText('Nothing was made').waitFor();
		expect((await last(id)).runData).not.toHaveProperty('Image to Video');
		expect((await session.billed()).size).toBe(before);
	});
});

describe('rows of a sheet', () => {
	const run = async () => {
		const workflow = await readExample('sheet-to-slack', session);
		const rows = ['bottle', 'robot'].map((image, index) => ({
			id: `${image}-${Date.now()}`,
			imageUrl: `${session.sandboxUrl}/samples/${image}.png`,
			prompt: `It turns around slowly ${index === 1 ? '[fail=CreationPolicyViolation]' : ''}`,
			status: '',
		}));
		const jsCode = `return ${JSON.stringify([...rows, { ...rows[0], status: 'succeeded' }])}`;
		standIn(workflow, 'Rows', {
			type: 'n8n-nodes-base.code',
			typeVersion: 2,
			parameters: { jsCode },
		});
		await askByMail(workflow);
		const { columns } = nodeOf(workflow, 'Write back').parameters;
		standIn(
			workflow,
			'Write back',
			shown('Write back', (columns as IDataObject).value as IDataObject),
		);
		const { text } = nodeOf(workflow, 'Tell the channel').parameters;
		standIn(workflow, 'Tell the channel', shown('Tell the channel', { text }));
		const before = mailbox.messages.length;
		const id = await session.client.createWorkflow(workflow);
		const execution = await session.client.run(id, START);
		await until(() => mailbox.messages.length > before, 60);
		return { rows, execution, mail: mailbox.messages.at(-1) ?? '' };
	};

	it('become clips once the price is approved, and results are written back', async () => {
		const { rows, execution, mail } = await run();
		expect(mail).toMatch(/2 clips of 5 seconds will cost up to \d+ credits/);
		const done = await answer(mail, 'Make them', execution);
		expect(done.error).toBeUndefined();
		const [clip, failed] = output(done, 'Image to Video');
		const url = (clip?.json.videos as IDataObject[])[0]?.url;
		expect(clip?.json.credits).toBe(await billedFor(clip?.json.taskId));
		expect(output(done, 'Write back').map(({ json }) => json)).toMatchObject([
			{ id: rows[0]?.id, status: 'succeeded', video: url, credits: String(clip?.json.credits) },
			{ id: rows[1]?.id, status: 'failed', error: expect.stringMatching(/\w/) },
		]);
		expect(failed?.json.error).toMatchObject({ code: 'CreationPolicyViolation' });
		expect(output(done, 'Tell the channel')[0]?.json).toEqual({ text: url });
	});

	it('stay as they are when it is declined', async () => {
		const before = (await session.billed()).size;
		const { execution, mail } = await run();
		const done = await answer(mail, 'Not now', execution);
		expect(done.runData).toHaveProperty('Nothing made');
		expect((await session.billed()).size).toBe(before);
	});
});

test('a topic becomes a film once its price is approved', async () => {
	const { model, credential: openAi } = await openChatModel(session);
	try {
		const prompts = ['@hero kneads dough, warm light', '@friend carries a tray to @hero'];
		const shots = prompts.map((prompt) => ({ prompt, duration: 3 }));
		model.plan([JSON.stringify({ output: { title: 'The bakery', shots } })]);
		const workflow = await readExample('film-from-topic', session);
		nodeOf(workflow, 'OpenAI Chat Model').credentials = { openAiApi: { ...openAi } };
		await askByMail(workflow);
		const mails = mailbox.messages.length;
		const billed = (await session.billed()).size;
		const id = await session.client.createWorkflow(workflow);
		const execution = await session.client.run(id, START);
		await until(() => mailbox.messages.length > mails, 120);
		const mail = mailbox.messages.at(-1) ?? '';
		expect(mail).toMatch(/The bakery: 2 shots, 6 seconds, up to \d+ credits/);
		expect((await session.billed()).size).toBe(billed);
		const done = await answer(mail, 'Make it', execution);
		expect(done.error).toBeUndefined();
		const [film] = output(done, 'Film');
		expect(film?.json).toMatchObject({
			title: 'The bakery',
			state: 'succeeded',
			shots: prompts.map((prompt) => ({ prompt, state: 'succeeded' })),
			duration: expect.closeTo(6, 0),
		});
		expect(film?.binary?.data).toMatchObject({ fileName: 'The bakery.mp4' });
		expect((await session.billed()).size).toBe(billed + 2);
	} finally {
		await model.close();
	}
});
