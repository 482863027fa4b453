/**
 * Who may buy under a key of the user's own, or for a retry of a failed execution: one execution,
 * whatever runs at the same time, also on other workers. Kept as n8n's processed data: in its database, written at once, by the node's id, so
 * that a renamed node keeps its keys.
 *
 * n8n reads the node's row, adds to it and writes it back, so of two workers that claim at the same
 * moment the second overwrites the first. Hence each claim adds the key and a token of its own, waits
 * until whoever overlapped has written, and looks whether its token is still there: every version of
 * the row holds the token of exactly one of those that found the key new.
 */
import { randomBytes } from 'crypto';
import type { IExecuteFunctions } from 'n8n-workflow';
import { pause } from '../../transport/pause';
import { PATIENCE } from '../poll/patience';

type Store = Pick<IExecuteFunctions['helpers'], 'checkProcessedAndRecord' | 'removeProcessed'>;

/** Two entries a claim; some 300 kB in n8n's database. */
const OPTIONS = { mode: 'entries', maxEntries: 10_000 } as const;
/** How often a claim begins anew when another node run has overwritten it, or the row could not be written. */
const MAX_TRIES = 8;

export interface Claims {
	/** Whose the key is from now on; an Error where n8n's database cannot be used. */
	take(key: string): Promise<'mine' | 'taken' | Error>;
	/** Gives a key back under which nothing was bought. */
	giveBack(key: string): Promise<void>;
}

/** Within this process nothing overlaps. */
let last: Promise<unknown> = Promise.resolve();
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
	const mine = last.then(work);
	last = mine.catch(() => undefined);
	return await mine;
}

/** The claims of the node. */
export function claimsOf(context: IExecuteFunctions): Claims {
	const store: Store = context.helpers;
	return {
		async take(key) {
			const token = `${key} ${randomBytes(12).toString('hex')}`;
			let refused: Error | null = null;
			for (let tries = 0; tries < MAX_TRIES; tries++) {
				try {
					const { processed } = await inTurn(
						async () => await store.checkProcessedAndRecord([key, token], 'node', OPTIONS),
					);
					refused = null;
					if (processed.includes(token)) return 'mine';
					if (processed.includes(key)) return 'taken';
				} catch (error) {
					// Two first rows at the same moment: the database takes one.
					refused = error as Error;
				}
				await pause(context, PATIENCE.otherWorkers);
			}
			return refused ?? 'taken';
		},
		async giveBack(key) {
			await inTurn(async () => await store.removeProcessed([key], 'node', OPTIONS));
		},
	};
}
