/** How the plans of one node run are worked off together, and how that can end before its time. */
import { sleep } from 'n8n-workflow';
import type { Task } from '../providers/types';
import { failure, fetchLater, sentences, toNodeError, type Failure } from '../transport/failure';
import { isStopped } from '../transport/caller';
import { pause } from '../transport/pause';
import { cancelTasks } from './cancel';
import type { Plan } from './plan';
import { runJobs, type Job, type Outcome, type RunResult, type Submitted } from './runner';
import { isFailure, type Session } from './session';

/** A job of the node, with the settings of its item. */
export type Worked = Job & Pick<Plan, 'itemIndex' | 'settings'>;

export interface Work<P, R> {
	readonly stopAtFailure: boolean;
	submit(item: P): Promise<Submitted>;
	/** Says why a task that failed or was cancelled did so. */
	explain(item: P, task: Task): Failure;
	/** What a task that has ended, or is not waited for, becomes. */
	handOver(item: P, task: Task): Promise<R | Failure>;
}

/** Submits all plans and waits for those that are to be waited for. */
export async function work<P extends Worked, R extends object>(
	session: Session,
	plans: readonly P[],
	{ stopAtFailure, submit, explain, handOver }: Work<P, R>,
): Promise<RunResult<R>> {
	const { context, look } = session;
	const settings = plans[0]?.settings;
	const perMinute = settings?.requestsPerMinute ?? null;
	return await runJobs<P, R>(
		plans,
		{
			now: () => performance.now(),
			sleep: async (milliseconds) => await pause(context, milliseconds),
			stopped: () => isStopped(context),
			submit,
			look,
			deliver: handOver,
			isFailure,
			explain,
			linger: async (milliseconds) => await sleep(milliseconds),
			pausing: (milliseconds, { message }) =>
				context.logger.info(`Vidu: waiting ${Math.ceil(milliseconds / 1000)} s: ${message}`),
		},
		{
			maxConcurrency: settings?.maxConcurrency ?? 1,
			submitGap: perMinute === null ? 0 : 60_000 / perMinute,
			stopAtFailure,
		},
	);
}

/** An outcome for every job: those that were on their way when the execution was stopped have failed. */
export function finalOutcomes<R>({ outcomes, leftRunning }: RunResult<R>): Array<Outcome<R>> {
	const unfinished = new Map(leftRunning.map(({ position, task }) => [position, task]));
	return outcomes.map(
		(outcome, position) => outcome ?? notFinished(unfinished.get(position) ?? null),
	);
}

/** The outcome of a job that was on its way when the execution was stopped. */
export function notFinished(task: Task | null): { ok: false; failure: Failure } {
	const advice = task === null ? '' : fetchLater(task.taskId);
	return {
		ok: false,
		failure: failure('The execution was stopped before this item was done', advice, { task }),
	};
}

/**
 * Throws the first failure, if there is one; `tasks` are all that the run has paid for, `unanswered`
 * the items whose orders may have been taken.
 */
export function throwFirst<R>(
	{ context }: Session,
	plans: readonly Worked[],
	outcomes: RunResult<R>['outcomes'],
	tasks: readonly string[],
	unanswered: readonly number[] = [],
): void {
	const position = outcomes.findIndex((outcome) => outcome?.ok === false);
	const outcome = outcomes[position];
	if (outcome === undefined || outcome.ok) return;
	const { advice: told, task } = outcome.failure;
	const others = tasks.filter((id) => id !== task?.taskId && !told.includes(id));
	const itemIndex = plans[position]?.itemIndex ?? 0;
	const doubts = unanswered.filter((item) => item !== itemIndex);
	const advice = sentences(
		told,
		others.length > 0 &&
			`Other tasks of this run, done or going on at the provider: ${others.join(', ')}. Retrying this execution picks them up`,
		doubts.length > 0 &&
			`It is not known whether the requests of other items were taken [item ${doubts.join(', item ')}]. Retrying this execution does not send them again`,
	);
	throw toNodeError(context.getNode(), itemIndex, { ...outcome.failure, advice });
}

/** A task that goes on at the provider, and whether its item wants it cancelled at Stop. */
export interface Open {
	readonly taskId: string;
	readonly cancel: boolean;
}

/**
 * Says in the log what goes on at the provider, after cancelling what it still can, if so chosen.
 * `unanswered`: how many orders left without an answer until now.
 */
export async function endStopped(
	{ context, connection, provider }: Session,
	open: readonly Open[],
	unanswered = 0,
): Promise<void> {
	const ids = (tasks: readonly Open[]) => [...new Set(tasks.map(({ taskId }) => taskId))];
	const wanted = ids(open.filter(({ cancel }) => cancel));
	const cancelled = await cancelTasks(context, connection, provider, wanted);
	const left = ids(open).filter((id) => !cancelled.includes(id));
	if (cancelled.length > 0)
		context.logger.info(`Vidu: stopped; cancelled: ${cancelled.join(', ')}`);
	if (left.length > 0) {
		context.logger.warn(
			`Vidu: stopped; tasks left running at ${provider.name}: ${left.join(', ')}`,
		);
	}
	if (unanswered > 0) {
		context.logger.warn(
			`Vidu: stopped while ${unanswered} order(s) were on their way to ${provider.name}; they may be made: look for them with Vidu → Task → Get Many`,
		);
	}
}
