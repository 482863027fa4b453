/** Sessions of webhooks, whose credential is kept for a moment. */
import type { IWebhookFunctions } from 'n8n-workflow';
import { connectionOf, keyOf } from '../../providers/connection';
import type { Connection } from '../../providers/types';
import { sessionAt, type Session } from './session';

/**
 * How long what a webhook needs of its credential is kept, in milliseconds: each time n8n gives a
 * credential to a webhook, it reads it from the database, and its expression engine sets up a sandbox,
 * which costs more than everything else (70 ms of CPU time in n8n 2.40). For that long after a change of the
 * key, callbacks signed with the new one are rejected.
 */
const MOMENT = 5_000;

interface Kept {
	/** A promise, because callbacks come in bursts: those that arrive while it is read wait for the same. */
	readonly account: Promise<{ readonly connection: Connection; readonly key: string }>;
	/** Milliseconds since 1970. */
	readonly at: number;
}

/** By node and user, as n8n may give each user another credential. */
const keptBy = new Map<string, Kept>();

/**
 * Opens the session of a webhook.
 * @throws Error if the credential cannot be used as it is
 */
export async function openForMoment(
	context: IWebhookFunctions,
): Promise<Session<IWebhookFunctions>> {
	const { id, credentials } = context.getNode();
	// Older versions of n8n give all users the same.
	const { getExecutionContext }: Partial<IWebhookFunctions> = context;
	const user = getExecutionContext?.call(context)?.credentials;
	const node = [context.getWorkflow().id, id, credentials?.viduApi?.id, user].join(':');
	const now = Date.now();
	for (const [other, { at }] of keptBy) if (now - at >= MOMENT) keptBy.delete(other);
	let kept = keptBy.get(node);
	if (kept === undefined) {
		kept = { account: accountOf(context), at: now };
		keptBy.set(node, kept);
		kept.account.catch(() => keptBy.delete(node));
	}
	const { connection, key } = await kept.account;
	return sessionAt(context, connection, key);
}

async function accountOf(context: IWebhookFunctions) {
	const credential = await context.getCredentials('viduApi');
	return { connection: connectionOf(credential), key: keyOf(credential) };
}
