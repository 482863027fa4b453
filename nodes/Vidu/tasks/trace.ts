/** What n8n's OpenTelemetry span of the node says of its tasks. Only tells: never throws. */
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { ProviderId } from '../catalogue/types';
import type { ItemJob, Outcome, Took } from './context/job';

/** IDs that a span names; its attributes are stored with the execution. */
const NAMED = 50;

/** The task of an item, as it ended. */
interface Traced {
	readonly taskId: string;
	readonly credits: number;
	readonly model: string | null;
}

/**
 * Puts the tasks on the span: their IDs, models, credits, and the seconds in the queue and in rendering,
 * as far as this process has seen them. `took` by key of the job.
 */
export function traceTasks(
	context: Partial<Pick<IExecuteFunctions, 'setMetadata' | 'customData'>>,
	provider: ProviderId,
	plans: readonly ItemJob[],
	outcomes: ReadonlyArray<Outcome<INodeExecutionData> | undefined>,
	took: ReadonlyMap<string, Took>,
): void {
	// n8n traces since 2.16, which is also the first with custom data.
	if (context.customData === undefined) return;
	try {
		const tasks = plans.flatMap((plan, at) => tracedIn(plan, outcomes[at]));
		if (tasks.length === 0) return;
		const unique = [...new Map(tasks.map((task) => [task.taskId, task])).values()];
		const times = plans.flatMap(({ key }) => took.get(key) ?? []);
		const seconds = (which: keyof Took) =>
			Math.round(times.reduce((sum, each) => sum + each[which], 0) / 100) / 10;
		context.setMetadata?.({
			tracing: {
				'vidu.provider': provider,
				'vidu.models': [...new Set(unique.flatMap(({ model }) => model ?? []))].join(','),
				'vidu.tasks': unique.length,
				'vidu.task_ids': unique
					.slice(0, NAMED)
					.map(({ taskId }) => taskId)
					.join(','),
				'vidu.credits': unique.reduce((sum, { credits }) => sum + credits, 0),
				...(times.length > 0 && {
					'vidu.queue_seconds': seconds('queued'),
					'vidu.render_seconds': seconds('rendered'),
				}),
			},
		});
	} catch {
		return;
	}
}

function tracedIn(
	{ item: { model }, patience }: ItemJob,
	outcome: Outcome<INodeExecutionData> | undefined,
): Traced | [] {
	if (outcome === undefined) return [];
	const { taskId, credits }: IDataObject = outcome.ok
		? outcome.result.json
		: { taskId: outcome.failure.task?.taskId, credits: outcome.failure.task?.credits };
	if (typeof taskId !== 'string' || taskId === '') return [];
	// A task that was entered was paid for elsewhere.
	const paid = typeof credits === 'number' && patience === undefined;
	return { taskId, credits: paid ? credits : 0, model };
}
