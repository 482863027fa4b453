/**
 * What a run keeps while it is suspended: plain data in the node's context, which n8n saves. It belongs
 * to one run of one execution; a retry starts anew and re-attaches to what was submitted by its keys.
 */
import type { IContextObject } from 'n8n-workflow';
import type { Failure } from '../../transport/failure';
import type { Followed } from '../context/job';

/** The plan of a run, complete before anything is submitted. Plain data. */
export interface Planned<P> {
	readonly plans: readonly P[];
	/** Why items have no plan, by index of the input item. */
	readonly rejected: Readonly<Record<number, Failure>>;
	/** Sentences for the output pane. */
	readonly hints: readonly string[];
}

/** The progress of a run. Plain data; `failed` and `going` by position of the plan. */
export interface Progress {
	readonly failed: Readonly<Record<number, Failure>>;
	/** Tasks that are still awaited; times in milliseconds since 1970. */
	readonly going: Readonly<Record<number, Followed>>;
	/** Whether items wait to be submitted. */
	readonly queued: boolean;
	/** Since when no item was accepted, in milliseconds since 1970; null if submitting is possible. */
	readonly blockedSince: number | null;
}

export interface Suspension<P> extends Planned<P>, Progress {
	/** ID of the execution. */
	readonly execution: string;
	/** Run index of the node. */
	readonly run: number;
}

const SLOT = 'viduSuspension';

/** What the last suspended run kept, for the webhook of its node. */
export function suspensionIn<P>(nodeContext: unknown): Suspension<P> | undefined {
	const kept = (nodeContext as IContextObject | undefined)?.[SLOT] as string | undefined;
	return kept === undefined ? undefined : (JSON.parse(kept) as Suspension<P>);
}

/**
 * Keeps a suspension, or removes the last one. n8n holds it in memory while the execution sleeps, where
 * one text is smaller than many objects, as long as all its characters are below 256.
 */
export function keepSuspension<P>(
	nodeContext: IContextObject,
	suspension: Suspension<P> | undefined,
): void {
	const text = JSON.stringify(suspension) as string | undefined;
	nodeContext[SLOT] = text?.replace(/[^\0-\xff]/g, escapedCharacter);
}

/** A character (UTF-16) as the text of a string can spell it, in JSON and in JavaScript. */
export function escapedCharacter(character: string): string {
	return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
