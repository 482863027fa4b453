/** What an operation is: its fields and what it does. A generating one only has to build its request. */
import type {
	EngineResponse,
	IDisplayOptions,
	IExecuteFunctions,
	INodeProperties,
	NodeOutput,
} from 'n8n-workflow';
import type { Kind } from '../catalogue/types';
import type { Fields } from '../tasks/deliver/schema';
import type { Assembly, Generation } from '../tasks/submit/request';

/** What every operation has. */
export interface Operation {
	/** As in the output item, such as `get`. */
	readonly name: string;
	/** Of its requests, if they are all of one. */
	readonly kind?: Kind;
	/** The fields of the operation, in the order of the panel. */
	properties(): readonly INodeProperties[];
	/** The fields of its items, including those that only some of them have. */
	readonly output: Fields;
	/** For the choice of what is output, where it depends on more than the operation. */
	readonly outputShown?: NonNullable<IDisplayOptions['show']>;
}

/** An operation that creates a task. */
export type GenerationOperation = Operation & Generation;

/** An operation that creates several tasks for an item, and makes one item of their results. */
export type AssembledOperation = Operation & Assembly;

/** An operation that does its requests itself. */
export interface RequestOperation extends Operation {
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
export type ListedOperation = Listing &
	(GenerationOperation | AssembledOperation | RequestOperation);
