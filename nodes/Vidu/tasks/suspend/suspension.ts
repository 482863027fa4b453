/**
 * What a run keeps while it sleeps: plain data in the node's context, which n8n saves. It belongs to
 * one run of one execution; a retry begins anew, and takes up what was submitted by its keys.
 */
import type { IContextObject } from 'n8n-workflow';
import type { Failure } from '../../transport/failure';
import type { Followed } from '../poll/follow';

/** What a run is to do, all of it known before anything is submitted. Plain data. */
export interface Planned<P> {
	readonly plans: readonly P[];
	/** Why some have no plan, by input item. */
	readonly rejected: Readonly<Record<number, Failure>>;
	/** Sentences for the output pane. */
	readonly hints: readonly string[];
}

/** How far a run has come. Plain data; both by position of the plan. */
export interface Progress {
	readonly failed: Readonly<Record<number, Failure>>;
	/** Tasks that are waited for; times in milliseconds since 1970. */
	readonly going: Readonly<Record<number, Followed>>;
	/** Whether items wait to be submitted. */
	readonly queued: boolean;
	/** Since when no item was taken, in milliseconds since 1970; null while the way is free. */
	readonly blockedSince: number | null;
}

export interface Suspension<P> extends Planned<P>, Progress {
	/** Id of the execution. */
	readonly execution: string;
	/** Run index of the node. */
	readonly run: number;
}

const SLOT = 'viduSuspension';

/** What the run that slept last left, as the webhook of its node sees it. */
export function suspensionIn<P>(nodeContext: unknown): Suspension<P> | undefined {
	const kept = (nodeContext as IContextObject | undefined)?.[SLOT] as string | undefined;
	return kept === undefined ? undefined : (JSON.parse(kept) as Suspension<P>);
}

/**
 * Keeps it, or nothing more. n8n holds it in memory while the execution sleeps, where one text is
 * smaller than many objects, as long as all its characters are below 256.
 */
export function keepSuspension<P>(
	nodeContext: IContextObject,
	suspension: Suspension<P> | undefined,
): void {
	nodeContext[SLOT] =
		suspension && JSON.stringify(suspension).replace(/[^\0-\xff]/g, escapedCharacter);
}

/** A character (UTF-16) as the text of a string can spell it, in JSON and in JavaScript. */
export function escapedCharacter(character: string): string {
	return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
