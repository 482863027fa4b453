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

/** Whether n8n's Stop was pressed. */
export function isStopped(caller: Caller): boolean {
	return stopSignal(caller)?.aborted === true;
}

/** By signal: what is to be done at Stop. */
const waiting = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls back at n8n's Stop; many may wait for it, while Node warns of more than ten listeners to a signal.
 * @returns a function that takes this back
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

/** n8n's request helper aborts at once when the execution is stopped; this view of the context has no such signal. */
export function withoutStop<C extends Caller>(context: C): C {
	return withSignal(context, undefined);
}

/** A view of the context whose stop signal is another one: n8n's request helper takes it from there, whatever its options say. */
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
