/** On whose behalf requests are sent: a running node, a webhook or its setup, or a list in the editor. */
import type {
	IExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

/** A context whose results n8n stores. */
export type Worker = IExecuteFunctions | IWebhookFunctions;

export type Caller = Worker | IHookFunctions | ILoadOptionsFunctions;

/** The signal of n8n's Stop; only a running node has one. */
export function stopSignal(caller: Caller): AbortSignal | undefined {
	return 'getExecutionCancelSignal' in caller ? caller.getExecutionCancelSignal() : undefined;
}

/** Whether n8n's Stop was pressed. */
export function isStopped(caller: Caller): boolean {
	return stopSignal(caller)?.aborted === true;
}

/** What to call at Stop, by signal. */
const waiting = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Registers a callback for n8n's Stop. One listener serves all, because Node warns of more than ten on a signal.
 * @returns a function that unregisters it
 */
export function onStop(caller: Caller, callback: () => void): () => void {
	const signal = stopSignal(caller);
	if (signal === undefined) return () => undefined;
	const callbacks = waiting.get(signal) ?? new Set();
	if (!waiting.has(signal)) {
		waiting.set(signal, callbacks);
		signal.addEventListener('abort', () => callbacks.forEach((each) => each()), { once: true });
	}
	callbacks.add(callback);
	return () => void callbacks.delete(callback);
}

/** A view of the context without a stop signal, because n8n's request helper aborts as soon as the execution is stopped. */
export function withoutStop<C extends Caller>(context: C): C {
	return withSignal(context, undefined);
}

/** A view of the context with another stop signal, because n8n's request helper takes it from there, not from its options. */
export function withSignal<C extends Caller>(context: C, signal: AbortSignal | undefined): C {
	return new Proxy(context, {
		has: (target, key) => key === 'getExecutionCancelSignal' || key in target,
		get: (target, key) => {
			if (key === 'getExecutionCancelSignal') return () => signal;
			const value: unknown = Reflect.get(target, key);
			return typeof value === 'function' ? value.bind(target) : value;
		},
	});
}
