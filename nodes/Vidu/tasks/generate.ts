/**
 * The whole run of a generating node: plan every item, buy once, wait together, deliver, answer in
 * input order. All items are planned and checked before the first request is sent.
 */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { Draft } from '../media/input';
import { resolveMedia } from '../media/outgoing';
import { adviceFor } from '../providers/errors';
import type { Task } from '../providers/types';
import { pause } from '../transport/pause';
import { cancelTasks } from './cancel';
import { createTask, doubt } from './create';
import { dedupeMemoryOf, type DedupeMemory } from './dedupe';
import { downloadVideos } from './deliver';
import {
	failure,
	fetchLater,
	sentences,
	taskFailure,
	toNodeError,
	type Failure,
} from '../transport/failure';
import { itemOf } from './item';
import { memoryOf, type Memory } from './memory';
import { isPlan, planItem, type Plan } from './plan';
import { runJobs, type Outcome, type Submitted } from './runner';
import { ask, capability, failureItem, isFailure, openSession, type Session } from './session';

/** What is to be made, as far as the life of a task has to know. */
export interface Generation {
	/** As in the output item, such as `referenceToVideo`. */
	readonly name: string;
	/**
	 * Reads the parameters of one item.
	 * @throws NodeOperationError when a binary field is missing
	 */
	read(context: IExecuteFunctions, itemIndex: number): Promise<Draft>;
}

interface Run extends Session {
	readonly operation: Generation;
	readonly memory: Memory;
	readonly dedupe: DedupeMemory;
	/** Purchases on their way, by the user's own key. */
	readonly underway: Map<string, Promise<Submitted>>;
}

/** Executes a generating operation for all items of the node. */
export async function generate(
	context: IExecuteFunctions,
	operation: Generation,
): Promise<INodeExecutionData[][]> {
	const run: Run = {
		...(await openSession(context)),
		operation,
		memory: memoryOf(context.getContext('node')),
		dedupe: dedupeMemoryOf(context.getWorkflowStaticData('node'), Date.now),
		underway: new Map(),
	};
	const count = context.getInputData().length;
	const runIndex = context.getWorkflowDataProxy(0).$runIndex as number;
	const planned = await Promise.all(
		Array.from({ length: count }, async (_, i) => await plan(run, i, runIndex)),
	);
	const stopAtFailure = !context.continueOnFail();
	for (const [itemIndex, item] of planned.entries()) {
		if (!isPlan(item) && stopAtFailure) throw toNodeError(context.getNode(), itemIndex, item);
	}
	const plans = planned.filter(isPlan);
	const overBudget = budgetProblem(plans) ?? (await balanceProblem(run, plans));
	if (overBudget !== null) {
		throw new NodeOperationError(context.getNode(), overBudget, {
			description: 'Nothing was sent, and nothing was charged.',
		});
	}
	showHints(context, plans);

	const settings = plans[0]?.settings;
	const perMinute = settings?.requestsPerMinute ?? null;
	const { outcomes, stopped, leftRunning } = await runJobs<Plan, INodeExecutionData>(
		plans,
		{
			now: () => Date.now(),
			sleep: async (milliseconds) => await pause(context, milliseconds),
			stopped: () => context.getExecutionCancelSignal()?.aborted === true,
			submit: async (item) => await buyOnce(run, item),
			look: run.look,
			deliver: async (item, task) => await deliver(run, item, task),
			isFailure,
			explain: (task) => taskFailure(run.provider.name, task, adviceFor(task.error?.code ?? null)),
		},
		{
			maxConcurrency: settings?.maxConcurrency ?? 1,
			submitGap: perMinute === null ? 0 : 60_000 / perMinute,
			stopAtFailure,
		},
	);
	const runningIds = leftRunning.map(({ task }) => task.taskId);
	if (stopped) await endStopped(run, runningIds, settings?.cancelOnStop === true);
	const unfinished = new Map(leftRunning.map(({ position, task }) => [position, task]));
	const finals = outcomes.map(
		(outcome, position): Outcome<INodeExecutionData> =>
			outcome ?? { ok: false, failure: notFinished(unfinished.get(position) ?? null) },
	);
	if (stopAtFailure && !stopped) throwFirst(run, plans, outcomes, runningIds);
	const byItem = new Map(plans.map(({ itemIndex }, position) => [itemIndex, finals[position]]));
	return [
		planned.map((item, itemIndex) => {
			if (!isPlan(item)) return failedItem(run, itemIndex, item);
			const outcome = byItem.get(itemIndex) as Outcome<INodeExecutionData>;
			return outcome.ok ? outcome.result : failedItem(run, itemIndex, outcome.failure, item);
		}),
	];
}

