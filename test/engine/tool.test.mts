/** The Vidu node under the type that n8n gives it for agents. What an agent makes of it: test/e2e/agent.test.mts. */
import type { INode } from 'n8n-workflow';
import { errorText } from './harness/clip.mts';
import { quick, useStage } from './operations/vidu.mts';

const stage = useStage();
const asTool = { type: 'n8n-nodes-vidu.viduTool' };
const TOO_LONG = { model: 'viduq2', prompt: 'A boat', duration: 99 };

const run = async (operation: string, parameters: object, settings: Partial<INode> = {}) =>
	await stage.run(
		operation === 'textToVideo' ? 'video' : 'task',
		operation,
		{ ...parameters, options: quick },
		[{ json: {} }],
		{ ...asTool, ...settings },
	);

test('gives the link of a clip and no file, also when it fetches or waits for one', async () => {
	const made = await run('textToVideo', { model: 'viduq2', prompt: 'A boat', downloadVideo: true });
	const [{ taskId }] = stage.outputs(made) as [{ taskId: string }];
	const runs = [
		made,
		await run('get', { taskId, downloadVideo: true }),
		await run('wait', { taskId, downloadVideo: true }),
	];
	for (const done of runs) {
		const [item] = done.items('Vidu');
		expect(item?.json.videos).toMatchObject([{ url: expect.stringMatching(/\.mp4/) }]);
		expect(item?.binary).toBeUndefined();
	}
});

test.each([
	['textToVideo', TOO_LONG, /"Duration" is 99/],
	['get', { taskId: '17' }, /17/],
	['wait', { taskId: '17' }, /17/],
])('%s gives what went wrong as an item', async (operation, parameters, message) => {
	const done = await run(operation, parameters);
	expect(done.error).toBeUndefined();
	const error = { message: expect.stringMatching(message), description: expect.any(String) };
	expect(stage.outputs(done)).toMatchObject([{ error }]);
});

test('fails where its On Error is "Stop Workflow"', async () => {
	const done = await run('textToVideo', TOO_LONG, { onError: 'stopWorkflow' });
	expect(errorText(done)).toMatch(/"Duration" is 99.*\nNothing was sent/);
});
