/** What n8n's OpenTelemetry span of the node says: n8n attaches `metadata.tracing` of each run to it. */
import type { INodeExecutionData } from 'n8n-workflow';
import { traceTasks } from '../../nodes/Vidu/tasks/trace.ts';
import type { ItemJob, Outcome } from '../../nodes/Vidu/tasks/context/job.ts';
import { account, clip, rows } from './harness/clip.mts';
import { runWorkflow, type Run } from './harness/run.mts';
import { chain, node } from './harness/workflow.mts';
import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { clip as sleeper, NAME, numbered, openStage, workflowOf } from './suspend/stage.mts';

const stage = openStage();
let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ speed: 300, renderSeconds: 60 });
});

afterAll(async () => await sandbox.close());

const spans = ({ data }: Run, name: string) =>
	(data.resultData.runData[name] ?? [])
		.map(({ metadata }) => metadata?.tracing)
		.filter((span) => span !== undefined);
const creditsOf = (run: Run, name: string) =>
	spans(run, name).reduce((sum, span) => sum + Number(span['vidu.credits']), 0);
const spent = ({ ledger }: Pick<Sandbox, 'ledger'>) =>
	ledger().reduce((sum, { credits, refunded }) => sum + (refunded ? 0 : credits), 0);

describe('the span of a node', () => {
	test('names the tasks, the provider, the models, their credits, and the time in the queue and in work', async () => {
		const tested = clip({}, { onError: 'continueRegularOutput' });
		const prompts = ['one [queue=30] [render=90]', 'two [fail=AuditFailed]', 'three'];
		const run = await runWorkflow(
			chain([tested], node({ name: 'Failures', type: 'n8n-nodes-base.noOp' })),
			{ ...account(sandbox.url), items: rows(...prompts) },
		);
		const [span] = spans(run, 'Clip');
		const ids = run.items('Clip').map(({ json }) => json.taskId);
		expect(ids).toHaveLength(3);
		expect(span).toMatchObject({
			'vidu.provider': 'vidu',
			'vidu.models': 'viduq2',
			'vidu.tasks': 3,
			'vidu.task_ids': ids.join(','),
		});
		expect(creditsOf(run, 'Clip')).toBe(spent(sandbox));
		expect(span?.['vidu.queue_seconds']).toBeGreaterThanOrEqual(0);
		expect(span?.['vidu.render_seconds']).toBeGreaterThan(0);
	});

	test('counts what was spent once, also when the node has slept', async () => {
		const run = await stage.run(workflowOf(sleeper()), numbered(3, '[callback=none]'));
		expect(run.status).toBe('success');
		expect(creditsOf(run, NAME)).toBe(spent(stage.sandbox));
	});

	test('is left alone before n8n 2.16, and never fails the run', () => {
		const plan = { key: 'a', item: { model: 'viduq2' } } as ItemJob;
		const item: INodeExecutionData = { json: { taskId: '1', credits: 4 } };
		const outcomes: Array<Outcome<INodeExecutionData>> = [{ ok: true, result: item }];
		const setMetadata = jest.fn(() => {
			throw new Error('no');
		});
		traceTasks({ setMetadata }, 'vidu', [plan], outcomes, new Map());
		expect(setMetadata).not.toHaveBeenCalled();
		const customData = {} as never;
		traceTasks({ setMetadata, customData }, 'vidu', [plan], outcomes, new Map());
		expect(setMetadata).toHaveBeenCalledTimes(1);
	});
});
