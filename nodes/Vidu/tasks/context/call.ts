/**
 * Which call of the node a submission belongs to, and which execution. In a workflow the call is the
 * run (in a loop). For an agent's tool n8n increases the run index with every attempt of Retry On Fail,
 * so there the calls with the same request are numbered, and an attempt continues the call that has
 * not returned yet.
 */
import type { IContextObject, IExecuteFunctions } from 'n8n-workflow';
import { isAgentTool } from './agentTool';

export interface Call {
	/** The key of an item's request; `digest` identifies the request. */
	keyFor(itemIndex: number, digest: string): string;
	/** Must be called when the node ends; `returned` is false if it threw. */
	end(returned: boolean): void;
}

const SLOT = 'viduCalls';
/** The calls in progress, by execution. */
const underway = new WeakMap<IContextObject, Set<string>>();

/** The current call of the node. */
export function callOf(context: IExecuteFunctions, runIndex: number): Call {
	if (!isAgentTool(context)) {
		return {
			keyFor: (itemIndex, digest) => `${runIndex}:${itemIndex}:${digest}`,
			end: () => undefined,
		};
	}
	// The run index of each call that has returned, by request; null for a call that has not.
	const calls = (context.getContext('node')[SLOT] ??= {}) as Record<string, Array<number | null>>;
	const others = underway.get(calls) ?? new Set();
	underway.set(calls, others);
	const own: Array<{ readonly what: string; readonly at: number; readonly key: string }> = [];
	return {
		keyFor(itemIndex, digest) {
			const what = `${itemIndex}:${digest}`;
			const returned = (calls[what] ??= []);
			const keyAt = (at: number) => `tool${at}:${what}`;
			// n8n repeats a call that returned an error under its own run index.
			const open = returned.findIndex(
				(run, at) => (run === null || run === runIndex) && !others.has(keyAt(at)),
			);
			const at = open < 0 ? returned.length : open;
			returned[at] = null;
			others.add(keyAt(at));
			own.push({ what, at, key: keyAt(at) });
			return keyAt(at);
		},
		end(returned) {
			for (const { what, at, key } of own) {
				others.delete(key);
				if (returned) (calls[what] ??= [])[at] = runIndex;
			}
		},
	};
}

/** Where an execution comes from: a retry continues with the node context of the execution that failed. */
export interface Origin {
	/** ID of the first execution. */
	readonly execution: string;
	/** When that started, in milliseconds since 1970. */
	readonly at: number;
	/** Whether the current execution is a retry of it. */
	readonly retried: boolean;
}

const ORIGIN = 'viduOrigin';

/** The origin of this execution, recorded for its retries. */
export function originOf(context: IExecuteFunctions): Origin {
	const current = context.getExecutionId();
	const kept = (context.getContext('node')[ORIGIN] ??= { execution: current, at: Date.now() });
	const { execution, at } = kept as Omit<Origin, 'retried'>;
	return { execution, at, retried: execution !== current };
}
