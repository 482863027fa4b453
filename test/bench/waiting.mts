/**
 * What executions cost that wait by callback, in one real n8n on SQLite: what its process holds before,
 * while they are suspended, and after; and how soon after its callback an item is there.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startN8n } from '../../scripts/n8n.mts';
import { installPackage } from '../../scripts/package.mts';
import { CREDENTIAL_TYPE, sandboxCredential } from '../../scripts/stage.mts';
import type { Sandbox } from '../../sandbox/server.mts';
import {
	addWaitingWorkflow,
	endOneByOne,
	executionsIn,
	order,
	patientSandbox,
	staggered,
} from '../e2e/waiting.mts';

/** So that code is loaded and caches are filled before anything is measured. */
const WARM_UP = 50;
/** The pace at which clips end; n8n is not to be busy with more than one at a time. */
const PACE = { perSecond: 4, ahead: 1 };
const SETTLE_MS = 15_000;

/** What the process of n8n holds, as n8n itself tells it. */
export interface Held {
	/** Resident memory. */
	readonly megabytes: number;
	readonly descriptors: number;
	/** Sockets, timers … of Node. */
	readonly handles: number;
}

export interface Waiting {
	readonly before: Held;
	readonly suspended: Held;
	readonly after: Held;
	/** From the moment when a final callback is sent to the end of its execution, milliseconds. */
	readonly latencies: number[];
	readonly statusRequestsPerTask: number;
}

/** Suspends so many executions of one item, then lets them end one by one. */
export async function measureWaiting(count: number): Promise<Waiting> {
	const userFolder = await mkdtemp(join(tmpdir(), 'n8n-nodes-vidu-bench-'));
	await installPackage(userFolder);
	const sandbox = await patientSandbox();
	const n8n = await startN8n({
		userFolder,
		env: { NODE_ENV: 'production', N8N_METRICS: 'true' },
	});
	try {
		const { client, url } = n8n;
		const data = sandboxCredential(sandbox.url);
		const credential = await client.createCredential('Bench', CREDENTIAL_TYPE, data);
		const suspend = async (path: string, size: number) => {
			const common = { credential, sandboxUrl: sandbox.url, downloadVideo: true };
			const workflowId = await addWaitingWorkflow(client, { path, ...common });
			for (const one of staggered(size)) await order(url, path, [one]);
			await executionsIn(client, workflowId, { status: 'waiting', count: size, seconds: 600 });
			return workflowId;
		};
		const end = async (workflowId: string, size: number) => {
			await endOneByOne(sandbox, PACE);
			await executionsIn(client, workflowId, { status: 'success', count: size, seconds: 600 });
		};
		await end(await suspend('warm-up', WARM_UP), WARM_UP);
		sandbox.reset();
		const before = await held(url);
		const workflowId = await suspend('measured', count);
		const suspended = await held(url);
		await end(workflowId, count);
		const after = await held(url);

		const sent = callbackTimes(sandbox);
		const latencies = (await client.executionsOf(workflowId)).map(
			({ id, stoppedAt }) => Date.parse(stoppedAt) - (sent.get(id) ?? NaN),
		);
		const looks = sandbox
			.requests()
			.filter(({ method, path }) => method === 'GET' && path.startsWith('/ent/v2/tasks'));
		return { before, suspended, after, latencies, statusRequestsPerTask: looks.length / count };
	} finally {
		await n8n.stop();
		await sandbox.close();
		await rm(userFolder, { recursive: true });
	}
}

/** When the final callback of each execution was first sent, by the execution's id. */
function callbackTimes(sandbox: Sandbox): Map<string, number> {
	const finals = sandbox
		.deliveries()
		.filter(({ event, attempt }) => event === 'success' && attempt === 1);
	return new Map(
		finals.map(({ url, at }) => [/webhook-waiting\/(\d+)/.exec(url)?.[1] ?? '', Date.parse(at)]),
	);
}

async function held(url: string): Promise<Held> {
	await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
	const metrics = await (await fetch(`${url}/metrics`)).text();
	const value = (name: string) =>
		Number(new RegExp(`^n8n_${name}(?:\\{.*\\})? (\\S+)`, 'm').exec(metrics)?.[1]);
	return {
		megabytes: value('process_resident_memory_bytes') / 1e6,
		descriptors: value('process_open_fds'),
		handles: value('nodejs_active_handles_total'),
	};
}
