/**
 * What a callback to Vidu Trigger is worth: verify, recognise repetitions, ask the API, filter.
 * Nothing is let through on the word of the body alone unless the user said so, since it is unsigned.
 */
import { readCallback } from '../callbacks/body';
import { handledBy } from '../callbacks/handled';
import { bodyOf, givenUrl } from '../callbacks/incoming';
import { verifySignature } from '../callbacks/signature';
import { fields, text } from '../providers/read';
import type { Provider, Task } from '../providers/types';
import { ask, isFailure } from './session';
import type { TriggerSession } from './triggerSession';
import { eventOf, type TriggerSettings } from './triggerSettings';

/** An answer that starts no execution. */
export class Reply {
	constructor(
		readonly status: number,
		readonly message: string,
	) {}
}
const REPEATED = new Reply(200, 'Known already');
/** Also kept out of the path of a request with the key: no dots, no slashes. */
const TASK_ID = /^[\w-]{1,128}$/;

export const unverifiable = ({ name }: Provider) =>
	`${name} does not sign callbacks in a way that your API key can verify`;

export interface Accepted {
	readonly task: Task;
	readonly model: string | null;
	/** Makes the callback new again. */
	forget(): void;
}

/** What is to be done about a callback. It remembers those that it lets through. */
export async function judge(
	session: TriggerSession,
	settings: TriggerSettings,
): Promise<Accepted | Reply> {
	const { context, provider } = session;
	const handled = handledBy(context);
	const marks: string[] = [];
	if (settings.verification !== 'fetch') {
		const nonce = await nonceOf(session, settings);
		if (nonce instanceof Reply) return nonce;
		if (handled.has(nonce)) return REPEATED;
		marks.push(nonce);
	}
	const told = readCallback(provider, bodyOf(context));
	const byBody = settings.verification === 'signature';
	if (told === null || !(TASK_ID.test(told.taskId) || (byBody && told.taskId === ''))) {
		return new Reply(400, 'The body is no callback of a task: JSON with its id and state');
	}
	const id = told.taskId;
	const known = (event: string) =>
		id !== '' &&
		(handled.has(`${id} ended`) || (event === 'processing' && handled.has(`${id} begun`)));
	if (known(eventOf(told.state))) return REPEATED;

	const task = byBody ? told : await fetched(session, told);
	if (task instanceof Reply) return task;
	const model = await modelOf(session, settings, task);
	// From here on nothing waits, so that of several callbacks at once one goes on.
	const event = eventOf(task.state);
	if (known(event) || marks.some(handled.has)) return REPEATED;
	if (id !== '') marks.push(event === 'processing' ? `${id} begun` : `${id} ended`);
	handled.add(...marks);
	if (!settings.events.includes(event)) return new Reply(200, `Not asked for: ${event}`);
	if (model !== null && settings.models.length > 0 && !settings.models.includes(model)) {
		return new Reply(200, `Not asked for: ${model}`);
	}
	return { task, model, forget: () => handled.forget(...marks) };
}

/** The nonce of a callback that is signed as it should be. */
async function nonceOf(
	{ context, provider, key, newestKey }: TriggerSession,
	{ callbackUrl, maxClockSkew }: TriggerSettings,
): Promise<string | Reply> {
	const refuse = (sentence: string) => {
		context.logger.warn(`${context.getNode().name}: a callback was refused: ${sentence}`);
		return new Reply(401, sentence);
	};
	if (provider.callback !== 'signed') return refuse(unverifiable(provider));
	const { method, headers } = context.getRequestObject();
	const url = givenUrl(context, callbackUrl);
	const verify = (by: string) =>
		verifySignature({ method, url, headers, key: by, now: Date.now(), maxClockSkew });
	let verdict = verify(key);
	if (!verdict.ok && verdict.reason === 'wrong') verdict = verify(await newestKey());
	return verdict.ok ? verdict.nonce : refuse(verdict.sentence);
}

/** The task as the API knows it. */
async function fetched({ context, look }: TriggerSession, told: Task): Promise<Task | Reply> {
	const { tasks, refused } = await look([told.taskId]);
	const status = refused.get(told.taskId)?.httpStatus ?? null;
	// Success is what ends the provider's tries, and no later one would find the task.
	if (status !== null && status !== 401 && status !== 403) return new Reply(200, 'Unknown task');
	const task = tasks.get(told.taskId);
	if (task === undefined) {
		context.logger.warn(`${context.getNode().name}: the API could not be asked about a callback`);
		return new Reply(503, 'The task cannot be looked up at the moment');
	}
	const ahead = eventOf(told.state) !== 'processing' && eventOf(task.state) === 'processing';
	return ahead ? new Reply(503, 'The API shows the task as running yet') : task;
}

/** The model, where it is told. Vidu tells it in its list of tasks only, which is asked when it matters. */
async function modelOf(
	session: TriggerSession,
	{ models }: TriggerSettings,
	task: Task,
): Promise<string | null> {
	const modelIn = (body: unknown) => text(fields(body).model);
	const told = modelIn(task.raw);
	const { list } = session.provider;
	if (told !== null || models.length === 0 || list === undefined) return told;
	const answer = await ask(session, list.request([task.taskId]), 'to list the task');
	if (isFailure(answer)) return null;
	return modelIn(list.read(answer.body).find(({ taskId }) => taskId === task.taskId)?.raw);
}
