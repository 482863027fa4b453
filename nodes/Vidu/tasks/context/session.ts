/** What every operation starts with: the connection of the credential and its provider. */
import type { IExecuteFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { findProvider, PROVIDERS } from '../../providers';
import { connectionOf, keyOf } from '../../providers/connection';
import { discreet } from '../../providers/discreet';
import type {
	Connection,
	Pages,
	Provider,
	ProviderExtras,
	WireRequest,
} from '../../providers/types';
import { withoutStop, type Caller } from '../../transport/caller';
import { sendRequest, type HttpAnswer } from '../../transport/exchange';
import { failure, isFailure, refusal, type Failure } from '../../transport/failure';
import { createStatusReader, type Access, type StatusReader } from './taskStatus';

export interface Session<C extends Caller = IExecuteFunctions> extends Access<C> {
	/** The API key, which signs callbacks. */
	readonly key: string;
	/** Reads the status of tasks. */
	readonly fetchStatuses: StatusReader;
}

/** Milliseconds for a request that creates no task. */
const ASK_TIMEOUT = 30_000;
/** Milliseconds. */
const CANCEL_TIMEOUT = 5_000;
/** Vidu's largest page. */
export const PAGE_SIZE = 100;

/**
 * Opens a session with the node's credential.
 * @throws NodeOperationError if the credential is incomplete or invalid
 */
export async function openSession<C extends Caller>(context: C): Promise<Session<C>> {
	const credential = await context.getCredentials('viduApi');
	try {
		return sessionAt(context, connectionOf(credential), keyOf(credential));
	} catch (error) {
		throw new NodeOperationError(context.getNode(), error as Error, {
			description: 'Correct the credential of this node.',
		});
	}
}

/** The session for a connection; nothing that is read contains the key. */
export function sessionAt<C extends Caller>(
	context: C,
	connection: Connection,
	key: string,
): Session<C> {
	const provider = discreet(findProvider(connection.provider, connection) as Provider, key);
	const access = { context, connection, provider };
	return { ...access, key, fetchStatuses: createStatusReader(access) };
}

/** What the provider has beyond tasks, or a failure that names the providers that have it. `what` begins that sentence. */
export function requireCapability<K extends keyof ProviderExtras>(
	{ provider }: Session<Caller>,
	key: K,
	what: string,
): NonNullable<ProviderExtras[K]> | Failure {
	const having = PROVIDERS.filter((other) => other[key] !== undefined).map(({ name }) => name);
	return (
		provider[key] ??
		failure(`${what} at ${having.join(' and ')} only`, `This credential is for ${provider.name}.`)
	);
}

/** Sends a request that costs nothing; returns its response, or why there is none. `what` completes "refused …". */
export async function requestFree(
	{ context, connection, provider }: Session<Caller>,
	request: WireRequest,
	what: string,
): Promise<HttpAnswer | Failure> {
	const answer = await sendRequest(context, connection, request, ASK_TIMEOUT);
	if (answer.kind === 'noAnswer') {
		return failure(`${provider.name} did not respond: ${answer.reason}`, 'Try again.');
	}
	if (answer.ok && typeof answer.body === 'object') return answer;
	return refusal(provider.name, provider.readError(answer.status, answer.body), what);
}

/** Reads up to `limit` rows of a list, or returns why it cannot. `what` completes "refused …". */
export async function readPages<F, T>(
	session: Session<Caller>,
	{ page, read, nextPageToken }: Pages<F, T>,
	filters: F,
	limit: number,
	what: string,
): Promise<T[] | Failure> {
	const rows: T[] = [];
	let token: string | null = null;
	do {
		const request = page(filters, Math.min(limit - rows.length, PAGE_SIZE), token);
		const answer: HttpAnswer | Failure = await requestFree(session, request, what);
		if (isFailure(answer)) return answer;
		rows.push(...read(answer.body));
		token = nextPageToken(answer.body);
	} while (token !== null && rows.length < limit);
	return rows.slice(0, limit);
}

/**
 * Asks the provider to cancel tasks after the execution was stopped; those that have started continue.
 * @returns the IDs of the cancelled tasks
 */
export async function cancelTasks(
	{ context, connection, provider: { cancel } }: Access<IExecuteFunctions>,
	taskIds: readonly string[],
): Promise<string[]> {
	if (cancel === undefined) return [];
	const unstoppable = withoutStop(context);
	const cancelled = await Promise.all(
		taskIds.map(async (id) => {
			const request = cancel.request(id);
			const answer = await sendRequest(unstoppable, connection, request, CANCEL_TIMEOUT);
			return answer.ok ? [id] : [];
		}),
	);
	return cancelled.flat();
}
