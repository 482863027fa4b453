/**
 * All final callbacks in one moment, to a real n8n in queue mode: two webhook processes, two workers of one
 * place each, PostgreSQL and Redis. What must come out, how late it is, and what a bell costs.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sandbox } from '../../sandbox/server.mts';
import { output, type N8nClient } from '../../scripts/n8nClient.mts';
import { installPackage } from '../../scripts/package.mts';
import { startQueue, type Queue } from '../../scripts/queue.mts';
import { CREDENTIAL_TYPE, sandboxCredential } from '../../scripts/stage.mts';
import {
	addWaitingWorkflow,
	CLIPS,
	endTasks,
	executionsIn,
	order,
	patientSandbox,
} from '../e2e/waiting.mts';
import { statusRequests } from './sandboxLog.mts';
import { bar, markdown, median } from './table.mts';

const MANY = 200;
/** Real seconds between the tries of a callback, of which there are three. */
const RETRY = 2;
const CLIPS_OF_ONE = 20;

/** The table of both bursts. */
export async function burst(): Promise<string> {
	const userFolder = await mkdtemp(join(tmpdir(), 'n8n-nodes-vidu-bench-'));
	await installPackage(userFolder);
	const queue = await startQueue({ userFolder, workers: 2 });
	try {
		const many = await burstOf(
			queue,
			'many',
			Array.from({ length: MANY }, () => 1),
		);
		const one = await burstOf(queue, 'one', [CLIPS_OF_ONE]);
		return `${tableOf(many)}\n${bells(one)}`;
	} finally {
		await queue.close();
		await rm(userFolder, { recursive: true });
	}
}

interface Burst {
	readonly executions: number;
	/** Clips that came out, each as the item of its order. */
	readonly own: number;
	readonly bought: number;
	/** Answers to final callbacks, by status: how many. */
	readonly answers: ReadonlyMap<string, number>;
	readonly bells: number;
	/** Executions that a callback woke; the others the clock. */
	readonly woken: number;
	/** From the moment when the provider has made the clips to the end of each execution, milliseconds. */
	readonly late: readonly number[];
	/** Status requests from that moment on. */
	readonly looks: number;
}

/** Executions with so many clips each sleep; then all clips end at the same moment. */
async function burstOf(queue: Queue, path: string, clips: readonly number[]): Promise<Burst> {
	const sandbox = await patientSandbox(RETRY);
	try {
		const client = queue.client();
		const data = sandboxCredential(sandbox.url);
		const workflowId = await addWaitingWorkflow(client, {
			path,
			credential: await client.createCredential(path, CREDENTIAL_TYPE, data),
			sandboxUrl: sandbox.url,
			downloadVideo: false,
			options: { maxConcurrency: Math.max(...clips) },
		});
		for (const [number, count] of clips.entries()) {
			const orders = Array.from({ length: count }, (_, at) => ({
				prompt: `@cat number ${number}.${at}`,
			}));
			await order(queue.webhookUrl, path, orders);
		}
		const all = { count: clips.length, seconds: 900 };
		await executionsIn(client, workflowId, { ...all, status: 'waiting' });
		const before = statusRequests(sandbox);
		await endTasks(sandbox);
		const ended = Date.now();
		const ids = await executionsIn(client, workflowId, { ...all, status: 'success' });
		return await seen(client, sandbox, { workflowId, ids, before, ended });
	} finally {
		await sandbox.close();
	}
}

/** What has ended, and when. */
interface Ended {
	readonly workflowId: string;
	readonly ids: readonly string[];
	/** Status requests until then. */
	readonly before: number;
	/** When the provider had made all clips, milliseconds since 1970. */
	readonly ended: number;
}

async function seen(
	client: N8nClient,
	sandbox: Sandbox,
	{ workflowId, ids, before, ended }: Ended,
): Promise<Burst> {
	const prompts = new Map(sandbox.tasks().map(({ id, prompt }) => [id, prompt]));
	let own = 0;
	let woken = 0;
	for (const id of ids) {
		const execution = await client.execution(id);
		const asked = output(execution, 'Orders').map(({ json }) => json.prompt);
		const made = output(execution, CLIPS).map(({ json }) => prompts.get(String(json.taskId)));
		own += made.filter((prompt, at) => prompt === asked[at]).length;
		// n8n leaves a run behind for each callback that wakes an execution.
		if ((execution.runData[CLIPS]?.length ?? 0) > 1) woken += 1;
	}
	const finals = sandbox.deliveries().filter(({ event }) => event === 'success');
	const answers = new Map<string, number>();
	for (const { status } of finals) {
		const told = status === null ? 'none in 10 s' : String(status);
		answers.set(told, (answers.get(told) ?? 0) + 1);
	}
	const listed = await client.executionsOf(workflowId);
	return {
		executions: ids.length,
		own,
		bought: sandbox.ledger().length,
		answers,
		bells: finals.length,
		woken,
		late: listed.map(({ stoppedAt }) => Date.parse(stoppedAt) - ended),
		looks: statusRequests(sandbox) - before,
	};
}

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;

function tableOf({ executions, own, bought, answers, bells, woken, late }: Burst): string {
	const told = [...answers].map(([status, count]) => `${count} × ${status}`).join(', ');
	const isComplete = own === MANY && bought === MANY && executions === MANY;
	return markdown([
		[`${MANY} executions asleep, whose clips end in one moment`, 'this node', 'bar'],
		['clips that came out, each to its own order', String(own), bar('all', isComplete)],
		['bought', String(bought), bar('each once', bought === MANY)],
		[`callbacks sent (three tries, ${RETRY} s apart), and the answers`, `${bells}: ${told}`, ''],
		['executions that a callback woke, the others the clock', String(woken), ''],
		['made to item, median', seconds(median(late)), ''],
		['… worst', seconds(Math.max(...late)), ''],
	]);
}

function bells({ own, bells: rung, looks, late }: Burst): string {
	return markdown([
		[`${CLIPS_OF_ONE} clips of one execution, which end in one moment`, 'this node', 'bar'],
		['clips that came out', String(own), bar('all', own === CLIPS_OF_ONE)],
		['callbacks sent', String(rung), ''],
		['status requests, the last one of the execution included', String(looks), ''],
		['made to item', seconds(Math.max(...late)), ''],
	]);
}
