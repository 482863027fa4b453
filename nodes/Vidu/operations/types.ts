/** What an operation is: its fields, and what it does. For one that makes something, all but the order comes for free. */
import type { EngineResponse, IExecuteFunctions, INodeProperties, NodeOutput } from 'n8n-workflow';
import type { Generation } from '../tasks/submit/request';

/** An operation that makes something, and is paid for. */
export interface GenerationOperation extends Generation {
	/** The fields of the operation, in the order of the panel. */
	properties(): readonly INodeProperties[];
}

/** An operation that asks the provider for something at once. */
export interface RequestOperation {
	/** As in the output item, such as `get`. */
	readonly name: string;
	properties(): readonly INodeProperties[];
	/** Answers all items of the node; `response` is the engine's, where it calls the node again. */
	execute(context: IExecuteFunctions, response?: EngineResponse): Promise<NodeOutput>;
}
