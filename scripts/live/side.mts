/** One of the two that are compared, and what every step does with it. */
import { connectionOf } from '../../nodes/Vidu/providers/connection.ts';
import type { Task, WireRequest } from '../../nodes/Vidu/providers/types.ts';
import { sessionAt, type Session } from '../../nodes/Vidu/tasks/context/session.ts';
import { sendRequest } from '../../nodes/Vidu/transport/exchange.ts';
import type { Budget } from './budget.mts';
import type { Door } from './door.mts';
import type { Credential } from './options.mts';
import type { Receiver } from './receiver.mts';

export const STEPS = {
	credential: 'The test of the credential',
	wrongKey: 'A wrong key',
	unknownTask: 'A task that does not exist',
	balance: 'The balance',
	unknownModel: 'An order with an unknown model',
	wrongValue: 'An order with a duration that no model has',
	upload: 'An upload',
	order: 'The order of a clip',
	orderRead: 'The order of a clip, as the package reads it',
	status: 'The status of the clip until its end',
	statusRead: 'The clip at its end, as the package reads it',
	list: 'The list of tasks',
	listRead: 'The clip in the list, as the package reads it',
	callback: 'Callbacks',
	callbackHeaders: 'The headers of callbacks',
	callbackRead: 'The last callback, as the package reads it',
	cancelFinished: 'Cancelling a clip that is ready',
	orderToCancel: 'The order of a clip to cancel',
	cancel: 'Cancelling a clip that waits',
	cancelled: 'The status of the cancelled clip',
	cancelledRead: 'The cancelled clip, as the package reads it',
} as const;
export type Step = keyof typeof STEPS;

/** Milliseconds for a request that costs nothing. */
export const REQUEST_MS = 30_000;

export interface Side {
	readonly credential: Credential;
	readonly door: Door;
	readonly session: Session;
	readonly budget: Budget;
	readonly receiver: Receiver | null;
	readonly wait: (milliseconds: number) => Promise<void>;
	/** Tells the user, and the report. */
	readonly say: (sentence: string) => void;
}

/** One side, with a session of its own. */
export function sessionOf(door: Door, credential: Credential): Session {
	return sessionAt(door.context(credential), connectionOf(credential), credential.apiKey);
}

/** Whatever is sent from now on belongs to this step. */
export const at = ({ door }: Side, step: Step) => {
	door.step = step;
};

/** Sends a request that costs nothing, if the provider has it. @returns the body, if it succeeded */
export async function ask(
	side: Side,
	step: Step,
	request: WireRequest | undefined,
): Promise<unknown> {
	if (request === undefined) return undefined;
	const { context, connection } = side.session;
	at(side, step);
	const answer = await sendRequest(context, connection, request, REQUEST_MS);
	return answer.ok ? answer.body : undefined;
}

/** Keeps a task as the package reads it, to be compared like an answer. */
export function read({ door }: Side, step: Step, { raw: _, ...task }: Task): void {
	door.keep({ method: '', path: '', status: null, body: task }, step);
}

/** Keeps what a task is said to cost. */
export function note({ budget }: Side, { taskId, state, credits, cost }: Task): void {
	const bought = budget.bought.find((each) => each.taskId === taskId);
	if (bought === undefined) return;
	bought.state = state;
	bought.charged = credits ?? bought.charged;
	bought.cost = cost === null ? bought.cost : `${cost.amount} ${cost.currency}`;
}
