/** Where an execution comes from: a retry continues with the node context of the execution that failed. */
import type { IExecuteFunctions } from 'n8n-workflow';

export interface Origin {
	/** ID of the first execution. */
	readonly execution: string;
	/** When that started, in milliseconds since 1970. */
	readonly at: number;
	/** Whether the current execution is a retry of it. */
	readonly retried: boolean;
}

const SLOT = 'viduOrigin';

/** The origin of this execution, recorded for its retries. */
export function originOf(context: IExecuteFunctions): Origin {
	const current = context.getExecutionId();
	const kept = (context.getContext('node')[SLOT] ??= { execution: current, at: Date.now() });
	const { execution, at } = kept as Omit<Origin, 'retried'>;
	return { execution, at, retried: execution !== current };
}
