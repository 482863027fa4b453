/**
 * Which execution may submit under a deduplication key, or for a retry of a failed execution: exactly
 * one, whatever runs at the same time, also on other workers. Stored as n8n's processed data: in its
 * database, written at once, by the node's ID, so that a renamed node keeps its keys.
 *
 * n8n reads the node's row, adds to it and writes it back, so of two workers that claim at the same
 * moment the second overwrites the first. Hence each claim adds the key and its own token, waits until
 * any concurrent writer has finished, and checks whether its token is still there: every version of
 * the row contains the token of exactly one of those that found the key new.
 */
import { randomBytes } from 'crypto';
import type { IExecuteFunctions } from 'n8n-workflow';
import { pause } from '../../transport/pause';
import { PATIENCE } from '../context/patience';

type Store = Pick<IExecuteFunctions['helpers'], 'checkProcessedAndRecord' | 'removeProcessed'>;

/** Two entries a claim; some 300 kB in n8n's database. */
const OPTIONS = { mode: 'entries', maxEntries: 10_000 } as const;
/** How often a claim is retried if another execution has overwritten it, or the row could not be written. */
const MAX_TRIES = 8;

export interface Claims {
	/** Claims a key; an Error if n8n's database cannot be used. */
	take(key: string): Promise<'mine' | 'taken' | Error>;
	/** Releases a key under which nothing was submitted. */
	giveBack(key: string): Promise<void>;
}

/** Serializes the claims of this process. */
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
					// If two rows are created at the same moment, the database rejects one.
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
