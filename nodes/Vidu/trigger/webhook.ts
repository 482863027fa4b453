/** The webhook of Vidu Trigger: answers the provider, and starts an execution where a callback deserves one. */
import type {
	IHookFunctions,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { authenticateCallback, WebhookReply, unverifiable } from './verify';
import { itemContext } from '../tasks/deliver/item';
import { deliver, failedItem, outputItem } from '../tasks/deliver/output';
import { isFailure, openSession } from '../tasks/context/session';
import { openTriggerSession } from './session';
import { readTriggerSettings } from './settings';

/** Handles a callback. Never throws, since n8n would start a failed execution: trouble is a 503, after which providers try again. */
export async function receiveCallback(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const response = context.getResponseObject();
	const answer = (status: number, message: string): IWebhookResponseData => {
		response.status(status).json({ message });
		return { noWebhookResponse: true };
	};
	try {
		const settings = readTriggerSettings(context);
		const session = await openTriggerSession(context);
		const judged = await authenticateCallback(session, settings);
		if (judged instanceof WebhookReply) return answer(judged.status, judged.message);
		const { task, model, forget } = judged;
		const known = itemContext(0, 'callback', { ...settings, model });
		if (!settings.downloadVideo || task.state !== 'succeeded') {
			// n8n answers once the execution exists. Where that fails the provider's next try is welcome.
			response.once('finish', () => {
				if (response.statusCode >= 300) forget();
			});
			return emit(outputItem(session, known, task));
		}
		answer(200, 'Accepted');
		const delivered = await deliver(session, known, task);
		const item = isFailure(delivered) ? failedItem(session, known, delivered) : delivered;
		return { ...emit(item), noWebhookResponse: true };
	} catch (error) {
		const { message } = error as Error;
		context.logger.error(`${context.getNode().name}: a callback could not be handled: ${message}`);
		return response.headersSent
			? { noWebhookResponse: true }
			: answer(503, 'The callback cannot be handled at the moment');
	}
}

/**
 * For publishing, and for listening in the editor.
 * @throws NodeOperationError when callbacks of the credential's provider do not come, or cannot be verified as chosen
 */
export async function assertReceivable(context: IHookFunctions): Promise<void> {
	const { provider } = await openSession(context);
	const { callback, name } = provider;
	const verification = context.getNodeParameter('verification') as string;
	if (callback === 'signed' || (callback === 'unsigned' && verification === 'fetch')) return;
	throw new NodeOperationError(
		context.getNode(),
		callback === null ? `${name} sends no callbacks` : unverifiable(provider),
		{
			description:
				callback === null
					? 'Use "Wait: Until the Video Is Ready" in the node that makes the video.'
					: 'Set "Verification" to "Ask the API Only".',
		},
	);
}

/** An item that begins a workflow comes from no other item. */
function emit({ json, binary }: INodeExecutionData): IWebhookResponseData {
	return { workflowData: [[{ json, ...(binary && { binary }) }]] };
}
