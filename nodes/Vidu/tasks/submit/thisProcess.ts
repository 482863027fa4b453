/**
 * What the executions of this n8n process submit. They cannot read each other's context, so without
 * this, pressing Retry twice on the same failed execution would submit the same items twice.
 */
import type { SubmissionStore, Submission } from './submissions';
import type { Submitted } from '../context/job';

/** Limits the memory of an n8n that runs for months. */
const MAX_SUBMISSIONS = 5000;
const submissions = new Map<string, Submission>();
const underway = new Map<string, Promise<Submitted>>();

/** What this process has submitted, for keys prefixed with `scope`. */
export function submissionsOfProcess(scope: string): SubmissionStore {
	return {
		get: (key) => submissions.get(scope + key),
		set: (key, submission) => {
			submissions.delete(scope + key);
			submissions.set(scope + key, submission);
			for (const oldest of submissions.keys()) {
				if (submissions.size <= MAX_SUBMISSIONS) break;
				submissions.delete(oldest);
			}
		},
		delete: (key) => void submissions.delete(scope + key),
	};
}

/** Runs `submit` after any other for the same key has ended, so that it finds what was submitted. */
export async function oneAtATime(
	key: string,
	submit: () => Promise<Submitted>,
): Promise<Submitted> {
	for (let other = underway.get(key); other !== undefined; other = underway.get(key)) {
		await other.catch(() => undefined);
	}
	const mine = submit();
	underway.set(key, mine);
	try {
		return await mine;
	} finally {
		underway.delete(key);
	}
}
