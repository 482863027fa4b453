/** Rounds of runs in a real n8n, each closed when all of it has ended, with its books. */
import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import type { Sandbox } from '../../sandbox/server.mts';
import type { N8nServer } from '../../scripts/n8n.mts';
import { ENDED, type Execution, type StoredCredential } from '../../scripts/n8nClient.mts';
import { order, publish, triggerWorkflow, until } from '../e2e/waiting.mts';
import { balance, type Books, type Item, type Paid } from './books.mts';
import { ordersOf, TIMES, UNANSWERED, workflows } from './runs.mts';

const TRIGGER = 'soak-trigger';
/** Between the starts of two runs, milliseconds. */
const GAP = 400;
/** How long callbacks may go on after the last task has ended, milliseconds. */
const QUIET = 4000;
/** How long a round may take, seconds: a busy machine has minutes for what times out after 20 s. */
const LONGEST = 600;
/** Executions of a round are no more than n8n lists at once. */
const PAGE = 100;

export interface Round extends Books {
	readonly executions: number;
	/** How many executions ended how. */
	readonly ends: Readonly<Record<string, number>>;
}

/** What is true until the process ends. */
interface Place {
	readonly n8n: N8nServer;
	readonly sandbox: Sandbox;
	readonly paths: readonly string[];
}

/** @returns a function that runs one round and forgets it at the sandbox */
export async function rounds(
	n8n: N8nServer,
	sandbox: Sandbox,
	credential: StoredCredential,
): Promise<() => Promise<Round>> {
	const triggerUrl = `${n8n.url}/webhook/${TRIGGER}/webhook`;
	await publish(n8n.client, triggerWorkflow(TRIGGER, credential));
	const all = workflows({ credential, sandboxUrl: sandbox.url, triggerUrl });
	for (const workflow of all.values()) await publish(n8n.client, workflow);
	const place = { n8n, sandbox, paths: [...all.keys()] };
	let runs = 0;
	return async () => {
		const round = await oneRound(place, runs);
		runs += place.paths.length * TIMES;
		return round;
	};
}

async function oneRound({ n8n, sandbox, paths }: Place, first: number): Promise<Round> {
	const { client, logFile } = n8n;
	const [newest] = await client.executions(1);
	const logged = (await readFile(logFile, 'utf8')).length;
	const runs = Array.from({ length: TIMES }, () => paths).flat();
	for (const [at, path] of runs.entries()) {
		await order(n8n.url, path, ordersOf(first + at));
		await setTimeout(GAP);
	}
	const since = async () => {
		const listed = await client.executions(PAGE);
		const own = listed.filter(({ id }) => Number(id) > Number(newest?.id ?? 0));
		return [...new Map(own.map((one) => [one.id, one])).values()];
	};
	const over = async () => {
		const own = await since();
		const isOver = own.every(({ status }) => ENDED.includes(status));
		return isOver && own.length >= runs.length && sandbox.tasks().every(hasEnded);
	};
	await until(over, LONGEST);
	await setTimeout(QUIET);
	await until(over, LONGEST);
	const own = await since();
	const executions: Execution[] = [];
	for (const { id } of own) executions.push(await client.execution(id));
	const told = {
		items: executions.flatMap(itemsOf),
		executions: executions.map(({ runData, error }) => JSON.stringify([runData, error])),
		log: (await readFile(logFile, 'utf8')).slice(logged),
	};
	const books = balance(paidAt(sandbox), told);
	sandbox.reset();
	return { ...books, executions: own.length, ends: countOf(own.map(({ status }) => status)) };
}

const hasEnded = ({ stage }: { stage: string }) =>
	['success', 'failed', 'cancelled'].includes(stage);

function paidAt(sandbox: Sandbox): Paid[] {
	const hidden = sandbox.hidden();
	const prompts = new Map(sandbox.tasks().map(({ id, prompt }) => [id, prompt]));
	return sandbox
		.ledger()
		.filter(({ refunded }) => !refunded)
		.map(({ taskId }) => {
			const prompt = prompts.get(taskId) ?? '';
			return { id: taskId, prompt, isHidden: hidden.has(taskId) || UNANSWERED.test(prompt) };
		});
}

/** Items of tasks, of all nodes, all runs of each, all outputs. */
function itemsOf({ id, workflowId, runData }: Execution): Item[] {
	return Object.entries(runData).flatMap(([name, runs]) =>
		runs
			.flatMap(({ data }) => (data?.main ?? []).flatMap((items) => items ?? []))
			.flatMap(({ json: { taskId } }) =>
				typeof taskId === 'string'
					? { execution: id, place: `${name} of workflow ${workflowId}`, taskId }
					: [],
			),
	);
}

function countOf(words: readonly string[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
	return counts;
}
