/**
 * What Vidu Trigger needs of its credential, kept for a minute: each time n8n hands a credential to a
 * webhook it sets up a sandbox for expressions, which costs as much as an execution.
 */
import type { IWebhookFunctions } from 'n8n-workflow';
import { connectionOf, keyOf } from '../providers/connection';
import type { Connection } from '../providers/types';
import { sessionAt, type Session } from './session';

export interface TriggerSession extends Session<IWebhookFunctions> {
	readonly key: string;
	/** The key as it is now, for a signature that does not fit the one that was kept. */
	newestKey(): Promise<string>;
}

interface Kept {
	readonly connection: Connection;
	readonly key: string;
	/** Milliseconds since 1970. */
	readonly at: number;
}

/** Milliseconds. */
const MINUTE = 60_000;
/** So that forged callbacks do not make n8n read the credential each. */
const JUST_READ = 5_000;
const keptByNode = new Map<string, Kept>();

/** @throws Error when the credential cannot be used as it is */
export async function openTriggerSession(context: IWebhookFunctions): Promise<TriggerSession> {
	const { id, credentials } = context.getNode();
	const node = `${context.getWorkflow().id}:${id}:${credentials?.viduApi?.id}`;
	const read = async (maxAge: number): Promise<Kept> => {
		const kept = keptByNode.get(node);
		if (kept !== undefined && Date.now() - kept.at < maxAge) return kept;
		const credential = await context.getCredentials('viduApi');
		const fresh = { connection: connectionOf(credential), key: keyOf(credential), at: Date.now() };
		keptByNode.set(node, fresh);
		return fresh;
	};
	const { connection, key } = await read(MINUTE);
	return {
		...sessionAt(context, connection, key),
		key,
		newestKey: async () => (await read(JUST_READ)).key,
	};
}
