/** What every operation starts with: the connection of the credential and its provider. */
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { findProvider, PROVIDERS } from '../../providers';
import { connectionOf, keyOf } from '../../providers/connection';
import { discreet } from '../../providers/discreet';
import type { Connection, Provider, ProviderExtras, WireRequest } from '../../providers/types';
import type { Caller } from '../../transport/caller';
import { sendRequest, type HttpAnswer } from '../../transport/exchange';
import { failure, failureOf, refusal, toNodeError, type Failure } from '../../transport/failure';
import { createStatusReader, type StatusReader } from './taskStatus';
import { shouldContinueOnFail } from './agentTool';

export interface Session<C extends Caller = IExecuteFunctions> {
	readonly context: C;
	readonly connection: Connection;
	readonly provider: Provider;
	/** Reads the status of tasks. */
	readonly fetchStatuses: StatusReader;
}

/** Milliseconds for a request that creates no task. */
const ASK_TIMEOUT = 30_000;

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

/** The session for a connection; the key is only used to remove it from what is read. */
export function sessionAt<C extends Caller>(
	context: C,
	connection: Connection,
	key: string,
): Session<C> {
	const provider = discreet(findProvider(connection.provider, connection) as Provider, key);
	return {
		context,
		connection,
		provider,
		fetchStatuses: createStatusReader(context, connection, provider),
	};
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
	if (answer.status < 300 && typeof answer.body === 'object') return answer;
	return refusal(provider.name, provider.readError(answer.status, answer.body), what);
}

/** Tells a failure from any other result. */
export function isFailure(value: object): value is Failure {
	return 'unknownOutcome' in value;
}

/**
 * Processes all items one after another; a failure ends the node, or becomes the item's `error` if
 * the node continues on fail.
 */
export async function forEachItem(
	context: IExecuteFunctions,
	work: (itemIndex: number) => Promise<INodeExecutionData[] | Failure>,
): Promise<INodeExecutionData[][]> {
	const items: INodeExecutionData[] = [];
	for (const itemIndex of context.getInputData().keys()) {
		const answer = await work(itemIndex).catch((error: unknown) => failureOf(error));
		if (!isFailure(answer)) items.push(...answer);
		else if (shouldContinueOnFail(context)) items.push(failureItem(context, itemIndex, answer, {}));
		else throw toNodeError(context.getNode(), itemIndex, answer);
	}
	return [items];
}

/**
 * The output for a failed item while others continue: everything known about it. n8n replaces the JSON
 * of an item that has an `error` next to it, and sends only items to the error output whose JSON has
 * nothing but `error` and `message` (from 2.30 also `details`): the rest goes into `error.details`.
 */
export function failureItem(
	context: Pick<Caller, 'getNode'>,
	itemIndex: number,
	{ code, message, description }: Failure,
	known: IDataObject,
): INodeExecutionData {
	const error = { code, message, description };
	const json: IDataObject = { ...known, error };
	const errorOutput = context.getNode().onError === 'continueErrorOutput';
	return {
		json: errorOutput ? { error: { ...error, details: json }, message } : json,
		pairedItem: { item: itemIndex },
	};
}
