/** The webhook of Vidu Trigger: responds to the provider, and starts an execution for a verified callback. */
import type {
	IHookFunctions,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { answering, respond } from '../callbacks/incoming';
import { authenticateCallback, WebhookReply, unverifiable } from './verify';
import { itemContext } from '../tasks/context/itemContext';
import { deliver, failedItem, outputItem } from '../tasks/deliver/output';
import { openForMoment } from '../tasks/context/moment';
import { openSession } from '../tasks/context/session';
import { isFailure } from '../transport/failure';
import { QUERY_ONLY, readTriggerSettings } from './settings';

/** Handles a callback. Never throws. */
export async function receiveCallback(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	return await answering(context, async () => {
		const settings = readTriggerSettings(context);
		const session = await openForMoment(context);
		const judged = await authenticateCallback(session, settings);
		if (judged instanceof WebhookReply) return respond(context, judged.status, judged.message);
		const { task, model, forget } = judged;
		const known = itemContext(0, 'callback', { ...settings, model });
		if (!settings.downloadVideo || task.state !== 'succeeded') {
			const response = context.getResponseObject();
			// n8n responds once the execution exists. If that fails, the provider's retry must get through.
			response.once('finish', () => {
				if (response.statusCode >= 300) forget();
			});
			return emit(outputItem(session, known, task));
		}
		const accepted = respond(context, 200, 'Accepted');
		const delivered = await deliver(session, known, task);
		const item = isFailure(delivered) ? failedItem(session, known, delivered) : delivered;
		return { ...emit(item), ...accepted };
	});
}

/**
 * Called when the workflow is published or listens in the editor.
 * @throws NodeOperationError if the credential's provider sends no callbacks, or they cannot be verified as chosen
 */
export async function assertReceivable(context: IHookFunctions): Promise<void> {
	const { provider } = await openSession(context);
	const { callback, name } = provider;
	const verification = context.getNodeParameter('verification') as string;
	if (callback === 'signed' || (callback === 'unsigned' && verification === 'fetch')) return;
	throw new NodeOperationError(
		context.getNode(),
		callback === null ? `${name} does not send callbacks` : unverifiable(provider),
		{
			description:
				callback === null
					? 'Use "Wait: Until the Video Is Ready" in the node that makes the video.'
					: `Set "Verification" to "${QUERY_ONLY}".`,
		},
	);
}

/** The first item of a workflow is paired with no other item. */
function emit({ json, binary }: INodeExecutionData): IWebhookResponseData {
	return { workflowData: [[{ json, ...(binary && { binary }) }]] };
}
