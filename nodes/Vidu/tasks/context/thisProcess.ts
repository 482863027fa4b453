/**
 * What the executions of this n8n process buy: one cannot see into another's context, so that two
 * presses of Retry on the same failed execution would each buy what it had not bought.
 */
import type { SubmissionStore, Submission } from '../submit/submissions';
import type { Submitted } from '../poll/scheduler';

/** So that an n8n that runs for months holds little. */
const MAX_PURCHASES = 5000;
const submissions = new Map<string, Submission>();
const underway = new Map<string, Promise<Submitted>>();

/** The memory of this process, for keys behind `scope`. */
export function memoryOfProcess(scope: string): SubmissionStore {
	return {
		get: (key) => submissions.get(scope + key),
		set: (key, submission) => {
			submissions.delete(scope + key);
			submissions.set(scope + key, submission);
			for (const oldest of submissions.keys()) {
				if (submissions.size <= MAX_PURCHASES) break;
				submissions.delete(oldest);
			}
		},
		delete: (key) => void submissions.delete(scope + key),
	};
}

/** Buys for `key`, after whoever is just doing so has ended: `buy` then finds what was bought. */
export async function oneAtATime(key: string, buy: () => Promise<Submitted>): Promise<Submitted> {
	for (let other = underway.get(key); other !== undefined; other = underway.get(key)) {
		await other.catch(() => undefined);
	}
	const mine = buy();
	underway.set(key, mine);
	try {
		return await mine;
	} finally {
		underway.delete(key);
	}
}
