/** Cancels tasks after the execution was stopped. */
import type { IExecuteFunctions } from 'n8n-workflow';
import type { Connection, Provider } from '../providers/types';
import { exchange } from '../transport/exchange';

/** Milliseconds. */
const CANCEL_TIMEOUT = 5_000;

/**
 * Asks the provider to cancel each task; those that have begun go on.
 * @returns the ids of the tasks that were cancelled
 */
export async function cancelTasks(
	context: IExecuteFunctions,
	connection: Connection,
	provider: Provider,
	taskIds: readonly string[],
): Promise<string[]> {
	const { cancel } = provider;
	if (cancel === undefined) return [];
	const unstoppable = withoutStopSignal(context);
	const answers = await Promise.all(
		taskIds.map(async (taskId) => ({
			taskId,
			answer: await exchange(unstoppable, connection, cancel.request(taskId), CANCEL_TIMEOUT),
		})),
	);
	return answers
		.filter(({ answer }) => answer.kind === 'answer' && answer.status < 300)
		.map(({ taskId }) => taskId);
}

/** n8n's request helper aborts at once when the execution is stopped; this view of the context has no such signal. */
function withoutStopSignal(context: IExecuteFunctions): IExecuteFunctions {
	return new Proxy(context, {
		has: (target, key) => key !== 'getExecutionCancelSignal' && key in target,
		get: (target, key) => {
			if (key === 'getExecutionCancelSignal') return () => undefined;
			const value: unknown = Reflect.get(target, key);
			return typeof value === 'function' ? value.bind(target) : value;
		},
	});
}
