/** What the editor shows of a node that waits without a worker; pictures in output/screenshots. */
import { output } from '../../scripts/n8nClient.mts';
import { node, start } from '../engine/harness/workflow.mts';
import { useEditor } from './editor.mts';
import { clip, flow, rows, set } from './flows.mts';
import { until } from './waiting.mts';

const CLIP = 'Clip';
const PINNED = 'Pinned';
const AFTER = 'After';

const stage = useEditor();

/** Presses *Execute workflow*. @returns ids of the workflow and of its execution */
async function execute(name: string, prompt: string): Promise<[string, string]> {
	const nodes = [
		start,
		rows([`${prompt}, one`, `${prompt}, two`]),
		clip(CLIP, stage.session.credential),
		node({ name: PINNED, type: 'n8n-nodes-base.noOp' }),
		set(AFTER, { clips: `$('${CLIP}').all().length` }),
	];
	const workflow = flow(name, nodes, `Start > Rows > ${CLIP} > ${PINNED} > ${AFTER}`);
	const pinData = { [PINNED]: [{ json: { pinned: true } }] };
	const workflowId = await stage.session.client.createWorkflow({ ...workflow, pinData });
	await stage.editor.openWorkflow(workflowId);
	await stage.editor.executeWorkflow();
	let id = '';
	await until(async () => {
		const [execution] = await stage.session.client.executionsOf(workflowId);
		id = execution?.id ?? '';
		return execution?.status === 'waiting';
	}, 60);
	return [workflowId, id];
}

const states = async () => ({
	rows: await stage.editor.state('Rows'),
	clip: await stage.editor.state(CLIP),
	after: await stage.editor.state(AFTER),
});

test('a manual run shows the node at work while it sleeps, by the clock, and all nodes as done at the end', async () => {
	const [, id] = await execute('Asleep in the editor', 'editor [render=240] [callback=none]');
	await until(async () => (await stage.editor.state(CLIP)) !== '', 20);
	await stage.editor.screenshot('asleep-1-sleeping');
	expect(await states()).toEqual({ rows: 'success', clip: 'running', after: '' });
	const execution = await stage.session.client.ended(id);
	expect(execution.error).toBeUndefined();
	await until(async () => (await stage.editor.state(AFTER)) === 'success', 20);
	await stage.editor.screenshot('asleep-2-ended');
	expect(await states()).toEqual({ rows: 'success', clip: 'success', after: 'success' });
	// What is pinned is what comes out of the node.
	expect(output(execution, PINNED).map(({ json }) => json)).toEqual([{ pinned: true }]);
	expect(output(execution, AFTER).map(({ json }) => json)).toEqual([{ pinned: true, clips: '2' }]);
	await stage.editor.openNode(CLIP);
	await stage.editor.screenshot('asleep-3-output');
	const panel = await stage.editor.page.getByTestId('output-panel').innerText();
	expect(panel).toMatch(/2 items[^]*succeeded/);
	await stage.editor.closeNode();
});

test('woken by callbacks, the canvas comes to the same end, and so does the list of executions', async () => {
	const [workflowId, id] = await execute('Rung in the editor', 'rung in the editor');
	expect((await stage.session.client.ended(id)).status).toBe('success');
	await until(async () => (await stage.editor.state(AFTER)) === 'success', 20);
	await stage.editor.screenshot('asleep-4-rung');
	expect(await states()).toEqual({ rows: 'success', clip: 'success', after: 'success' });
	await stage.editor.page.goto(`${stage.session.n8nUrl}/workflow/${workflowId}/executions/${id}`);
	const label = stage.editor.page.getByTestId('execution-preview-label');
	await label.waitFor();
	await stage.editor.screenshot('asleep-5-executions');
	expect(await label.innerText()).toMatch(/^Succe/);
});
