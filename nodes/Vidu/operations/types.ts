/** What an operation is: its fields, and what it does. For one that makes something, all but the request comes for free. */
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

/** How the Vidu node lists an operation. */
export interface Listing {
	readonly resource: string;
	/** As shown in the list of operations. */
	readonly label: string;
	/** As shown where actions are searched for. */
	readonly action: string;
	/** For people, and for an agent that chooses. */
	readonly description: string;
}

/** An operation of the Vidu node. */
export type ListedOperation = Listing & (GenerationOperation | RequestOperation);
