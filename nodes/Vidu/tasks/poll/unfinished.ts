/** How a run ends before its time: stopped, or at the first failure. Every task that is billed is reported. */
import { isUncharged } from '../../providers/charged';
import type { Provider, Task } from '../../providers/types';
import { failure, fetchLater, sentences, toNodeError, type Failure } from '../../transport/failure';
import { cancelTasks } from './cancel';
import type { Outcome } from '../context/job';
import type { Session } from '../context/session';
import type { Plan } from '../submit/plan';
import { lastSubmission, type Submissions } from '../submit/submissions';

/** A task that goes on at the provider, and whether its item wants it cancelled at Stop. */
export interface OpenTask {
	readonly taskId: string;
	readonly cancel: boolean;
}

/** What a run that ends before its time leaves. */
export interface Unfinished {
	readonly open: readonly OpenTask[];
	/** The tasks that cost something, done or going on. */
	readonly billed: readonly string[];
	/** The items whose requests may have been taken. */
	readonly unanswered: readonly number[];
}

/** What these items leave at the provider. */
export function unfinishedOf(
	provider: Provider,
	submissions: Submissions,
	plans: readonly Plan[],
	outcomes: ReadonlyArray<Outcome<unknown> | undefined>,
): Unfinished {
	const open: OpenTask[] = [];
	const billed = new Set<string>();
	const unanswered: number[] = [];
	for (const [position, item] of plans.entries()) {
		const outcome = outcomes[position];
		const task = outcome?.ok === false ? outcome.failure.task : null;
		const taskId = lastSubmission(submissions.of(item), item.key)?.taskId;
		if (taskId === null) unanswered.push(item.itemIndex);
		if (!taskId || (task !== null && isUncharged(provider, task))) continue;
		billed.add(taskId);
		if (outcome?.ok !== true) open.push({ taskId, cancel: item.settings.cancelOnStop });
	}
	return { open, billed: [...billed], unanswered };
}

/** The outcome of an item that was on its way when the execution was stopped. */
export function notFinished(task: Task | null): { ok: false; failure: Failure } {
	const description = task === null ? '' : fetchLater(task.taskId);
	return {
		ok: false,
		failure: failure('The execution was stopped before this item was done', description, { task }),
	};
}

/** Throws the first failure, if there is one. */
export function throwFirst(
	{ context }: Session,
	plans: ReadonlyArray<{ readonly itemIndex: number }>,
	outcomes: ReadonlyArray<Outcome<unknown> | undefined>,
	{ billed: paid, unanswered }: Unfinished,
): void {
	const position = outcomes.findIndex((outcome) => outcome?.ok === false);
	const outcome = outcomes[position];
	if (outcome === undefined || outcome.ok) return;
	const { description: told, task } = outcome.failure;
	const others = paid.filter((id) => id !== task?.taskId && !told.includes(id));
	const itemIndex = plans[position]?.itemIndex ?? 0;
	const doubts = unanswered.filter((item) => item !== itemIndex);
	const description = sentences(
		told,
		others.length > 0 &&
			`Other tasks of this run, done or going on at the provider: ${others.join(', ')}. Retrying this execution picks them up`,
		doubts.length > 0 &&
			`It is not known whether the requests of other items were taken [item ${doubts.join(', item ')}]. Retrying this execution does not send them again`,
	);
	throw toNodeError(context.getNode(), itemIndex, { ...outcome.failure, description });
}

/** Says in the log what goes on at the provider, after cancelling what it still can, if so chosen. */
export async function settleStopped(
	{ context, connection, provider }: Session,
	{ open, unanswered }: Unfinished,
): Promise<void> {
	const ids = (tasks: readonly OpenTask[]) => [...new Set(tasks.map(({ taskId }) => taskId))];
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
	if (unanswered.length > 0) {
		context.logger.warn(
			`Vidu: stopped while ${unanswered.length} order(s) were on their way to ${provider.name}; they may be made: look for them with Vidu → Task → Get Many`,
		);
	}
}
