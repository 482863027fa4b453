/**
 * Authenticates callbacks to Vidu Trigger: verify the signature, recognize repetitions, query the API,
 * filter. Nothing is let through by its body alone unless the user chose so, because it is unsigned.
 */
import type { IWebhookFunctions } from 'n8n-workflow';
import { authenticate, bodyOf, givenUrl, readCallback } from '../callbacks/incoming';
import type { Mark } from '../callbacks/marks';
import { asRecord, asArray, asText } from '../providers/read';
import { NO_OUTPUT, type Provider, type Task } from '../providers/types';
import { requestFree, type Session } from '../tasks/context/session';
import { isFailure } from '../transport/failure';
import { processedBy, taskMark, type ProcessedCallbacks } from './processedCallbacks';
import { eventOf, type TriggerSettings } from './settings';

/** A response that starts no execution. */
export class WebhookReply {
	constructor(
		readonly status: number,
		readonly message: string,
	) {}
}
const REPEATED = new WebhookReply(200, 'Already processed');
/** It becomes part of the path of a request with the key, hence no dots or slashes. */
const TASK_ID = /^[\w-]{1,128}$/;

export const unverifiable = ({ name }: Provider) =>
	`Callbacks from ${name} cannot be verified with your API key`;

interface VerifiedCallback {
	readonly task: Task;
	readonly model: string | null;
	/** Lets a repetition of the callback through. */
	forget(): void;
}

/**
 * Decides what to do about a callback. Its nonce is remembered whatever the outcome, unless the
 * provider is asked to retry: it is not documented whether a retry is signed anew.
 */
export async function authenticateCallback(
	session: Session<IWebhookFunctions>,
	settings: TriggerSettings,
): Promise<VerifiedCallback | WebhookReply> {
	const handled = processedBy(session.context);
	if (settings.verification === 'fetch') return await verifyTask(session, settings, handled, []);
	const nonce = nonceOf(session, settings);
	if (typeof nonce === 'string') {
		session.context.logger.warn(`${session.context.getNode().name}: rejected a callback: ${nonce}`);
		return new WebhookReply(401, nonce);
	}
	if (handled.has(nonce)) return REPEATED;
	const judged = await verifyTask(session, settings, handled, [nonce]);
	if (judged instanceof WebhookReply && judged.status < 500) handled.add(nonce);
	return judged;
}

/** Decides by what a callback says. Remembers those that it lets through, also by `marks`. */
async function verifyTask(
	session: Session<IWebhookFunctions>,
	settings: TriggerSettings,
	handled: ProcessedCallbacks,
	marks: readonly Mark[],
): Promise<VerifiedCallback | WebhookReply> {
	const { context, provider } = session;
	const byBody = settings.verification === 'signature';
	const body = bodyOf(context);
	const told = readCallback(provider, body);
	if (told === null || !(TASK_ID.test(told.taskId) || (byBody && told.taskId === ''))) {
		return new WebhookReply(
			400,
			'The body is not a task callback: expected JSON with the ID and state of a task',
		);
	}
	// Providers' readers drop links that cannot be files.
	const links = asArray(asRecord(body).creations).length;
	if (byBody && links > 0 && told.error?.code === NO_OUTPUT) {
		return new WebhookReply(400, 'A link in the body does not point to a file');
	}
	const id = told.taskId;
	const begun = taskMark(id, 'begun');
	const ended = taskMark(id, 'ended');
	const known = (event: string) =>
		id !== '' && (handled.has(ended) || (event === 'processing' && handled.has(begun)));
	if (known(eventOf(told.state))) return REPEATED;

	const task = byBody ? told : await fetched(session, told);
	if (task instanceof WebhookReply) return task;
	const model = await modelOf(session, settings, task);
	// Nothing is awaited from here on, so that only one of several simultaneous callbacks continues.
	const event = eventOf(task.state);
	if (known(event) || marks.some(handled.has)) return REPEATED;
	const all = id === '' ? marks : [...marks, event === 'processing' ? begun : ended];
	handled.add(...all);
	if (!settings.events.includes(event))
		return new WebhookReply(200, `Ignored: ${event} is not selected`);
	if (model !== null && settings.models.length > 0 && !settings.models.includes(model)) {
		return new WebhookReply(200, `Ignored: ${model} is not selected`);
	}
	return { task, model, forget: () => handled.forget(...all) };
}

/** The nonce of a callback whose signature is valid, or why it is rejected. */
function nonceOf(
	{ context, provider, key }: Session<IWebhookFunctions>,
	{ callbackUrl, maxClockSkew }: TriggerSettings,
): Mark | string {
	return provider.callback === 'signed'
		? authenticate(context, { url: givenUrl(context, callbackUrl), key, maxClockSkew })
		: unverifiable(provider);
}

/** The task as the API returns it. */
async function fetched(
	{ context, fetchStatuses }: Session<IWebhookFunctions>,
	told: Task,
): Promise<Task | WebhookReply> {
	const { tasks, refused } = await fetchStatuses([told.taskId]);
	// A success, because a retry by the provider would not find the task either.
	if (refused.get(told.taskId)?.httpStatus === 404) return new WebhookReply(200, 'Unknown task');
	const task = tasks.get(told.taskId);
	if (task === undefined) {
		context.logger.warn(`${context.getNode().name}: could not query the API about a callback`);
		return new WebhookReply(503, 'The task cannot be read at the moment');
	}
	const ahead = eventOf(told.state) !== 'processing' && eventOf(task.state) === 'processing';
	if (ahead) return new WebhookReply(503, 'The API still reports the task as running');
	return { ...task, taskId: told.taskId };
}

/** The model, if known. Vidu returns it in its list of tasks only, which is read when it matters. */
async function modelOf(
	session: Session<IWebhookFunctions>,
	{ models }: TriggerSettings,
	task: Task,
): Promise<string | null> {
	const modelIn = (body: unknown) => asText(asRecord(body).model);
	const told = modelIn(task.raw);
	const { list } = session.provider;
	if (told !== null || models.length === 0 || list === undefined) return told;
	const answer = await requestFree(session, list.request([task.taskId]), 'to list the task');
	if (isFailure(answer)) return null;
	return modelIn(list.read(answer.body).find(({ taskId }) => taskId === task.taskId)?.raw);
}
