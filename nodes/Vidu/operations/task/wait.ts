/** Task: wait. Waits for tasks that were submitted earlier, by any operation, and outputs their results. */
import type { EngineResponse, IExecuteFunctions, NodeOutput } from 'n8n-workflow';
import { unreadTask } from '../../providers/types';
import { itemContext } from '../../tasks/context/itemContext';
import { PATIENCE } from '../../tasks/context/patience';
import { anyTaskFields } from '../../tasks/deliver/fields';
import { runItems } from '../../tasks/runItems';
import type { ItemJob, Statuses } from '../../tasks/context/job';
import { openSession } from '../../tasks/context/session';
import {
	readDelivery,
	readSettings,
	settingsProblem,
	timeoutOf,
} from '../../tasks/context/settings';
import { withSleep } from '../../tasks/suspend/withSleep';
import { failure, type Failure, isFailure } from '../../transport/failure';
import { deliveryOptions, optionsField, runOptions, waitField } from '../options';
import type { Listing, RequestOperation } from '../types';
import { byIdFields, readIds } from './byId';

interface Awaited extends ItemJob {
	readonly taskId: string;
}

/** Milliseconds; it is not known how long the tasks have been running. */
const EXPECTED = 60_000;
/** The tasks are already running, and nothing is submitted. */
const NO_LIMIT = { maxConcurrency: Number.MAX_SAFE_INTEGER, requestsPerMinute: null };

async function execute(
	context: IExecuteFunctions,
	response: EngineResponse | undefined,
): Promise<NodeOutput> {
	return await withSleep(context, response, async (wakeful) => {
		const session = await openSession(context);
		const runIndex = context.getWorkflowDataProxy(0).$runIndex as number;
		/** In the first turn only: later ones know their tasks. */
		let first: Statuses | undefined;
		return await runItems<Awaited>(session, runIndex, wakeful, {
			operation: 'wait',
			plan: async (itemIndex) =>
				await Promise.resolve(planItem(context, itemIndex, wakeful === null)),
			check: async (plans) => {
				first = await session.fetchStatuses([...new Set(plans.map(({ taskId }) => taskId))]);
				return [];
			},
			submit: async ({ taskId }) => {
				const task = first?.tasks.get(taskId) ?? unreadTask(taskId);
				return await Promise.resolve({ kind: 'task', task });
			},
			left: (plans, outcomes) => {
				const open = plans
					.filter((_, position) => outcomes[position] === undefined)
					.map(({ taskId, settings }) => ({ taskId, cancel: settings.cancelOnStop }));
				return { open, billed: [...new Set(open.map(({ taskId }) => taskId))], unanswered: [] };
			},
		});
	});
}

function planItem(
	context: IExecuteFunctions,
	itemIndex: number,
	maySleep: boolean,
): Awaited[] | Failure {
	const settings = readSettings(context, itemIndex);
	const problem = settingsProblem(settings);
	if (problem !== null) return failure(problem, '');
	const ids = readIds(context, itemIndex);
	if (isFailure(ids)) return ids;
	const interval = settings.pollInterval === null ? null : settings.pollInterval * 1000;
	return ids.map((taskId) => ({
		itemIndex,
		taskId,
		key: taskId,
		item: itemContext(itemIndex, 'wait', readDelivery(context, itemIndex)),
		settings: { ...settings, ...NO_LIMIT },
		pace: { expected: EXPECTED, interval },
		timeout: timeoutOf(settings, maySleep && settings.waitMode === 'suspend'),
		wait: true,
		patience: PATIENCE.unknownTask,
	}));
}

export const waitForTasks: Listing & RequestOperation = {
	resource: 'task',
	name: 'wait',
	label: 'Wait',
	action: 'Wait for tasks',
	description:
		'Wait until tasks that were submitted earlier are finished, by their IDs, and output their results',
	output: anyTaskFields(),
	properties: () => [
		waitField('Result', ['none']),
		...byIdFields(),
		optionsField([
			...deliveryOptions(),
			...runOptions().filter(({ name }) => ['onStop', 'pollInterval', 'timeout'].includes(name)),
		]),
	],
	execute,
};
