/** Workflows around clips that are waited for without a worker. */
import { randomUUID } from 'node:crypto';
import type { IConnections, IDataObject, INode } from 'n8n-workflow';
import type { StoredCredential, WorkflowJson } from '../../scripts/n8nClient.mts';
import { node } from '../engine/harness/workflow.mts';

export interface ClipOptions {
	readonly parameters?: IDataObject;
	/** The options of the node. */
	readonly options?: IDataObject;
	/** Settings of n8n's own, such as `onError`. */
	readonly settings?: Partial<INode>;
}

/** Makes a clip of one second for each item's `prompt`, asleep while it is made. */
export function clip(
	name: string,
	{ id, name: called }: StoredCredential,
	{ parameters = {}, options = {}, settings = {} }: ClipOptions = {},
): INode {
	return node({
		// As n8n makes them; the address of a callback ends with it.
		id: randomUUID(),
		name,
		type: 'n8n-nodes-vidu.vidu',
		parameters: {
			resource: 'video',
			operation: 'textToVideo',
			model: 'viduq2',
			prompt: '={{ $json.prompt }}',
			duration: 1,
			resolution: '540p',
			waitMode: 'suspend',
			downloadVideo: false,
			...parameters,
			options: options as INode['parameters'],
		} as INode['parameters'],
		credentials: { viduApi: { id, name: called } },
		...settings,
	});
}

/** Emits an item for each prompt. */
export function rows(prompts: readonly string[]): INode {
	const items = prompts.map((prompt) => ({ json: { prompt } }));
	return code('Rows', `return ${JSON.stringify(items)}`);
}

export function code(name: string, jsCode: string): INode {
	return node({ name, type: 'n8n-nodes-base.code', typeVersion: 2, parameters: { jsCode } });
}

/** Adds to each item what expressions say. */
export function set(name: string, fields: Readonly<Record<string, string>>): INode {
	const assignments = Object.entries(fields).map(([field, value]) => ({
		...{ id: field, name: field, value: `={{ ${value} }}` },
		type: 'string',
	}));
	const parameters = { assignments: { assignments }, includeOtherFields: true, options: {} };
	return node({ name, type: 'n8n-nodes-base.set', typeVersion: 3.4, parameters });
}

/** Sends an item whose expression holds to its first output, others to its second. */
export function when(name: string, condition: string): INode {
	const holds = {
		id: 'holds',
		leftValue: `={{ ${condition} }}`,
		rightValue: '',
		operator: { type: 'boolean', operation: 'true', singleValue: true },
	};
	const options = { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 };
	const parameters = {
		conditions: { options, conditions: [holds], combinator: 'and' },
		options: {},
	};
	return node({ name, type: 'n8n-nodes-base.if', typeVersion: 2, parameters });
}

/** Where a workflow starts that others call. */
export const called = node({
	name: 'Called',
	type: 'n8n-nodes-base.executeWorkflowTrigger',
	typeVersion: 1.1,
	parameters: { inputSource: 'passthrough' },
});

/** Calls another workflow with all items. */
export function call(workflowId: string, waitForSubWorkflow: boolean): INode {
	return node({
		name: 'Call',
		type: 'n8n-nodes-base.executeWorkflow',
		typeVersion: 1.2,
		parameters: {
			workflowId: { __rl: true, mode: 'id', value: workflowId },
			workflowInputs: { mappingMode: 'defineBelow', value: {} },
			options: { waitForSubWorkflow },
		},
	});
}

/** A Webhook called "Start" that answers at once. */
export function hook(path: string): INode {
	return node({
		name: 'Start',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		parameters: { httpMethod: 'POST', path },
		webhookId: path,
	});
}

/**
 * A workflow of these nodes.
 * @param lines such as `A > B:1 > C@1`: what comes out of B's second output enters C's second input
 */
export function flow(
	name: string,
	nodes: readonly INode[],
	...lines: readonly string[]
): WorkflowJson {
	const connections: IConnections = {};
	for (const line of lines) {
		const stops = line.split(' > ').map(stopOf);
		for (const [index, { node: target, input }] of stops.slice(1).entries()) {
			const { node: source = '', output = 0 } = stops[index] ?? {};
			const main = ((connections[source] ??= {}).main ??= []);
			while (main.length <= output) main.push([]);
			main[output]?.push({ node: target, type: 'main', index: input });
		}
	}
	return { name, nodes: spread(nodes), connections, settings: { executionOrder: 'v1' } };
}

function stopOf(stop: string) {
	const [, name = '', input = '0', output = '0'] = /^(.*?)(?:@(\d))?(?::(\d))?$/.exec(stop) ?? [];
	return { node: name, input: Number(input), output: Number(output) };
}

/** Side by side on the canvas. */
const spread = (nodes: readonly INode[]) =>
	nodes.map((one, index): INode => ({ ...one, position: [index * 260, 100] }));
