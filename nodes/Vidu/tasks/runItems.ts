/**
 * Runs all items of one node execution together: submits, polls and delivers their tasks, suspended in
 * between if the node may sleep. The same code for all wait modes.
 */
import { sleep, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { isStopped } from '../transport/caller';
import { pause } from '../transport/pause';
import { failureOf, type Failure, isFailure } from '../transport/failure';
import { toNodeError } from '../transport/nodeError';
import { chargeHint, type Charge } from './deliver/charges';
import { deliveredIn } from './deliver/delivered';
import { deliver, explain, failedItem, outputItem } from './deliver/output';
import type { Followed, ItemJob, Outcome, Submitted, Took } from './context/job';
import { PATIENCE } from './context/patience';
import { learnedTimes } from './poll/learned';
import { runJobs } from './poll/scheduler';
import type { RunResult } from './poll/types';
import type { Session } from './context/session';
import { keepSuspension, suspensionIn, type Planned, type Progress } from './suspend/suspension';
import { showHints, type Turn } from './suspend/withSleep';
import { shouldContinueOnFail } from './context/agentTool';
import { traceTasks } from './trace';
import { settleStopped, notFinished, throwFirst, type Unfinished } from './poll/unfinished';
import type { Part } from './submit/request';

type ItemOutcome = Outcome<INodeExecutionData> | undefined;

interface ItemHandlers<P> {
	/** As in the output item. */
	readonly operation: string;
	/** The jobs of an item, or why there are none. Submits nothing; may throw. */
	plan(itemIndex: number): Promise<readonly P[] | Failure>;
	/** Checks what holds for all items together. @returns hints */
	check(plans: readonly P[]): Promise<readonly string[]>;
	submit(item: P): Promise<Submitted>;
	/** What remains if the run ends early; `outcomes` by position of the plan. */
	left(plans: readonly P[], outcomes: readonly ItemOutcome[]): Unfinished;
	/** Makes one output item of what became of the jobs of an item; absent: each is one. Never throws. */
	assemble?(itemIndex: number, parts: readonly Part[]): Promise<INodeExecutionData>;
}

/**
 * Takes one turn of the run, which is all of it if the node cannot sleep.
 * @param runIndex run index of the node
 * @param wakeful why the node cannot sleep; null if it can
 * @throws NodeApiError, NodeOperationError for the first failure, unless the node continues on fail
 */
export async function runItems<P extends ItemJob>(
	session: Session,
	runIndex: number,
	wakeful: string | null,
	{ operation, plan, check, submit, left, assemble }: ItemHandlers<P>,
): Promise<Turn> {
	const { context } = session;
	const nodeContext = context.getContext('node');
	const execution = context.getExecutionId();
	const kept = suspensionIn<P>(nodeContext);
	const earlier = kept?.execution === execution && kept.run === runIndex ? kept : undefined;
	keepSuspension(nodeContext, undefined);
	const planned = earlier ?? (await planAll(context, plan, check));
	const { plans, rejected, hints: before } = planned;
	const suspends = plans.some(({ settings }) => settings.waitMode === 'suspend');
	const sleeps = suspends && wakeful === null;
	// A suspended run can only show hints together with its items.
	if (!sleeps) {
		showHints(context, [
			...before,
			...(suspends ? [`Waited in the node, not without a worker, because ${wakeful}`] : []),
		]);
	}
	// Waits for tasks that end at the same time: n8n accepts no other callback while the execution runs.
	if (earlier?.queued) await pause(context, PATIENCE.together);
	const turn = await takeTurn(session, plans, earlier, sleeps, submit);
	const { outcomes, progress, sleepUntil, stopped } = turn;
	if (sleepUntil !== null) {
		keepSuspension(nodeContext, { ...planned, ...progress, execution, run: runIndex });
		return { sleepUntil };
	}
	traceTasks(context, session.provider.id, plans, outcomes, turn.took);
	if (stopped) await settleStopped(session, left(plans, outcomes));
	else if (!shouldContinueOnFail(context))
		throwFirst(session, plans, outcomes, left(plans, outcomes));
	deliveredIn(nodeContext).clear();
	const made = plans.map((job, position) => {
		const outcome = outcomes[position] ?? notFinished(progress.going[position]?.task ?? null);
		return partOf(session, job, outcome);
	});
	const outputOf = async (itemIndex: number): Promise<INodeExecutionData[]> => {
		const reason = rejected[itemIndex];
		if (reason !== undefined)
			return [failedItem(session, { itemIndex, operation, model: null }, reason)];
		const parts = made.filter((each) => each.itemIndex === itemIndex);
		return assemble ? [await assemble(itemIndex, parts)] : parts.map(({ item }) => item);
	};
	const output: INodeExecutionData[] = [];
	for (const itemIndex of context.getInputData().keys())
		output.push(...(await outputOf(itemIndex)));
	const charges = made.map(({ itemIndex, item }) => ({ ...item.json, itemIndex }) as Charge);
	const hints = [
		...(sleeps ? before : []),
		...(assemble ? output : made.map(({ item }) => item)).map(({ json }) => json.hint),
		chargeHint(charges, session.provider.id, session.connection.region),
	].filter((hint) => typeof hint === 'string');
	return { output: [output], hints };
}

/** What became of a job. */
function partOf(
	session: Session,
	{ itemIndex, item }: ItemJob,
	outcome: Outcome<INodeExecutionData>,
): Part & Pick<ItemJob, 'itemIndex'> {
	if (outcome.ok) return { itemIndex, item: outcome.result, failure: null };
	const { failure } = outcome;
	return { itemIndex, item: failedItem(session, item, failure), failure };
}

/** @throws NodeOperationError for the first item without a plan, unless the node continues on fail */
async function planAll<P>(
	context: IExecuteFunctions,
	plan: ItemHandlers<P>['plan'],
	check: ItemHandlers<P>['check'],
): Promise<Planned<P>> {
	const planned = await Promise.all(
		context.getInputData().map(async (_, itemIndex) => await plan(itemIndex).catch(failureOf)),
	);
	const rejected: Record<number, Failure> = {};
	const plans: P[] = [];
	for (const [itemIndex, jobs] of planned.entries()) {
		if (!isFailure(jobs)) plans.push(...jobs);
		else if (shouldContinueOnFail(context)) rejected[itemIndex] = jobs;
		else throw toNodeError(context.getNode(), itemIndex, jobs);
	}
	return { plans, rejected, hints: await check(plans) };
}

/** One turn of a run: all of it, or until it sleeps. */
async function takeTurn<P extends ItemJob>(
	session: Session,
	plans: readonly P[],
	earlier: Progress | undefined,
	sleeps: boolean,
	submit: ItemHandlers<P>['submit'],
) {
	const { context, fetchStatuses } = session;
	const { maxConcurrency, requestsPerMinute } = plans[0]?.settings ?? {};
	const delivered = deliveredIn(context.getContext('node'));
	const outcomes = plans.map((item, position): ItemOutcome => {
		const failed = earlier?.failed[position];
		if (failed !== undefined) return { ok: false, failure: failed };
		const result = delivered.of(item);
		return result && { ok: true, result };
	});
	const took = new Map<string, Took>();
	const open = [...plans.keys()].filter((position) => outcomes[position] === undefined);
	const jobs = open.map((position) => ({
		...(plans[position] as P),
		going: earlier?.going[position],
	}));
	const result = await runJobs<P, INodeExecutionData>(
		jobs,
		{
			// Across suspensions only the time of day is comparable.
			now: () => (sleeps || earlier ? Date.now() : performance.now()),
			sleep: async (milliseconds) => await pause(context, milliseconds),
			stopped: () => isStopped(context),
			times: learnedTimes,
			submit,
			fetchStatuses,
			deliver: async (item, task, seen) => {
				if (seen !== undefined) took.set(item.key, seen);
				const output = item.wait
					? await deliver(session, item.item, task)
					: outputItem(session, item.item, task);
				if (!isFailure(output)) delivered.keep(item, output);
				return output;
			},
			isFailure,
			explain: ({ item: itemContext }, task) => explain(session, itemContext, task),
			sleepIgnoringStop: async (milliseconds) => await sleep(milliseconds),
			pausing: (milliseconds, { message }) =>
				context.logger.info(`Vidu: waiting ${Math.ceil(milliseconds / 1000)} s: ${message}`),
		},
		{
			maxConcurrency: maxConcurrency ?? 1,
			submitGap: requestsPerMinute ? 60_000 / requestsPerMinute : 0,
			stopAtFailure: !shouldContinueOnFail(context),
			asleep: sleeps ? { blockedSince: earlier?.blockedSince ?? null } : null,
		},
	);
	for (const [at, outcome] of result.outcomes.entries()) outcomes[open[at] as number] = outcome;
	return { ...result, outcomes, took, progress: progressOf(outcomes, open, result) };
}

/** The progress to keep for the next turn. */
function progressOf(
	outcomes: readonly ItemOutcome[],
	open: readonly number[],
	{ leftRunning, blockedSince }: RunResult<INodeExecutionData>,
): Progress {
	const failed: Record<number, Failure> = {};
	for (const [position, outcome] of outcomes.entries()) {
		if (outcome?.ok === false) failed[position] = outcome.failure;
	}
	const going: Record<number, Followed> = {};
	for (const { position, task, since, refusedSince, emptySince } of leftRunning) {
		// The next poll returns the raw response again.
		going[open[position] as number] = {
			task: { ...task, raw: null },
			since,
			refusedSince,
			emptySince,
		};
	}
	const queued = outcomes.some((outcome, at) => outcome === undefined && !(at in going));
	return { failed, going, queued, blockedSince };
}
