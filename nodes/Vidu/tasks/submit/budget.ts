/** Checks what a run may cost, before the first request that costs anything. */
import type { Plan } from './plan';
import type { Submissions } from './submissions';
import { isFailure, requestFree, requireCapability, type Session } from '../context/session';
import { runWideProblem } from '../context/settings';

/** Why the run must not start, as a sentence; null if it may. Reads the balance if so chosen. */
export async function budgetProblem(
	session: Session,
	submissions: Submissions,
	plans: readonly Plan[],
): Promise<string | null> {
	return (
		runWideProblem(plans) ??
		limitProblem(plans) ??
		(await balanceProblem(session, submissions, plans))
	);
}

function limitProblem(plans: readonly Plan[]): string | null {
	const limit = plans[0]?.settings.maxCredits ?? null;
	if (limit === null) return null;
	const unknown = plans.find(({ atMostCredits }) => atMostCredits === null);
	if (unknown !== undefined) {
		const what = unknown.item.model ?? 'this operation';
		return `"Max Credits" is ${limit}, but the price of ${what} is not known [item ${unknown.itemIndex}]`;
	}
	const total = mostCredits(plans);
	return total > limit
		? `"Max Credits" is ${limit}, but ${plans.length === 1 ? 'this item costs' : `the ${plans.length} items cost`} up to ${total} credits`
		: null;
}

/** Tasks that are already paid for do not count. */
async function balanceProblem(
	session: Session,
	submissions: Submissions,
	plans: readonly Plan[],
): Promise<string | null> {
	if (plans[0]?.settings.checkBalance !== true) return null;
	const total = mostCredits(plans.filter((item) => !submissions.of(item).get(item.key)));
	if (total === 0) return null;
	const credits = requireCapability(session, 'credits', 'be asked for the balance');
	if (isFailure(credits)) return credits.message;
	const answer = await requestFree(session, credits.request(), 'to show the balance');
	if (isFailure(answer)) return answer.message;
	const { credits: left } = credits.read(answer.body);
	return total > left ? `The run costs up to ${total} credits, but the account has ${left}` : null;
}

function mostCredits(plans: readonly Plan[]): number {
	return plans.reduce((sum, { atMostCredits }) => sum + (atMostCredits ?? 0), 0);
}
