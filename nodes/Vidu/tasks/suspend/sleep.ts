/**
 * How a node sleeps without a worker and wakes by itself. It requests one more run of the same node
 * from n8n's engine, and that run suspends the execution. On resuming, n8n skips the requested run and
 * calls the requesting run again, with its own input, run index and node context.
 * Source: n8n-core 2.40, requests-response and workflow-execute; the same in 1.120 to 2.41.
 * Here are the requests and how to read their responses; `withSleep` uses them.
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

/** What a requesting run leaves for itself; the engine returns it as `response.metadata`. */
export interface Note {
	/** Identifies the requested run, and the requesting run that is called again. */
	readonly mark: string;
	/** Where the input came from: the engine loses its output and run index. */
	readonly source: ISourceData;
	/** Whether the requested run outputs the items, so that nothing is left to do. */
	readonly delivered: boolean;
}

/** The beginning of every mark. */
export const PREFIX = 'n8n-nodes-vidu sleeps: ';

/** The mark in the only item of a requested run; undefined in a run with a user's items. */
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

/** Shared, because the engine only reads it and keeps it in memory while the execution sleeps. */
const NOTHING = Object.freeze({});

/** Requests one run of the same node from the engine. */
export function askForRun(nodeName: string, note: Note): EngineRequest {
	return {
		actions: [
			{
				actionType: 'ExecutionNodeAction',
				nodeName,
				input: NOTHING,
				// With another type the engine would store the output as that of a tool.
				type: 'main',
				id: note.mark,
				metadata: NOTHING,
			},
		],
		metadata: note,
	};
}

/**
 * Why a node cannot be suspended, as the end of a sentence; null if it can.
 * @param callsBack whether the engine ever passed a response: Retry On Fail omits it in some attempts
 */
export function cannotSleep(
	{ type }: INode,
	source: ISourceData | undefined,
	settings: IWorkflowSettings | undefined,
	callsBack: boolean,
): string | null {
	if (type.endsWith('Tool')) return 'the node runs as a tool';
	if (!callsBack) return 'n8n lets a node resume itself from version 1.121 on only';
	// The engine silently drops the request of a node without one.
	if (!source?.previousNode) return 'no node comes before it';
	// The legacy order runs the requesting node before the requested run.
	if (settings && settings.executionOrder !== 'v1') {
		return 'the workflow uses the legacy execution order';
	}
	return null;
}

/** Restores what the engine loses. In place, because the engine took the array before it called the node. */
export function restoreSource(entry: IExecuteData, source: ISourceData): void {
	const main = entry.source?.main;
	if (main) main[0] = source;
}

/**
 * Makes a run without output leave nothing behind: no items for n8n to pass on when it skips the run
 * (an empty list of outputs; one empty output would be stored as the node's last run), and no empty
 * item of *Always Output Data*. The node is copied, because n8n disables it and the requesting run has
 * the same object.
 */
export function leaveNothing(entry: IExecuteData): void {
	entry.data = { main: [] };
	entry.node = { ...entry.node, alwaysOutputData: false };
	// Not deleted: n8n keeps the entry in memory while it sleeps, and without the property it takes seven times as much.
	entry.metadata = undefined;
}