/** A missing binary field and the like come as errors of n8n's; they are an item's failure like any other. */
async function plan(run: Run, itemIndex: number, runIndex: number): Promise<Plan | Failure> {
	const { context, connection, provider, operation } = run;
	try {
		return await planItem(context, connection, provider, operation, itemIndex, runIndex);
	} catch (error) {
		const { message, description } = error as { message: string; description?: string | null };
		return failure(message, description ?? '');
	}
}

function budgetProblem(plans: readonly Plan[]): string | null {
	const limit = plans[0]?.settings.maxCredits ?? null;
	if (limit === null) return null;
	const unknown = plans.find(({ atMostCredits }) => atMostCredits === null);
	if (unknown !== undefined) {
		return `"Max Credits" is ${limit}, but what ${unknown.draft.model} costs is not known [item ${unknown.itemIndex}]`;
	}
	const total = mostCredits(plans);
	return total > limit
		? `"Max Credits" is ${limit}, but ${plans.length === 1 ? 'this item costs' : `the ${plans.length} items cost`} up to ${total} credits`
		: null;
}

async function balanceProblem(run: Run, plans: readonly Plan[]): Promise<string | null> {
	if (plans[0]?.settings.checkBalance !== true) return null;
	const credits = capability(run, 'credits', 'be asked for the balance');
	if (isFailure(credits)) return credits.message;
	const answer = await ask(run, credits.request(), 'to show the balance');
	if (isFailure(answer)) return answer.message;
	const { credits: left } = credits.read(answer.body);
	const total = mostCredits(plans);
	return total > left ? `The run costs up to ${total} credits, but the account has ${left}` : null;
}

function mostCredits(plans: readonly Plan[]): number {
	return plans.reduce((sum, { atMostCredits }) => sum + (atMostCredits ?? 0), 0);
}

function showHints(context: IExecuteFunctions, plans: readonly Plan[]): void {
	const messages = new Set(plans.flatMap(({ hints }) => hints));
	if (messages.size === 0) return;
	context.addExecutionHints(
		...[...messages].map((message) => ({ message, location: 'outputPane' as const })),
	);
}

/** Buys for an item, unless its key of the user's own was bought for already, or is just being bought for. */
async function buyOnce(run: Run, item: Plan): Promise<Submitted> {
	const key = item.settings.dedupeKey;
	if (key === null) return await buy(run, item);
	const underway = run.underway.get(key) ?? buyFor(run, item, key);
	run.underway.set(key, underway);
	const submitted = await underway;
	// What was not bought may be tried again.
	if (submitted.kind !== 'task') run.underway.delete(key);
	return submitted;
}

async function buyFor(run: Run, item: Plan, key: string): Promise<Submitted> {
	const earlier = run.dedupe.find(key);
	if (earlier !== undefined) {
		const found = await takeUp(run, earlier);
		if (found !== 'buy again') return found;
	}
	const submitted = await buy(run, item);
	if (submitted.kind === 'task') run.dedupe.remember(key, submitted.task.taskId);
	return submitted;
}

/** Buys what the item asks for, unless it was bought in an earlier try of this execution. */
async function buy(run: Run, item: Plan): Promise<Submitted> {
	const { context, connection, provider, memory } = run;
	const earlier = memory.recall(item.key);
	if (earlier?.state === 'submitted' && earlier.taskId !== null) {
		const found = await takeUp(run, earlier.taskId);
		if (found !== 'buy again') return found;
	} else if (earlier !== undefined) {
		const reason = 'an earlier try of this execution ended without an answer';
		return { kind: 'failure', failure: doubt(provider, item.draft, reason, new Date(earlier.at)) };
	}
	const media = await resolveMedia(context, connection, provider, item.draft);
	if (!media.ok) return { kind: 'failure', failure: media.failure };
	memory.remember(item.key, { state: 'sending', taskId: null, at: Date.now() });
	const submitted = await createTask(context, connection, provider, media.request);
	if (submitted.kind === 'task') {
		const { taskId } = submitted.task;
		memory.remember(item.key, { state: 'submitted', taskId, at: Date.now() });
	} else if (submitted.failure.doubtful) {
		memory.remember(item.key, { state: 'doubtful', taskId: null, at: Date.now() });
	} else {
		memory.forget(item.key);
	}
	return submitted;
}

