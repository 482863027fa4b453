/** Task: wait. Waits for tasks that were submitted earlier, by any operation, and outputs what they made. */
import type { EngineResponse, IExecuteFunctions, NodeOutput } from 'n8n-workflow';
import { unreadTask } from '../../providers/types';
import { PATIENCE } from '../../tasks/patience';
import { work, type ItemJob } from '../../tasks/run';
import { isFailure, openSession, type Session } from '../../tasks/session';
import { readSettings, settingsProblem } from '../../tasks/settings';
import type { Planned } from '../../tasks/suspend/suspension';
import { withSleep } from '../../tasks/suspend/withSleep';
import { throwRejected } from '../../tasks/unfinished';
import { failure, failureOf, type Failure } from '../../transport/failure';
import { runOptionsField, waitField } from '../options';
import type { RequestOperation } from '../types';
import { byIdFields, readIds, receiptById } from './byId';

interface Awaited extends ItemJob {
	readonly taskId: string;
}

/** Milliseconds; nothing is known of how long the tasks have been under way. */
const EXPECTED = 60_000;
/** Seconds. */
const TIMEOUT = { poll: 1800, suspend: 24 * 3600 };
/** They run already, and nothing is submitted. */
const NO_LIMIT = { maxConcurrency: Number.MAX_SAFE_INTEGER, requestsPerMinute: null };

async function execute(
	context: IExecuteFunctions,
	response: EngineResponse | undefined,
): Promise<NodeOutput> {
	return await withSleep(context, response, async (wakeful) => {
		const session = await openSession(context);
		const run = context.getWorkflowDataProxy(0).$runIndex as number;
		/** Set in the first turn only: later ones know their tasks. */
		let look: ReturnType<Session['look']> | undefined;
		return await work<Awaited>(session, run, wakeful, {
			operation: 'wait',
			plan: async () => {
				const planned = planAll(context, wakeful === null);
				throwRejected(context, planned.rejected);
				look = session.look([...new Set(planned.plans.map(({ taskId }) => taskId))]);
				return await Promise.resolve(planned);
			},
			submit: async ({ taskId }) => {
				const task = (await look)?.tasks.get(taskId) ?? unreadTask(taskId);
				return { kind: 'task', task };
			},
			left: (plans, outcomes) => {
				const open = plans.filter((_, position) => outcomes[position] === undefined);
				return {
					open: open.map(({ taskId, settings }) => ({ taskId, cancel: settings.cancelOnStop })),
					paid: [...new Set(open.map(({ taskId }) => taskId))],
					unanswered: [],
				};
			},
		});
	});
}

function planAll(context: IExecuteFunctions, maySleep: boolean): Planned<Awaited> {
	const plans: Awaited[] = [];
	const rejected: Record<number, Failure> = {};
	for (const itemIndex of context.getInputData().keys()) {
		try {
			const planned = plansOf(context, itemIndex, maySleep);
			if (isFailure(planned)) rejected[itemIndex] = planned;
			else plans.push(...planned);
		} catch (error) {
			rejected[itemIndex] = failureOf(error);
		}
	}
	return { plans, rejected, hints: [] };
}

function plansOf(
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
	const usual = TIMEOUT[maySleep && settings.waitMode === 'suspend' ? 'suspend' : 'poll'];
	return ids.map((taskId) => ({
		itemIndex,
		taskId,
		key: taskId,
		receipt: receiptById(context, itemIndex, 'wait'),
		settings: { ...settings, ...NO_LIMIT },
		pace: { expected: EXPECTED, interval },
		timeout: (settings.timeout ?? usual) * 1000,
		wait: true,
		patience: PATIENCE.unknownTask,
	}));
}

export const waitForTasks: RequestOperation = {
	name: 'wait',
	properties: () => [
		waitField('Result', ['none']),
		...byIdFields(),
		runOptionsField(['onStop', 'pollInterval', 'timeout']),
	],
	execute,
};
