/** Before anything has run, the next node shows what comes out of the nodes, to be dragged into its fields. */
import { node } from '../engine/harness/workflow.mts';
import { Editor } from './editor.mts';
import { clip, flow } from './flows.mts';
import { openSession, type Session } from './session.mts';

let session: Session;
let editor: Editor;

beforeAll(async () => {
	session = await openSession();
	editor = await Editor.open(session.n8nUrl);
	// The editor's first page takes minutes on a busy machine.
	editor.page.setDefaultTimeout(300_000);
});

afterAll(async () => {
	await editor?.close();
});

const start = node({ name: 'Start', type: 'n8n-nodes-base.manualTrigger' });
const next = node({ name: 'Next', type: 'n8n-nodes-base.httpRequest', typeVersion: 4.2 });

const NODES = [
	['Image to Video', 'vidu', { operation: 'imageToVideo' }, 'videos[0].url'],
	['Text to Speech', 'vidu', { resource: 'audio', operation: 'textToSpeech' }, 'audios[0].url'],
	['Get Many Models', 'vidu', { resource: 'model', operation: 'getMany' }, 'durations[0]'],
	['Reference to Video', 'viduReferenceToVideo', {}, 'videos[0].url'],
] as const;

test.each(NODES)('of %s', async (name, type, parameters, path) => {
	const { credentials } = clip('', session.credential);
	const { resource, operation } = { resource: undefined, operation: undefined, ...parameters };
	const file = ['1.0.0', ...(operation ? [resource ?? 'video', operation] : [])].join('/');
	const { body } = await session.client.file(`/schemas/n8n-nodes-vidu.${type}/${file}.json`);
	expect(JSON.parse(body.toString())).toMatchObject({
		type: 'object',
		properties: expect.anything(),
	});
	const made = node({ name, type: `n8n-nodes-vidu.${type}`, parameters, credentials });
	const workflow = flow(name, [start, made, next], `Start > ${name} > Next`);
	await editor.openWorkflow(await session.client.createWorkflow(workflow));
	await editor.openNode('Next');
	const field = editor.page.locator(`[data-target=mappable][data-value="{{ $json.${path} }}"]`);
	await field.waitFor();
	await field.hover();
	await editor.page.mouse.down();
	await editor.parameter('url').hover({ force: true });
	await editor.parameter('url').hover({ force: true, position: { x: 30, y: 10 } });
	await editor.page.mouse.up();
	await editor.parameter('url').getByText(`$json.${path}`).waitFor();
	await editor.screenshot(`before-the-first-run-${type}-${path.split('[')[0]}`);
});
