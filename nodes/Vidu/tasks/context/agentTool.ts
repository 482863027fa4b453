/** What is different while a node serves an AI agent as its tool. */
import type { IExecuteFunctions } from 'n8n-workflow';

/** n8n makes another type of the node for that, of the same name with "Tool" behind it. */
export function isAgentTool(context: Pick<IExecuteFunctions, 'getNode'>): boolean {
	return context.getNode().type.endsWith('Tool');
}

/**
 * Whether an item that failed comes out as one, also for the webhook of a suspended node, which n8n
 * does not tell. For an agent it does unless told otherwise: of an error agents tell their model the
 * message alone, and those before version 3 nothing at all.
 */
export function shouldContinueOnFail(context: Pick<IExecuteFunctions, 'getNode'>): boolean {
	// `continueOnFail` is how nodes of old workflows say it.
	const { onError, continueOnFail } = context.getNode();
	return onError === undefined
		? continueOnFail === true || isAgentTool(context)
		: onError !== 'stopWorkflow';
}
