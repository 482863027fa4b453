/** The lists of tasks and subjects that the editor offers in the place of IDs. */
import type { StoredCredential } from '../../scripts/n8nClient.mts';
import { output } from '../../scripts/n8nClient.mts';
import { chain, node, start } from '../engine/harness/workflow.mts';
import { useEditor } from './editor.mts';

const stage = useEditor();

function vidu(name: string, parameters: object, { id, name: called }: StoredCredential) {
	return node({
		name,
		type: 'n8n-nodes-vidu.vidu',
		parameters: parameters as never,
		credentials: { viduApi: { id, name: called } },
	});
}

/** n8n gives its test IDs to an input, or to what surrounds it. */
const inputOf = (testId: string) =>
	stage.editor.page
		.locator(`input[data-test-id=${testId}], [data-test-id=${testId}] input`)
		.first();

/** Opens a node whose field shows its list. */
async function openList(parameters: object, name: string, credential: StoredCredential) {
	const field = { [name]: { __rl: true, mode: 'list', value: '' } };
	const tested = vidu('Tested', { ...parameters, ...field }, credential);
	const workflow = { name: 'Pickers', settings: {}, ...chain([tested]) };
	await stage.editor.openWorkflow(await stage.session.client.createWorkflow(workflow));
	await stage.editor.openNode('Tested');
	await inputOf('rlc-input').click();
}

test('a task is chosen by its prompt, state, time and model', async () => {
	const prompt = 'A heron waits on one leg [render=9]';
	const making = { resource: 'video', operation: 'textToVideo', prompt, waitMode: 'poll' };
	const workflow = chain([vidu('Make', making, stage.session.credential)]);
	const id = await stage.session.client.createWorkflow({ name: 'Made', settings: {}, ...workflow });
	const done = await stage.session.client.ended(await stage.session.client.run(id, start));
	expect(output(done, 'Make')[0]?.json).toMatchObject({ state: 'succeeded' });

	await openList({ resource: 'task', operation: 'get' }, 'taskId', stage.session.credential);
	await inputOf('rlc-search').fill('heron');
	const item = stage.editor.page.getByTestId('rlc-item').first();
	await item.getByText('A heron waits').waitFor();
	expect(await item.innerText()).toMatch(
		/^A heron waits .*… · succeeded · \d+ \w+, \d\d:\d\d · Vidu Q/,
	);
	await stage.editor.screenshot('picker-task');
	await item.click();
	expect(await inputOf('rlc-input').inputValue()).toMatch(/^A heron waits/);
});

test('a provider without a list says so in the list', async () => {
	const credential = stage.session.others.kkiai as StoredCredential;
	await openList({ resource: 'task', operation: 'cancel' }, 'taskId', credential);
	const error = stage.editor.page.getByTestId('rlc-error-container');
	await error.waitFor();
	expect(await error.innerText()).toMatch(/Tasks can be listed at Vidu only[\s\S]*choose By ID/);
	await stage.editor.screenshot('picker-without-list');
});
