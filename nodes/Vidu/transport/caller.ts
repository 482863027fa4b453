/** On whose behalf requests are sent: a node that runs, a webhook or its set-up, or a list in the editor. */
import type {
	IExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

/** A context whose results n8n keeps. */
export type Worker = IExecuteFunctions | IWebhookFunctions;

export type Caller = Worker | IHookFunctions | ILoadOptionsFunctions;

/** The signal of n8n's Stop; only a node that runs has one. */
export function stopSignal(caller: Caller): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in caller ? caller.getExecutionCancelSignal() : undefined;
}
