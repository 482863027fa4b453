/** What differs while a node is the tool of an AI agent. */
import type { IExecuteFunctions } from 'n8n-workflow';

/** For tools n8n derives a node type whose name ends with "Tool". */
export function isAgentTool(context: Pick<IExecuteFunctions, 'getNode'>): boolean {
	return context.getNode().type.endsWith('Tool');
}

/**
 * Whether a failed item is output instead of ending the node; also for the webhook of a suspended
 * node, where n8n has no `continueOnFail()`. For agents this is the default, because of an error they
 * pass only the message to their model, and agents before version 3 nothing.
 */
export function shouldContinueOnFail(context: Pick<IExecuteFunctions, 'getNode'>): boolean {
	// Nodes of old workflows have `continueOnFail`.
	const { onError, continueOnFail } = context.getNode();
	return onError === undefined
		? continueOnFail === true || isAgentTool(context)
		: onError !== 'stopWorkflow';
}
