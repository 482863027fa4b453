/**
 * What executions cost that wait without a worker, in one real n8n on SQLite: the live heap of its
 * process beside that of n8n's own Wait node, status requests, and how soon after its callback an item
 * is there.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INode } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { fastClock } from '../../scripts/fastClock.mts';
import { startN8n } from '../../scripts/n8n.mts';
import { ENDED, type N8nClient } from '../../scripts/n8nClient.mts';
import { installPackage } from '../../scripts/package.mts';
import { CREDENTIAL_TYPE, sandboxCredential } from '../../scripts/stage.mts';
import { node } from '../engine/harness/workflow.mts';
import { flow, hook } from '../e2e/flows.mts';
import {
	addWaitingWorkflow,
	endOneByOne,
	executionsIn,
	order,
	patientSandbox,
	publish,
	staggered,
	until,
	type Order,
	type WaitingOptions,
} from '../e2e/waiting.mts';
import { probe, type Probe } from './probe.mts';
import { callbackTimes, statusRequests } from './sandboxLog.mts';
import { bar, markdown, median } from './table.mts';

/** So that code is loaded and caches are filled before anything is measured. */
const WARM_UP = 200;
const ROUNDS = 5;
/** Executions that do not sleep, before each reading. */
const PLAIN = 100;
/** What n8n still holds for a moment has gone once so many readings in a row are no lower, and their gap. */
const SETTLED = 4;
const READING_GAP = 15_000;
/** Executions that are started at the same time. */
const AT_ONCE = 4;
/** Executions that are called back, and the pace: n8n is not to be busy with more than one at a time. */
const RINGS = 100;
const PACE = { perSecond: 4, ahead: 1 };
/** Longer than the measurement, so that nothing wakes by the clock. Seconds. */
const DAY = 24 * 3600;
/** Clips of one execution that nobody calls back; here n8n's clock and the sandbox's are fast. */
const SILENT = { name: 'Silent', clips: 20, speed: 30 };

interface Stage {
	readonly client: N8nClient;
	readonly url: string;
	/** Bytes of n8n's live heap. */
	readonly heap: () => Promise<number>;
}

/** Bytes of live heap that an execution adds, in each round. */
type Added = Record<'ours' | 'wait', number[]>;

interface CalledBack {
	/** From the moment when a final callback is sent to the end of its execution, milliseconds. */
	readonly latencies: readonly number[];
	readonly requestsPerTask: number;
}

/** The table of so many executions asleep. */
export async function asleep(count: number): Promise<string> {
	const userFolder = await mkdtemp(join(tmpdir(), 'n8n-nodes-vidu-bench-'));
	await installPackage(userFolder);
	const { NODE_OPTIONS, ...clock } = fastClock({ speed: SILENT.speed, only: SILENT.name });
	const { env, read } = await probe(NODE_OPTIONS);
	const n8n = await startN8n({
		userFolder,
		env: { ...clock, ...env, NODE_ENV: 'production' },
	});
	const sleeping = await patientSandbox();
	try {
		const stage: Stage = {
			client: n8n.client,
			url: n8n.url,
			heap: async () => await settledHeap(read),
		};
		const added = await heapOf(stage, sleeping, count);
		return tableOf(count, added, await calledBack(stage), await requestsPerWakeUp(stage));
	} finally {
		await n8n.stop();
		await sleeping.close();
		await rm(userFolder, { recursive: true });
	}
}

/** The live heap, in bytes, once it no longer falls. */
async function settledHeap(read: Probe['read']): Promise<number> {
	let lowest = Infinity;
	for (let since = 0; since < SETTLED; since++) {
		const { heap } = await read();
		if (heap < lowest * 0.9995) since = 0;
		lowest = Math.min(lowest, heap);
		await new Promise((resolve) => setTimeout(resolve, READING_GAP));
	}
	return lowest;
}

function tableOf(count: number, added: Added, found: CalledBack, perWakeUp: number): string {
	const { latencies, requestsPerTask } = found;
	const kilobytes = (bytes: number) => (bytes / 1000).toFixed(1);
	const spread = (rounds: readonly number[]) =>
		`${kilobytes(median(rounds))} kB (${kilobytes(Math.min(...rounds))}–${kilobytes(Math.max(...rounds))})`;
	const late = [...latencies].sort((a, b) => a - b);
	const rare = late[Math.floor(late.length * 0.95)] ?? NaN;
	const ratio = median(added.ours) / median(added.wait);
	const heap = bar(`≤ 1.5 ×, is ${ratio.toFixed(2)}`, ratio <= 1.5);
	const latency = `${median(late).toFixed(0)} ms (${rare.toFixed(0)} ms)`;
	return markdown([
		[`${count} executions of each asleep in one n8n`, 'this node', "n8n's Wait node", 'bar'],
		[
			`live heap an execution, median of ${ROUNDS} rounds`,
			spread(added.ours),
			spread(added.wait),
			heap,
		],
		[
			'status requests a task, with callbacks',
			requestsPerTask.toFixed(2),
			'',
			bar('≤ 2', requestsPerTask <= 2),
		],
		[
			`… a wake-up of ${SILENT.clips} tasks, without`,
			perWakeUp.toFixed(2),
			'',
			bar('≤ 1', perWakeUp <= 1),
		],
		['callback to item, median (95 %)', latency, '', bar('≤ 1 s', median(late) <= 1000)],
	]);
}

