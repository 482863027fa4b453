/** Whether a task without a result was not charged. Pure. */
import { hasFailed, NO_OUTPUT, type Provider, type Task } from './types';

/**
 * Whether a task is known to have cost nothing, so that it may be bought again: it failed or was
 * cancelled, and either the provider does not charge for that or its answer says so. A task that
 * succeeded without a result that we can read is none of these.
 */
export function isUncharged({ chargesForFailures }: Provider, task: Task): boolean {
	if (!hasFailed(task) || task.error?.code === NO_OUTPUT) return false;
	const charged = [task.credits, task.cost?.amount ?? null].filter((sum) => sum !== null);
	return charged.every((sum) => sum === 0) && (charged.length > 0 || !chargesForFailures);
}
