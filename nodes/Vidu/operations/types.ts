/** What an operation is: its fields and what it does. A generating one only has to build its request. */
import type { EngineResponse, IExecuteFunctions, INodeProperties, NodeOutput } from 'n8n-workflow';
import type { Generation } from '../tasks/submit/request';

/** An operation that creates a task. */
export interface GenerationOperation extends Generation {
	/** The fields of the operation, in the order of the panel. */
	properties(): readonly INodeProperties[];
}

/** An operation that does its requests itself. */
export interface RequestOperation {
	/** As in the output item, such as `get`. */
	readonly name: string;
	properties(): readonly INodeProperties[];
	/** Processes all items of the node; `response` is the engine's, if it calls the node again. */
	execute(context: IExecuteFunctions, response?: EngineResponse): Promise<NodeOutput>;
}

/** How the Vidu node lists an operation. */
export interface Listing {
	readonly resource: string;
	/** As shown in the list of operations. */
	readonly label: string;
	/** As shown in the node picker. */
	readonly action: string;
	/** For people and agents. */
	readonly description: string;
}

/** An operation of the Vidu node. */
export type ListedOperation = Listing & (GenerationOperation | RequestOperation);