/** Leaves the executions asleep. */
async function heapOf(
	{ client, url, heap }: Stage,
	sandbox: Sandbox,
	count: number,
): Promise<Added> {
	const ids = {
		ours: await addClips(client, sandbox, 'ours'),
		wait: await addOther(client, 'wait', WAIT),
		plain: await addOther(client, 'plain'),
	};
	const started = { ours: 0, wait: 0, plain: 0 };
	const start = async (path: keyof typeof ids, size: number, status: string) => {
		await startAll(url, path, staggered(size));
		started[path] += size;
		await executionsIn(client, ids[path], { status, count: started[path], seconds: 900 });
	};
	// n8n's expression engine holds the data of its last evaluations, a megabyte or two, until others follow.
	const reading = async () => {
		await start('plain', PLAIN, 'success');
		return await heap();
	};
	await start('ours', WARM_UP, 'waiting');
	await start('wait', WARM_UP, 'waiting');
	const added: Added = { ours: [], wait: [] };
	let before = await reading();
	// There and back, because n8n loads and frees megabytes of its own at some moment or other.
	for (let round = 0; round < ROUNDS; round++) {
		const both = ['ours', 'wait'] as const;
		for (const path of round % 2 === 0 ? both : [...both].reverse()) {
			await start(path, count / ROUNDS, 'waiting');
			const after = await reading();
			added[path].push(((after - before) / count) * ROUNDS);
			before = after;
		}
	}
	return added;
}

/** Lets executions end one by one. */
async function calledBack({ client, url }: Stage): Promise<CalledBack> {
	const sandbox = await patientSandbox();
	try {
		const workflowId = await addClips(client, sandbox, 'rings');
		await startAll(url, 'rings', staggered(RINGS));
		await executionsIn(client, workflowId, { status: 'waiting', count: RINGS, seconds: 300 });
		await endOneByOne(sandbox, PACE);
		await executionsIn(client, workflowId, { status: 'success', count: RINGS, seconds: 300 });
		const sent = callbackTimes(sandbox);
		const latencies = (await client.executionsOf(workflowId)).map(
			({ id, stoppedAt }) => Date.parse(stoppedAt) - (sent.get(id) ?? NaN),
		);
		return { latencies, requestsPerTask: statusRequests(sandbox) / RINGS };
	} finally {
		await sandbox.close();
	}
}

/** Status requests for each time that one execution wakes by the clock, until all its tasks have ended. */
async function requestsPerWakeUp({ client, url }: Stage): Promise<number> {
	const { name, clips, speed } = SILENT;
	const sandbox = await startSandbox({ speed, credits: 1_000_000 });
	try {
		const options = { maxConcurrency: clips };
		const workflowId = await addClips(client, sandbox, 'silent', { name, options });
		const prompts = Array.from({ length: clips }, (_, at) => ({
			prompt: `@cat [callback=none] [render=${60 + 30 * at}]`,
		}));
		await order(url, 'silent', prompts);
		const sleeps = new Set<string>();
		await until(async () => {
			const [execution] = await client.executionsOf(workflowId);
			if (execution?.waitTill) sleeps.add(execution.waitTill);
			return ENDED.includes(execution?.status ?? '');
		}, 300);
		return statusRequests(sandbox) / sleeps.size;
	} finally {
		await sandbox.close();
	}
}

async function addClips(
	client: N8nClient,
	sandbox: Sandbox,
	path: string,
	more: Partial<WaitingOptions> = {},
): Promise<string> {
	const data = sandboxCredential(sandbox.url);
	return await addWaitingWorkflow(client, {
		path,
		credential: await client.createCredential(`Bench of ${path}`, CREDENTIAL_TYPE, data),
		sandboxUrl: sandbox.url,
		downloadVideo: true,
		options: { pollInterval: DAY },
		...more,
	});
}

const WAIT = node({
	name: 'Wait',
	type: 'n8n-nodes-base.wait',
	typeVersion: 1.1,
	parameters: { resume: 'timeInterval', amount: 1, unit: 'days' },
	webhookId: 'wait-a-day',
});

/** The same workflow with another node in place of ours, or with none. */
async function addOther(client: N8nClient, path: string, other?: INode): Promise<string> {
	const nodes = [
		hook(path),
		node({
			name: 'Orders',
			type: 'n8n-nodes-base.splitOut',
			parameters: { fieldToSplitOut: 'body.orders' },
		}),
		...(other ? [other] : []),
		node({ name: 'After', type: 'n8n-nodes-base.noOp' }),
	];
	const names = ['Start', ...nodes.slice(1).map(({ name }) => name)];
	return await publish(client, flow(`Other at ${path}`, nodes, names.join(' > ')));
}

/** An execution for each. n8n answers 503 while it is short of breath. */
async function startAll(url: string, path: string, orders: readonly Order[]): Promise<void> {
	const left = [...orders];
	const start = async (one: Order) => {
		const headers = { 'content-type': 'application/json' };
		const body = JSON.stringify({ orders: [one] });
		return (await fetch(`${url}/webhook/${path}`, { method: 'POST', headers, body })).ok;
	};
	const send = async () => {
		for (let one = left.shift(); one; one = left.shift()) {
			const next = one;
			await until(async () => await start(next), 60);
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, send));
}
