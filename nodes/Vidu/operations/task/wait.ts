/** Task: wait. Waits for tasks that were submitted earlier, by any operation, and outputs what they made. */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { unreadTask } from '../../providers/types';
import { deliver, explain, failedItem, type Receipt } from '../../tasks/output';
import { PATIENCE } from '../../tasks/patience';
import { endStopped, finalOutcomes, throwFirst, work, type Worked } from '../../tasks/run';
import { failureItem, isFailure, openSession } from '../../tasks/session';
import { readSettings, settingsProblem } from '../../tasks/settings';
import { goesOn } from '../../tasks/tool';
import { failure, failureOf, toNodeError, type Failure } from '../../transport/failure';
import { runOptionsField } from '../options';
import type { RequestOperation } from '../types';
import { byIdFields, readIds, receiptById } from './byId';

interface Awaited extends Worked {
	readonly taskId: string;
	readonly receipt: Receipt;
}

/** Milliseconds; nothing is known of how long the tasks have been under way. */
const EXPECTED = 60_000;
/** Seconds. */
const TIMEOUT = 1800;

async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const session = await openSession(context);
	const stopAtFailure = !goesOn(context);
	const read = context.getInputData().map((_, itemIndex) => readJobs(context, itemIndex));
	for (const [itemIndex, jobs] of read.entries()) {
		if (isFailure(jobs) && stopAtFailure) throw toNodeError(context.getNode(), itemIndex, jobs);
	}
	const jobs = read.flatMap((given) => (isFailure(given) ? [] : given));
	const now = await session.look([...new Set(jobs.map(({ taskId }) => taskId))]);
	const result = await work<Awaited, INodeExecutionData>(session, jobs, {
		stopAtFailure,
		submit: async ({ taskId }) => {
			const task = now.tasks.get(taskId) ?? unreadTask(taskId);
			return await Promise.resolve({ kind: 'task', task });
		},
		explain: ({ receipt }, task) => explain(session, receipt, task),
		handOver: async ({ receipt }, task) => await deliver(session, receipt, task),
	});
	const running = result.leftRunning.map(({ position, task: { taskId } }) => ({
		taskId,
		cancel: jobs[position]?.settings.cancelOnStop === true,
	}));
	if (result.stopped) await endStopped(session, running);
	else if (stopAtFailure) {
		const ids = running.map(({ taskId }) => taskId);
		throwFirst(session, jobs, result.outcomes, ids);
	}
	const outcomes = finalOutcomes(result).map((outcome, position) =>
		outcome.ok
			? outcome.result
			: failedItem(session, (jobs[position] as Awaited).receipt, outcome.failure),
	);
	return [
		read.flatMap((given, itemIndex) =>
			isFailure(given)
				? [failureItem(context, itemIndex, given, {})]
				: given.map((job) => outcomes[jobs.indexOf(job)] as INodeExecutionData),
		),
	];
}

function readJobs(context: IExecuteFunctions, itemIndex: number): Awaited[] | Failure {
	try {
		return jobsOf(context, itemIndex);
	} catch (error) {
		return failureOf(error);
	}
}

function jobsOf(context: IExecuteFunctions, itemIndex: number): Awaited[] | Failure {
	const settings = readSettings(context, itemIndex);
	const problem = settingsProblem(settings);
	if (problem !== null) return failure(problem, '');
	const ids = readIds(context, itemIndex);
	if (isFailure(ids)) return ids;
	const interval = settings.pollInterval === null ? null : settings.pollInterval * 1000;
	return ids.map((taskId) => ({
		itemIndex,
		taskId,
		receipt: receiptById(context, itemIndex, 'wait'),
		// They run already, and nothing is submitted.
		settings: { ...settings, maxConcurrency: Infinity, requestsPerMinute: null },
		pace: { expected: EXPECTED, interval },
		timeout: (settings.timeout ?? TIMEOUT) * 1000,
		wait: true,
		patience: PATIENCE.unknownTask,
	}));
}

export const waitForTasks: RequestOperation = {
	name: 'wait',
	properties: () => [...byIdFields(), runOptionsField(['onStop', 'pollInterval', 'timeout'])],
	execute,
};
