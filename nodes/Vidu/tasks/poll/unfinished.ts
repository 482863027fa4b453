/** How a run ends early: stopped, or at the first failure, so that every billed task is reported. */
import { type Provider, type Task, isUncharged } from '../../providers/types';
import { failure, fetchLater, sentences, type Failure } from '../../transport/failure';
import { toNodeError } from '../../transport/nodeError';
import type { Outcome } from '../context/job';
import { type Session, cancelTasks } from '../context/session';
import type { Plan } from '../submit/plan';
import { lastSubmission, type Submissions } from '../submit/submissions';

/** What a run that ends early leaves behind. */
export interface Unfinished {
	/** Tasks that keep running at the provider, and whether to cancel them at Stop. */
	readonly open: ReadonlyArray<{ readonly taskId: string; readonly cancel: boolean }>;
	/** IDs of the tasks that are charged, finished or running. */
	readonly billed: readonly string[];
	/** Indexes of the items whose requests may have been accepted. */
	readonly unanswered: readonly number[];
}

/** What these items leave behind at the provider. */
export function unfinishedOf(
	provider: Provider,
	submissions: Submissions,
	plans: readonly Plan[],
	outcomes: ReadonlyArray<Outcome<unknown> | undefined>,
): Unfinished {
	const open: Array<Unfinished['open'][number]> = [];
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

/** The outcome of an item that was unfinished when the execution was stopped. */
export function notFinished(task: Task | null): { ok: false; failure: Failure } {
	const message = 'The execution was stopped before this item was finished';
	const description = task === null ? '' : fetchLater(task.taskId);
	return { ok: false, failure: failure(message, description, { task }) };
}

/** Throws the first failure, if any. */
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
			`Other tasks of this run, finished or still running at the provider: ${others.join(', ')}. Retrying this execution continues with them`,
		doubts.length > 0 &&
			`The requests of other items may or may not have been accepted [item ${doubts.join(', item ')}]. Retrying this execution does not send them again`,
	);
	throw toNodeError(context.getNode(), itemIndex, { ...outcome.failure, description });
}

/** Cancels tasks if so chosen, and logs those that keep running at the provider. */
export async function settleStopped(
	session: Session,
	{ open, unanswered }: Unfinished,
): Promise<void> {
	const { context, provider } = session;
	const ids = (tasks: Unfinished['open']) => [...new Set(tasks.map(({ taskId }) => taskId))];
	const wanted = ids(open.filter(({ cancel }) => cancel));
	const cancelled = await cancelTasks(session, wanted);
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
			`Vidu: stopped before ${provider.name} answered ${unanswered.length} request(s); their tasks may exist: look for them with Vidu → Task → Get Many`,
		);
	}
}
