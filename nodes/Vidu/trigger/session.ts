/**
 * What Vidu Trigger needs of its credential, kept for a moment: each time n8n hands a credential to a
 * webhook its expression engine sets up a sandbox, which costs more than all the rest (70 ms of a
 * processor in n8n 2.40). After the key was changed, callbacks signed with it are refused that long.
 */
import type { IWebhookFunctions } from 'n8n-workflow';
import { connectionOf, keyOf } from '../providers/connection';
import type { Connection } from '../providers/types';
import { sessionAt, type Session } from '../tasks/context/session';

export interface TriggerSession extends Session<IWebhookFunctions> {
	readonly key: string;
}

interface Kept {
	readonly connection: Connection;
	readonly key: string;
	/** Milliseconds since 1970. */
	readonly at: number;
}

/** Milliseconds. */
const MOMENT = 5_000;
const keptByNode = new Map<string, Kept>();

/** @throws Error when the credential cannot be used as it is */
export async function openTriggerSession(context: IWebhookFunctions): Promise<TriggerSession> {
	const { id, credentials } = context.getNode();
	const node = `${context.getWorkflow().id}:${id}:${credentials?.viduApi?.id}`;
	let kept = keptByNode.get(node);
	if (kept === undefined || Date.now() - kept.at >= MOMENT) {
		const credential = await context.getCredentials('viduApi');
		kept = { connection: connectionOf(credential), key: keyOf(credential), at: Date.now() };
		keptByNode.set(node, kept);
	}
	return { ...sessionAt(context, kept.connection, kept.key), key: kept.key };
}
