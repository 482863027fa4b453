/** Checks what a run may cost, before the first request that costs anything. */
import { creditsText } from '../../catalogue/money';
import type { Plan } from './plan';
import type { Submissions } from './submissions';
import { requestFree, requireCapability, type Session } from '../context/session';
import { isFailure } from '../../transport/failure';
import { runWideProblem } from '../context/settings';

/** Why the run must not start, as a sentence; null if it may. Reads the balance if so chosen. */
export async function budgetProblem(
	session: Session,
	submissions: Submissions,
	plans: readonly Plan[],
): Promise<string | null> {
	return (
		runWideProblem(plans) ??
		limitProblem(session, plans) ??
		(await balanceProblem(session, submissions, plans))
	);
}

function limitProblem(session: Session, plans: readonly Plan[]): string | null {
	const limit = plans[0]?.settings.maxCredits ?? null;
	if (limit === null) return null;
	const unknown = plans.find(({ atMostCredits }) => atMostCredits === null);
	if (unknown !== undefined) {
		const what = unknown.item.model ?? 'this operation';
		return `"Max Credits" is ${limit}, but the price of ${what} is not known [item ${unknown.itemIndex}]`;
	}
	const total = mostCredits(plans);
	if (total <= limit) return null;
	const count = new Set(plans.map(({ itemIndex }) => itemIndex)).size;
	const items = count === 1 ? 'this item costs' : `the ${count} items cost`;
	const open = plans.find(({ openRate }) => openRate !== null)?.openRate ?? '';
	const problem = `"Max Credits" is ${limit}, but ${items} up to ${spell(session, total)}`;
	return open === '' ? problem : `${problem}. ${open}`;
}

function spell({ provider, connection }: Session, credits: number): string {
	return creditsText(provider.id, connection.region, credits);
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
	const credits = requireCapability(session, 'credits', 'The balance can be read');
	if (isFailure(credits)) return credits.message;
	const answer = await requestFree(session, credits.request(), 'to show the balance');
	if (isFailure(answer)) return answer.message;
	const { credits: left } = credits.read(answer.body);
	return total > left
		? `The run costs up to ${spell(session, total)}, but the account has ${left}`
		: null;
}

function mostCredits(plans: readonly Plan[]): number {
	return plans.reduce((sum, { atMostCredits }) => sum + (atMostCredits ?? 0), 0);
}
