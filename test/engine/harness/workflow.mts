import type { IConnections, INode, IWorkflowSettings } from 'n8n-workflow';

/** A workflow as n8n exports it. What an export may leave out is optional. */
export interface WorkflowJson {
	name?: string;
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
}

/** A node of a workflow, filled up from what `part` says; its name is also its id. */
export function node(part: Pick<INode, 'name' | 'type'> & Partial<INode>): INode {
	return { id: part.name, typeVersion: 1, position: [0, 0], parameters: {}, ...part };
}

/** A Manual Trigger called "Start". */
export const start = node({ name: 'Start', type: 'n8n-nodes-base.manualTrigger' });

/**
 * A workflow that begins with a Manual Trigger called "Start" and then runs `nodes` one after the
 * other. `onError` is an optional node at the second (error) output of the last one.
 */
export function chain(nodes: INode[], onError?: INode): WorkflowJson {
	const line = [start, ...nodes];
	const to = (target: INode) => [{ node: target.name, type: 'main' as const, index: 0 }];
	const connections: IConnections = {};
	line.forEach((source, index) => {
		const next = line[index + 1];
		const outputs = next ? [to(next)] : onError ? [[], to(onError)] : [];
		if (outputs.length > 0) connections[source.name] = { main: outputs };
	});
	return { nodes: onError ? [...line, onError] : line, connections };
}
