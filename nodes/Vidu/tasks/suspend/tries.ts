/**
 * Retry On Fail across sleeps. n8n counts the tries of a node anew whenever it wakes, so that a clip
 * that fails every time would be ordered again for ever: here they are counted for the whole run.
 */
import type { IContextObject, INode } from 'n8n-workflow';
import type { Turn } from './withSleep';

/** In the node's context. */
interface Tally {
	/** Of which execution, and which run of the node in it. */
	run: string;
	failed: number;
}

const SLOT = 'viduTries';
/** What the last try came to, for those that n8n makes although none is left. */
const last = new WeakMap<Tally, () => Turn>();

/** As n8n counts them. */
function triesOf({ retryOnFail, maxTries }: INode): number {
	return retryOnFail ? Math.min(5, Math.max(2, maxTries || 3)) : 1;
}

/** n8n takes a first item with an error for a failure. */
function hasFailed(turn: Turn): boolean {
	return 'output' in turn && Boolean(turn.output[0]?.[0]?.json.error);
}

/** Takes a turn of a run, unless all its tries have failed already: then it ends as the last one did. */
export async function tryTurn(
	node: INode,
	nodeContext: IContextObject,
	run: string,
	takeTurn: () => Promise<Turn>,
): Promise<Turn> {
	const kept = nodeContext[SLOT] as Tally | undefined;
	const tally = kept?.run === run ? kept : { run, failed: 0 };
	nodeContext[SLOT] = tally;
	const ended = tally.failed < triesOf(node) ? undefined : last.get(tally);
	if (ended) return ended();
	const outcome = await takeTurn().then(
		(turn) => ({ failed: hasFailed(turn), end: () => turn }),
		(error: unknown) => ({
			failed: true,
			end: (): never => {
				throw error;
			},
		}),
	);
	if (outcome.failed) {
		tally.failed += 1;
		last.set(tally, outcome.end);
	}
	return outcome.end();
}
