/**
 * Which call of the node a purchase belongs to. In a workflow that is its run (in a loop). For an
 * agent's tool n8n counts the run up with every try of Retry On Fail, so there the calls that ask for
 * the same thing are numbered, and a try goes on with the call that has not returned yet.
 */
import type { IContextObject, IExecuteFunctions } from 'n8n-workflow';
import { isAgentTool } from './agentTool';

export interface Call {
	/** The key for what an item asks for, given what tells the request from others. */
	keyFor(itemIndex: number, digest: string): string;
	/** To be called when the node ends: whether it returned something, good or bad, or has thrown. */
	end(returned: boolean): void;
}

const SLOT = 'viduCalls';
/** By execution: the calls that are being made. */
const underway = new WeakMap<IContextObject, Set<string>>();

/** This call of the node. */
export function callOf(context: IExecuteFunctions, runIndex: number): Call {
	if (!isAgentTool(context)) {
		return {
			keyFor: (itemIndex, digest) => `${runIndex}:${itemIndex}:${digest}`,
			end: () => undefined,
		};
	}
	// The runs that have returned, by what was asked for; null for a call that has not.
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
