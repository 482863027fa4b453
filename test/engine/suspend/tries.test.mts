/** Retry On Fail of a node that sleeps. */
import { clip, NAME, openStage, workflowOf } from './stage.mts';

const stage = openStage();
const silent = '[callback=none]';
const again = (maxTries: number) => ({ retryOnFail: true, maxTries, waitBetweenTries: 1 });

describe('a clip that fails every time', () => {
	test.each([
		['stopWorkflow', 2],
		['stopWorkflow', 5],
		['continueRegularOutput', 3],
	] as const)(
		'with On Error on %s is ordered %i times, and then the run ends',
		async (onError, tries) => {
			const tested = clip({}, { ...again(tries), onError });
			const prompts = [`bad ${silent} [fail=AuditFailed]`, `good ${silent}`];
			const done = await stage.run(workflowOf(tested), prompts);
			expect(done.status).toBe(onError === 'stopWorkflow' ? 'error' : 'success');
			expect(JSON.stringify([done.error, done.items(NAME)])).toContain('AuditFailed');
			const orders = (name: string) =>
				stage.sandbox.tasks().filter(({ prompt }) => prompt.startsWith(name)).length;
			expect(orders('bad')).toBe(tries);
			expect(orders('good')).toBe(1);
		},
	);

	test('has all its tries again in a Retry of the execution', async () => {
		const tested = clip({}, again(2));
		const prompts = [`bad ${silent} [fail=AuditFailed] [times=3]`];
		const failed = await stage.run(workflowOf(tested), prompts);
		expect(failed.status).toBe('error');
		const done = await stage.run(workflowOf(tested), [], { retryOf: failed });
		expect(stage.promptsOf(done)).toEqual(prompts);
		expect(stage.sandbox.tasks()).toHaveLength(4);
	});
});
