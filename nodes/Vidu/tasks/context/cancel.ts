/** Cancels tasks after the execution was stopped. */
import type { IExecuteFunctions } from 'n8n-workflow';
import type { Connection, Provider } from '../../providers/types';
import { withoutStop } from '../../transport/caller';
import { sendRequest } from '../../transport/exchange';

/** Milliseconds. */
const CANCEL_TIMEOUT = 5_000;

/**
 * Asks the provider to cancel tasks; those that have started continue.
 * @returns the IDs of the cancelled tasks
 */
export async function cancelTasks(
	context: IExecuteFunctions,
	connection: Connection,
	provider: Provider,
	taskIds: readonly string[],
): Promise<string[]> {
	const { cancel } = provider;
	if (cancel === undefined) return [];
	const unstoppable = withoutStop(context);
	const answers = await Promise.all(
		taskIds.map(async (taskId) => ({
			taskId,
			answer: await sendRequest(unstoppable, connection, cancel.request(taskId), CANCEL_TIMEOUT),
		})),
	);
	return answers
		.filter(({ answer }) => answer.kind === 'answer' && answer.status < 300)
		.map(({ taskId }) => taskId);
}
