/**
 * How a node sleeps without a worker and wakes by itself. It asks n8n's engine for one more run of
 * the same node, and that run suspends the execution. At the wake-up n8n skips the asked run and calls
 * the asking run again, with its own input, run index and node context.
 * Source: n8n-core 2.40, requests-response and workflow-execute; the same in 1.120 to 2.41.
 * What is asked and what is understood of the answer; the doing is in `withSleep`.
 */
import type {
	EngineRequest,
	EngineResponse,
	IExecuteData,
	INode,
	INodeExecutionData,
	ISourceData,
	IWorkflowSettings,
} from 'n8n-workflow';

/** What an asking run leaves for itself; the engine hands it back as `response.metadata`. */
export interface Note {
	/** By which the asked run, and the asking run that is called again, know each other. */
	readonly mark: string;
	/** Where the input came from: the engine forgets its output and its run index. */
	readonly source: ISourceData;
	/** Whether the asked run put out the items, so that nothing is left to do. */
	readonly delivered: boolean;
}

/** Of every mark. */
export const PREFIX = 'n8n-nodes-vidu sleeps: ';

/** What an asked run got as its only item; undefined in a run with a user's items. */
export function markOf(items: readonly INodeExecutionData[]): string | undefined {
	const id = items.length === 1 ? items[0]?.json.toolCallId : undefined;
	return typeof id === 'string' && id.startsWith(PREFIX) ? id : undefined;
}

/** The note of the request that this run continues; undefined in a first run. */
export function noteIn(response: EngineResponse | undefined): Note | undefined {
	const note = response?.metadata as Partial<Note> | undefined;
	const ours = typeof note?.mark === 'string' && note.mark.startsWith(PREFIX);
	return ours && note.source ? (note as Note) : undefined;
}

/** The engine keeps it while the execution sleeps, and only reads it: one for all. */
const NOTHING = Object.freeze({});

/** Asks the engine for one run of the same node. */
export function askForRun(nodeName: string, note: Note): EngineRequest {
	return {
		actions: [
			{
				actionType: 'ExecutionNodeAction',
				nodeName,
				input: NOTHING,
				// Of another type, and the output would be filed as that of a tool.
				type: 'main',
				id: note.mark,
				metadata: NOTHING,
			},
		],
		metadata: note,
	};
}

/**
 * Why a node cannot sleep where it is, as the end of a sentence; null when it can.
 * @param callsBack whether the engine ever passed a response: Retry On Fail leaves it out in some tries
 */
export function cannotSleep(
	{ type }: INode,
	source: ISourceData | undefined,
	settings: IWorkflowSettings | undefined,
	callsBack: boolean,
): string | null {
	if (type.endsWith('Tool')) return 'the node runs as a tool';
	if (!callsBack) return 'this version of n8n does not let a node resume itself';
	// The engine drops the request of a node without one, silently.
	if (!source?.previousNode) return 'no node stands before it';
	// The legacy order runs the asking node before what it asked for.
	if (settings && settings.executionOrder !== 'v1') {
		return 'the workflow uses the legacy execution order';
	}
	return null;
}

/** Puts back what the engine forgets. In place: the engine took the array before it called the node. */
export function restoreSource(entry: IExecuteData, source: ISourceData): void {
	const main = entry.source?.main;
	if (main) main[0] = source;
}

/**
 * Makes a run that has nothing to put out leave nothing behind: no items for n8n to pass on when it
 * skips the run (an empty list of outputs; one empty output would be filed as the node's last run),
 * and no empty item of *Always Output Data*. The node is copied, since n8n disables it, and the
 * asking run has the same object.
 */
export function leaveNothing(entry: IExecuteData): void {
	entry.data = { main: [] };
	entry.node = { ...entry.node, alwaysOutputData: false };
	// Not deleted: n8n keeps it in memory while it sleeps, and an object with a hole is seven times the size.
	entry.metadata = undefined;
}
