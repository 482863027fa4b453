/**
 * Retry On Fail across suspensions. n8n restarts counting the attempts whenever a node resumes, so that
 * a clip that fails every time would be submitted forever: here they are counted for the whole run.
 */
import type { IContextObject, INode } from 'n8n-workflow';
import type { Turn } from './withSleep';

/** In the node's context. */
interface Tally {
	/** ID of the execution and index of the run. */
	run: string;
	failed: number;
}

const SLOT = 'viduTries';
/** The outcome of the last attempt, for those that n8n makes although none is left. */
const last = new WeakMap<Tally, () => Turn>();

/** The number of attempts, as n8n counts them. */
const triesOf = ({ maxTries }: INode) => Math.min(5, Math.max(2, maxTries || 3));

/** n8n treats a first item with an error as a failure. */
function hasFailed(turn: Turn): boolean {
	return 'output' in turn && Boolean(turn.output[0]?.[0]?.json.error);
}

/** Takes a turn of a run; if all its attempts have failed, repeats the outcome of the last one. */
export async function tryTurn(
	node: INode,
	nodeContext: IContextObject,
	run: string,
	takeTurn: () => Promise<Turn>,
): Promise<Turn> {
	if (!node.retryOnFail) return await takeTurn();
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
