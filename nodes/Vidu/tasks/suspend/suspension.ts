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

/**
 * What suspensions have in common, in which the position of a piece is the character that stands for
 * it: JSON contains none below 32. A change of names only makes them longer.
 */
const PIECES = [
	'',
	'{"plans":[{"itemIndex":',
	',"settings":{"waitMode":"suspend","timeout":null,"pollInterval":',
	',"requestsPerMinute":null,"maxCredits":null,"checkBalance":false,"cancelOnStop":false,"dedupeKey":',
	',"item":{"itemIndex":',
	'"makes":"video","model":"',
	',"images":[{"label":"image 1 in \\"Image URLs\\"',
	',"downloadCover":false,"binaryPropertyName":"data","includeRaw":false},"key":"',
	'"pace":{"expected":',
	',"wait":true}',
	',"rejected":{},"hints":[],"failed":{},"going":{"',
	',"progress":null,"videos":[],"also":{},"error":null,"credits":',
	',"expiresInSeconds":null,"raw":null},"since":',
	',"refusedSince":null,"emptySince":null}',
	',"state":"queued","nativeState":"created"',
	',"queued":false,"blockedSince":null,"execution":"',
	'"estimatedCredits":',
	'"atMostCredits":',
	'"maxConcurrency":',
	'"operation":"',
	'{"task":{"taskId":"',
	',"cost":null,"payload":',
	'"createdAt":"',
	'"downloadVideo":',
	'"interval":',
	'"payload":',
	'"timeout":',
] as const;

/** What the last suspended run kept, for the webhook of its node. */
export function suspensionIn<P>(nodeContext: unknown): Suspension<P> | undefined {
	const kept = (nodeContext as IContextObject | undefined)?.[SLOT] as string | undefined;
	if (kept === undefined) return undefined;
	const text = kept.replace(/[^ -\xff]/g, (piece) => PIECES[piece.charCodeAt(0)] ?? piece);
	return JSON.parse(text) as Suspension<P>;
}

/**
 * Keeps a suspension, or removes the last one. n8n holds it in memory while the execution sleeps, where
 * one short text is smaller than many objects, as long as all its characters are below 256.
 */
export function keepSuspension<P>(
	nodeContext: IContextObject,
	suspension: Suspension<P> | undefined,
): void {
	const text = JSON.stringify(suspension) as string | undefined;
	nodeContext[SLOT] = PIECES.slice(1)
		.reduce((rest, piece, at) => rest?.replaceAll(piece, String.fromCharCode(at + 1)), text)
		?.replace(/[^\0-\xff]/g, escapedCharacter);
}

/** A character (UTF-16) as the text of a string can spell it, in JSON and in JavaScript. */
export function escapedCharacter(character: string): string {
	return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
