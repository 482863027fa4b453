/** What a run has paid for when it ends before its time, so that no task goes untold. */
import { isUncharged } from '../../providers/charged';
import { lastSubmission, type Submission } from '../submit/submissions';
import type { Plan } from '../submit/plan';
import { submissionsFor, type RunContext } from '../submit/submitOnce';
import type { Outcome } from './scheduler';
import type { Unfinished } from './unfinished';

const submissionOf = (run: RunContext, item: Plan): Submission | undefined =>
	lastSubmission(submissionsFor(run, item), item.key);

/** The id of the task that was bought for an item, unless it ended without a clip and a charge. */
function billedTask(
	run: RunContext,
	item: Plan,
	outcome: Outcome<unknown> | undefined,
): string | null {
	const task = outcome?.ok === false ? outcome.failure.task : null;
	if (task !== null && isUncharged(run.provider, task)) return null;
	return submissionOf(run, item)?.taskId ?? null;
}

/** What these items leave at the provider. */
export function unfinishedOf(
	run: RunContext,
	plans: readonly Plan[],
	outcomes: ReadonlyArray<Outcome<unknown> | undefined>,
): Unfinished {
	const tasks = plans.flatMap((item, position) => {
		const outcome = outcomes[position];
		const taskId = billedTask(run, item, outcome);
		return taskId === null
			? []
			: [{ taskId, done: outcome?.ok === true, cancel: item.settings.cancelOnStop }];
	});
	return {
		open: tasks.filter(({ done }) => !done),
		billed: [...new Set(tasks.map(({ taskId }) => taskId))],
		unanswered: plans.flatMap((item) =>
			submissionOf(run, item)?.taskId === null ? [item.itemIndex] : [],
		),
	};
}
