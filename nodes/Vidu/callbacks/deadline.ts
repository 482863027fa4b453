/**
 * Makes the end of a suspension fail. When the deadline of a suspended execution passes, n8n calls no
 * code of the node: it passes the node's input on as if all were well. `resumeError` of the task's
 * metadata (n8n-workflow from 2.30) makes the node fail instead, but also when a webhook resumes it,
 * so the webhook takes it away first. The entry of the execution stack that holds it is a member of
 * the class which both contexts derive from, though not of the webhook's type: hence the guards.
 */
import type {
	IExecuteData,
	IExecuteFunctions,
	IWebhookFunctions,
	NodeApiError,
	NodeOperationError,
} from 'n8n-workflow';

type Innards = { readonly executeData?: IExecuteData };

/** Lets the deadline fail with this error, unless the webhook could not take it back. */
export function armDeadline(context: IExecuteFunctions, error: NodeOperationError): void {
	const { executeData } = context as Innards;
	if (executeData === context.getExecuteData()) context.setMetadata({ resumeError: error });
}

/** Takes back what {@link armDeadline} did: to be called before anything that resumes the execution. */
export function disarmDeadline(context: IWebhookFunctions): void {
	const metadata = (context as Innards).executeData?.metadata;
	if (metadata !== undefined) delete metadata.resumeError;
}

/** Lets the execution fail as it resumes. False where n8n cannot be made to. */
export function failOnResume(
	context: IWebhookFunctions,
	error: NodeApiError | NodeOperationError,
): boolean {
	const { executeData } = context as Innards;
	if (executeData === undefined) return false;
	executeData.metadata = { ...executeData.metadata, resumeError: error };
	return true;
}
