/**
 * What is tried, in order, with the package's own code: against the provider, and beforehand against
 * the sandbox.
 */
import type { MediaInput } from '../../nodes/Vidu/media/input.ts';
import { connectionOf } from '../../nodes/Vidu/providers/connection.ts';
import { isFinal, type Task } from '../../nodes/Vidu/providers/types.ts';
import { sendRequest } from '../../nodes/Vidu/transport/exchange.ts';
import { cheapestClip, type Clip } from './clip.mts';
import { testCredential } from './credentialTest.mts';
import { isRefused, order, picture } from './orders.mts';
import { ask, at, note, read, REQUEST_MS, type Side } from './side.mts';

const UNKNOWN_TASK = '900000000000000001';
const WRONG_KEY = 'wrong-key-of-a-live-check';
const POLL_MS = 5_000;
const TASK_MS = 45 * 60_000;
const CALLBACK_MS = 60_000;

/** Goes as far as the provider and the budget allow. Nothing is ordered before everything free has passed. */
export async function runSteps(side: Side): Promise<void> {
	const { provider, connection } = side.session;
	if (!(await credentialPasses(side))) return;
	await freeErrors(side);
	await ask(side, 'balance', provider.credits?.request());
	const refused =
		(await isRefused(side, 'unknownModel', { model: 'vidu-live-check' })) &&
		(await isRefused(side, 'wrongValue', { duration: -1 }));
	if (!refused) return;
	const image = await picture(side);
	const clip = cheapestClip(provider.id, connection.region);
	const task = clip && (await order(side, 'order', clip, image));
	if (!task) return;
	await watch(side, task.taskId);
	if (provider.cancel === undefined) return;
	await ask(side, 'cancelFinished', provider.cancel.request(task.taskId));
	await cancelOne(
		side,
		cheapestClip(provider.id, connection.region, { offPeak: true }) ?? clip,
		image,
	);
}

async function credentialPasses(side: Side): Promise<boolean> {
	const { session, credential, door, say } = side;
	at(side, 'credential');
	const problem = await testCredential(session.context, credential).catch(
		(error: Error) => `no answer: ${door.hide(error.message)}`,
	);
	say(
		problem === null
			? 'The credential passes its test'
			: `The credential fails its test, and nothing else is tried: ${problem}`,
	);
	return problem === null;
}

/** What a wrong key and an unknown task are answered. */
async function freeErrors(side: Side): Promise<void> {
	const { credential, door, session } = side;
	const [request] = session.provider.queries(UNKNOWN_TASK);
	const wrong = { ...credential, apiKey: WRONG_KEY };
	at(side, 'wrongKey');
	await sendRequest(door.context(wrong), connectionOf(wrong), request, REQUEST_MS);
	await ask(side, 'unknownTask', request);
}

/** Reads a clip until its end, then in the list and from its callbacks. */
async function watch(side: Side, taskId: string): Promise<void> {
	const { session, receiver, say } = side;
	at(side, 'status');
	const task = await untilEnd(side, taskId);
	if (task === null) return say(`The clip ${taskId} is not ready, and not waited for any longer`);
	say(`The clip ${taskId} ${task.state}${task.error ? `: ${task.error.message}` : ''}`);
	read(side, 'statusRead', task);
	const { list } = session.provider;
	const rows = list?.read(await ask(side, 'list', list.request([taskId]))) ?? [];
	for (const row of rows) read(side, 'listRead', row);
	if (receiver !== null) await hear(side, receiver);
}

async function untilEnd(side: Side, taskId: string): Promise<Task | null> {
	for (let waited = 0; waited < TASK_MS; waited += POLL_MS) {
		const task = (await side.session.fetchStatuses([taskId])).tasks.get(taskId);
		if (task) note(side, task);
		if (task && isFinal(task)) return task;
		await side.wait(POLL_MS);
	}
	return null;
}

/** Waits for the callback that tells the end. */
async function hear(side: Side, { ended, verdicts }: NonNullable<Side['receiver']>): Promise<void> {
	for (let waited = 0; ended.length === 0 && waited < CALLBACK_MS; waited += 1000) {
		await side.wait(1000);
	}
	const last = ended.at(-1);
	if (last) read(side, 'callbackRead', last);
	else side.say(`No callback told the end of the clip within ${CALLBACK_MS / 1000} s`);
	for (const verdict of verdicts) side.say(`Callbacks: ${verdict}`);
}

/** Orders a clip and cancels it at once. The budget counts it as if that failed. */
async function cancelOne(side: Side, clip: Clip, image: MediaInput): Promise<void> {
	const { session, say } = side;
	const task = await order(side, 'orderToCancel', clip, image);
	if (task === null) return;
	const done = await ask(side, 'cancel', session.provider.cancel?.request(task.taskId));
	at(side, 'cancelled');
	const seen = (await session.fetchStatuses([task.taskId])).tasks.get(task.taskId);
	if (seen) {
		read(side, 'cancelledRead', seen);
		note(side, seen);
	}
	if (done === undefined) say(`The clip ${task.taskId} could not be cancelled, and is made`);
}
