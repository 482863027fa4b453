/**
 * What Vidu Trigger needs of its credential, cached briefly: each time n8n gives a credential to a
 * webhook, its expression engine sets up a sandbox, which costs more than everything else (70 ms of
 * CPU time in n8n 2.40). For that long after a change of the key, callbacks signed with the new one
 * are rejected.
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
