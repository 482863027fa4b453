/** Where an execution comes from: a retry goes on with the node's context of the execution that failed. */
import type { IExecuteFunctions } from 'n8n-workflow';

export interface Origin {
	/** Id of the execution that began it all. */
	readonly execution: string;
	/** When that was, in milliseconds since 1970. */
	readonly at: number;
	/** Whether this is another execution than that. */
	readonly retried: boolean;
}

const SLOT = 'viduOrigin';

/** The origin of this execution, noted for those that retry it. */
export function originOf(context: IExecuteFunctions): Origin {
	const current = context.getExecutionId();
	const kept = (context.getContext('node')[SLOT] ??= { execution: current, at: Date.now() });
	const { execution, at } = kept as Omit<Origin, 'retried'>;
	return { execution, at, retried: execution !== current };
}
