/**
 * A real n8n in queue mode: a main process, workers, and webhook processes behind a balancer, with
 * PostgreSQL and Redis. The main process takes no production webhooks.
 */
import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startBalancer } from './balancer.mts';
import { reachedAt, startN8n, startN8nCommand } from './n8n.mts';
import type { N8nClient } from './n8nClient.mts';
import { freePort } from './ports.mts';
import { startPostgres, startRedis } from './services.mts';

const WEBHOOK_PROCESSES = 2;
const POLL_MS = 300;
const START_SECONDS = 180;

export interface QueueOptions {
	/** n8n's data, which its processes share, and all logs. The package is installed there. */
	readonly userFolder: string;
	/** Each runs one execution at a time, so that two at the same time are on two of them. */
	readonly workers: number;
	/** More of the environment of all of them. */
	readonly env?: Readonly<Record<string, string>>;
}

export interface Queue {
	/** Where n8n takes webhooks, and is called back. */
	readonly webhookUrl: string;
	/** Of the main process, logged in as OWNER. Another one after `start`. */
	client(): N8nClient;
	/** Ends all processes of n8n as a crash would, or only the workers; the database and the queue stay. */
	kill(which?: Part): Promise<void>;
	/** Starts them again. */
	start(which?: Part): Promise<void>;
	/** Ends everything. */
	close(): Promise<void>;
}

/** What of n8n is ended or started. */
type Part = 'all' | 'workers';

/** A process of n8n. */
interface Ending extends Readonly<Record<'stop' | 'kill', () => Promise<void>>> {
	readonly isWorker: boolean;
}

/** Starts everything, and n8n until it takes webhooks and runs executions. */
export async function startQueue({ userFolder, workers, env: more }: QueueOptions): Promise<Queue> {
	await mkdir(userFolder, { recursive: true });
	/** In the order of their start. */
	const beneath: Array<() => Promise<void>> = [];
	let processes: Ending[] = [];
	let client: N8nClient | undefined;
	const end = async (how: 'stop' | 'kill', which: Part = 'all') => {
		const ending = processes.filter(({ isWorker }) => isWorker || which === 'all');
		processes = processes.filter((one) => !ending.includes(one));
		await Promise.all(ending.map(async (one) => await one[how]()));
	};
	const close = async () => {
		await end('stop');
		for (const stop of beneath.splice(0).reverse()) await stop();
	};
	try {
		const postgres = await startPostgres(join(userFolder, 'postgres.log'));
		beneath.push(postgres.stop);
		const redis = await startRedis(join(userFolder, 'redis.log'));
		beneath.push(redis.stop);
		const mainPort = await freePort();
		const workerPorts = await freePorts(workers);
		const webhookPorts = await freePorts(WEBHOOK_PROCESSES);
		const balancer = await startBalancer(webhookPorts);
		beneath.push(balancer.close);

		const env = {
			N8N_USER_FOLDER: userFolder,
			...reachedAt(balancer.url),
			N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
			N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redis.port),
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(postgres.port),
			DB_POSTGRESDB_DATABASE: 'postgres',
			DB_POSTGRESDB_USER: 'postgres',
			...more,
		};
		const startMain = async () => {
			const main = await startN8n({ userFolder, port: mainPort, webhookUrl: balancer.url, env });
			processes.push({ ...main, isWorker: false });
			client = main.client;
		};
		const startOther = async (name: string, args: string[], port: number, more = {}) => {
			const logFile = join(userFolder, `${name}.log`);
			const started = await startN8nCommand(args, {
				logFile,
				env: { ...env, N8N_RUNNERS_BROKER_PORT: String(await freePort()), ...more },
			});
			processes.push({ ...started, isWorker: args[0] === 'worker' });
			await Promise.race([
				ready(`http://127.0.0.1:${port}/healthz/readiness`),
				started.exited.then((code) => {
					throw new Error(`n8n ${args[0]} ended with exit code ${code}. Its log: ${logFile}`);
				}),
			]);
		};
		const startWorkers = () =>
			workerPorts.map(async (port, index) => {
				await startOther(`worker${index + 1}`, ['worker', '--concurrency=1'], port, {
					QUEUE_HEALTH_CHECK_ACTIVE: 'true',
					QUEUE_HEALTH_CHECK_PORT: String(port),
					N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
				});
			});
		const start = async (which: Part = 'all') => {
			if (which === 'workers') {
				await Promise.all(startWorkers());
				return;
			}
			await startMain();
			await Promise.all([
				...startWorkers(),
				...webhookPorts.map(async (port, index) => {
					await startOther(`webhook${index + 1}`, ['webhook'], port, { N8N_PORT: String(port) });
				}),
			]);
		};
		await start();
		return {
			webhookUrl: balancer.url,
			client: () => client as N8nClient,
			kill: async (which) => await end('kill', which),
			start,
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}

async function freePorts(count: number): Promise<number[]> {
	const ports: number[] = [];
	while (ports.length < count) ports.push(await freePort());
	return ports;
}

async function ready(url: string): Promise<void> {
	const deadline = Date.now() + START_SECONDS * 1000;
	while (!(await answers(url))) {
		if (Date.now() > deadline) throw new Error(`${url} is not ready after ${START_SECONDS} s.`);
		await new Promise((resolve) => setTimeout(resolve, POLL_MS));
	}
}

const answers = async (url: string) =>
	await fetch(url).then(
		({ ok }) => ok,
		() => false,
	);