/** Finds a task that was bought before. One that failed without a charge may be bought again. */
async function takeUp(run: Run, taskId: string): Promise<Submitted | 'buy again'> {
	const { tasks, refused } = await run.look([taskId]);
	const refusal = refused.get(taskId);
	if (refusal !== undefined) return { kind: 'failure', failure: refusal };
	const task = tasks.get(taskId) ?? unread(taskId);
	const ended = task.state === 'failed' || task.state === 'cancelled';
	return ended && !((task.credits ?? 0) > 0) ? 'buy again' : { kind: 'task', task };
}

/** Stands for a task whose status cannot be read at the moment. */
function unread(taskId: string): Task {
	return {
		taskId,
		state: 'queued',
		nativeState: '',
		progress: null,
		videos: [],
		error: null,
		credits: null,
		cost: null,
		payload: null,
		createdAt: null,
		expiresInSeconds: null,
		raw: null,
	};
}

async function deliver(run: Run, item: Plan, task: Task): Promise<INodeExecutionData | Failure> {
	const { context } = run;
	const { settings, draft } = item;
	if (!settings.downloadVideo || !item.wait) return outputItem(run, item, task);
	const delivered = await downloadVideos(
		context,
		task,
		{
			model: draft.model,
			binaryPropertyName: settings.binaryPropertyName,
			cover: settings.downloadCover,
		},
		async () => (await run.look([task.taskId])).tasks.get(task.taskId),
	);
	if (!delivered.ok) return delivered.failure;
	return { ...outputItem(run, item, delivered.task), binary: delivered.binary };
}

function outputItem(run: Run, item: Plan, task: Task): INodeExecutionData {
	const payload = task.payload ?? item.draft.payload ?? null;
	return {
		json: itemOf(
			{ ...task, payload },
			{
				provider: run.provider.id,
				operation: run.operation.name,
				model: item.draft.model,
				estimatedCredits: item.estimatedCredits,
				includeRaw: item.settings.includeRaw,
				readAt: Date.now(),
			},
		),
		pairedItem: { item: item.itemIndex },
	};
}

function failedItem(run: Run, itemIndex: number, reason: Failure, item?: Plan): INodeExecutionData {
	return failureItem(run.context, itemIndex, reason, {
		taskId: null,
		provider: run.provider.id,
		operation: run.operation.name,
		model: item?.draft.model ?? null,
		...(item && reason.task ? outputItem(run, item, reason.task).json : {}),
	});
}

function throwFirst(
	run: Run,
	plans: readonly Plan[],
	outcomes: ReadonlyArray<Outcome<INodeExecutionData> | undefined>,
	running: readonly string[],
): void {
	const position = outcomes.findIndex((outcome) => outcome?.ok === false);
	const outcome = outcomes[position];
	if (outcome === undefined || outcome.ok) return;
	const advice = sentences(
		outcome.failure.advice,
		running.length > 0 &&
			`Other tasks of this run go on at the provider: ${running.join(', ')}. Retrying this execution picks them up`,
	);
	const itemIndex = plans[position]?.itemIndex ?? 0;
	throw toNodeError(run.context.getNode(), itemIndex, { ...outcome.failure, advice });
}

/** For an item that was on its way when the execution was stopped. */
function notFinished(task: Task | null): Failure {
	return failure(
		'The execution was stopped before this item was done',
		task === null ? '' : fetchLater(task.taskId),
		{ task },
	);
}

/** Says in the log what goes on at the provider, after cancelling what it still can, if so chosen. */
async function endStopped(
	run: Run,
	leftRunning: readonly string[],
	cancel: boolean,
): Promise<void> {
	const { context, connection, provider } = run;
	const cancelled = cancel ? await cancelTasks(context, connection, provider, leftRunning) : [];
	const left = leftRunning.filter((id) => !cancelled.includes(id));
	if (cancelled.length > 0)
		context.logger.info(`Vidu: stopped; cancelled: ${cancelled.join(', ')}`);
	if (left.length > 0) {
		context.logger.warn(
			`Vidu: stopped; tasks left running at ${provider.name}: ${left.join(', ')}`,
		);
	}
}
