/** Runs a node's work across suspensions; see `sleep` for how. */
import type {
	EngineRequest,
	EngineResponse,
	IContextObject,
	IExecuteData,
	IExecuteFunctions,
	INodeExecutionData,
	ISourceData,
	NodeOutput,
} from 'n8n-workflow';
import { isAgentTool } from '../context/agentTool';
import { Marks } from '../../callbacks/marks';
import {
	askForRun,
	cannotSleep,
	leaveNothing,
	markOf,
	noteIn,
	PREFIX,
	restoreSource,
	type Note,
} from './sleep';
import { tryTurn } from './tries';

/** The outcome of one turn of the work: it sleeps until then (milliseconds since 1970), or is done. `hints` are for the output pane. */
export type Turn =
	| { readonly sleepUntil: number }
	| { readonly output: INodeExecutionData[][]; readonly hints: readonly string[] };

/** In the node's context, next to what the work keeps there. */
interface Bed {
	/** The mark of the last request. */
	mark?: string;
	/** Whether the requested run is still to come. */
	pending?: boolean;
	/** Milliseconds since 1970. */
	sleepUntil?: number;
	/** Run index of the last requested run that slept. */
	slept?: number;
	calledBack?: boolean;
	delivery?: { output: INodeExecutionData[][]; hints: readonly string[]; source: ISourceData };
}

const SLOT = 'viduSleep';

/**
 * @param takeTurn does what can be done now; called in the first run and after every sleep. It gets the
 * reason why the node cannot sleep (null: it can) and then has to wait by itself.
 * @returns the result of `execute()`
 */
export async function withSleep(
	context: IExecuteFunctions,
	response: EngineResponse | undefined,
	takeTurn: (wakeful: string | null) => Promise<Turn>,
): Promise<NodeOutput> {
	const entry = context.getExecuteData();
	const bed = (context.getContext('node')[SLOT] ??= {}) as Bed;
	// The engine sets this for every requested run and never resets it; agents request their tools by it.
	// Not deleted, see `leaveNothing`.
	if (!isAgentTool(context) && entry.node.rewireOutputLogTo) {
		entry.node.rewireOutputLogTo = undefined;
	}
	const mark = markOf(context.getInputData());
	if (mark !== undefined && mark === bed.mark) return await askedRun(context, entry, bed);

	const note = noteIn(response);
	if (note) restoreSource(entry, note.source);
	if (note?.delivered) {
		leaveNothing(entry);
		return null;
	}
	if (response) bed.calledBack = true;
	const source = entry.source?.main?.[0] ?? undefined;
	const wakeful = whyAwake(context, bed, note, source);
	if (note && bed.mark === note.mark) endSleep(note.mark);
	bed.pending = false;
	delete bed.delivery;
	// Only a run that the engine calls again has its index in `entry`.
	const run = `${context.getExecutionId()}/${context.getWorkflowDataProxy(0).$runIndex as number}`;
	const turn = await tryTurn(
		context.getNode(),
		context.getContext('node'),
		run,
		async () => await takeTurn(wakeful),
	);
	if ('sleepUntil' in turn) {
		bed.sleepUntil = turn.sleepUntil;
		return ask(context, bed, run, source, false);
	}
	const { output, hints } = turn;
	// n8n leaves an empty run behind for every callback that resumed the execution. Expressions and calling
	// workflows read the last run of a node, so the items have to come after those.
	const runsBehind = (bed.slept ?? 0) > (entry.runIndex ?? Infinity);
	delete bed.slept;
	if (source && runsBehind) {
		bed.delivery = { output, hints, source: { ...source } };
		return ask(context, bed, run, source, true);
	}
	showHints(context, hints);
	return output;
}

/** Why the node cannot sleep here; null if it can. */
function whyAwake(
	context: IExecuteFunctions,
	bed: Bed,
	note: Note | undefined,
	source: ISourceData | undefined,
): string | null {
	// Called again without the requested run: requesting it once more could repeat forever.
	if (note !== undefined && note.mark === bed.mark && bed.pending === true) {
		return 'n8n did not run the node again as requested';
	}
	const { getWorkflowSettings }: Partial<IExecuteFunctions> = context;
	const settings = getWorkflowSettings?.call(context);
	return cannotSleep(context.getNode(), source, settings, bed.calledBack === true);
}

/** Requests one more run of this node from the engine. */
function ask(
	context: IExecuteFunctions,
	bed: Bed,
	run: string,
	source: ISourceData | undefined,
	delivered: boolean,
): EngineRequest {
	bed.mark = `${PREFIX}${run}/${Date.now()}`;
	bed.pending = true;
	const note = { mark: bed.mark, source: { ...(source as ISourceData) }, delivered };
	return askForRun(context.getNode().name, note);
}

async function askedRun(
	context: IExecuteFunctions,
	entry: IExecuteData,
	bed: Bed,
): Promise<NodeOutput> {
	const { delivery, pending } = bed;
	if (pending && delivery) {
		// Retry On Fail calls again if the first item has an error.
		if (!entry.node.retryOnFail) delete bed.delivery;
		restoreSource(entry, delivery.source);
		showHints(context, delivery.hints);
		return delivery.output;
	}
	leaveNothing(entry);
	// The requesting run continued without this one, so there is nothing left to do.
	if (!pending) return null;
	bed.pending = false;
	bed.slept = entry.runIndex ?? 0;
	await context.putExecutionToWait(new Date(bed.sleepUntil ?? 0));
	return [[]];
}

/** How long a callback may take to resume what it has read, in milliseconds: after that, another process may have resumed it. */
export const FRESH = 5000;

/**
 * Which sleeps have ended, as far as this process knows. n8n resumes with what it read when a callback
 * arrived: if the execution was resumed by time or another callback and has suspended again in the
 * meantime, a late one would set it back to before that. Hence each sleep is ended once.
 */
const ended = new Marks();

/** Ends the sleep of this mark. @returns false if it has already ended */
export function endSleep(mark: string): boolean {
	const now = Date.now();
	if (ended.has(mark, now)) return false;
	ended.add(mark, now, 2 * FRESH);
	return true;
}

/** The current sleep of the node, for its webhook, and when it ends, in milliseconds since 1970. */
export function sleepIn(nodeContext: unknown): { mark: string; sleepUntil: number } {
	const { mark = '', sleepUntil = 0 } = (nodeContext as IContextObject)[SLOT] as Bed;
	return { mark, sleepUntil };
}

/** Whether this node, or a Vidu node before it, has slept in this execution or the one that it retries, so that n8n has saved its context. */
export function hasSlept(context: IExecuteFunctions): boolean {
	const { name } = context.getNode();
	const { $node } = context.getWorkflowDataProxy(0) as {
		$node: Record<string, { context: IContextObject }>;
	};
	const before = context.getParentNodes(name).filter(({ type }) => type.includes('.vidu'));
	return [name, ...before.map((node) => node.name)].some(
		(each) => ($node[each]?.context[SLOT] as Bed | undefined)?.mark !== undefined,
	);
}

/** Shows sentences in the output pane. */
export function showHints(context: IExecuteFunctions, hints: readonly string[]): void {
	const messages = [...new Set(hints)];
	if (messages.length === 0) return;
	context.addExecutionHints(
		...messages.map((message) => ({ message, location: 'outputPane' as const })),
	);
}
