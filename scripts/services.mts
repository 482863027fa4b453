/**
 * A PostgreSQL and a Redis of this machine's packages, empty, on loopback and any free port, for as
 * long as a test lasts. Neither is a service of the system, and neither keeps anything.
 */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './ports.mts';
import { startKept, type KeptProcess } from './processes.mts';

const run = promisify(execFile);
const DEBIAN_POSTGRES = '/usr/lib/postgresql';
const POLL_MS = 100;
const START_MS = 60_000;

export interface Service {
	readonly port: number;
	/** Ends it and removes its data. */
	stop(): Promise<void>;
}

/**
 * Its database and its superuser are both `postgres`, without a password.
 * @throws an Error that says how to get it when it is not installed
 */
export async function startPostgres(logFile: string): Promise<Service> {
	const programs = dirname(realpathSync(find('postgres', debianPostgres())));
	const data = await mkdtemp(join(tmpdir(), 'n8n-nodes-vidu-postgres-'));
	// PostgreSQL refuses to run as root.
	const as = process.getuid?.() === 0 ? await asOrdinaryUser(data) : [];
	const [setUp = '', ...setUpArgs] = [...as, join(programs, 'initdb')];
	const how = ['--username=postgres', '--auth=trust', '--encoding=UTF8', '--no-sync'];
	await run(setUp, [...setUpArgs, ...how, data], { cwd: data });
	const port = await freePort();
	const settings = {
		port,
		listen_addresses: '127.0.0.1',
		unix_socket_directories: '',
		fsync: 'off',
		max_connections: 100,
	};
	const [command = '', ...args] = [
		...as,
		join(programs, 'postgres'),
		...['-D', data],
		...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
	];
	const started = startKept(command, args, { cwd: data, logFile });
	return await whenReady({ ...started, port, data, logFile }, async () => {
		await run(join(programs, 'pg_isready'), ['--host=127.0.0.1', `--port=${port}`]);
	});
}

/** @throws an Error that says how to get it when it is not installed */
export async function startRedis(logFile: string): Promise<Service> {
	const program = find('redis-server', []);
	const data = await mkdtemp(join(tmpdir(), 'n8n-nodes-vidu-redis-'));
	const port = await freePort();
	const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', data];
	const started = startKept(program, args, { logFile });
	return await whenReady({ ...started, port, data, logFile }, async () => await reach(port));
}

/** The command that goes before another one to run it as an ordinary user, who gets the folder. */
async function asOrdinaryUser(folder: string): Promise<string[]> {
	const idOf = async (user: string, what: string) => (await run('id', [what, user])).stdout.trim();
	const user = await idOf('postgres', '-un').catch(() => 'nobody');
	const [uid, gid] = [await idOf(user, '-u'), await idOf(user, '-g')];
	await chown(folder, Number(uid), Number(gid));
	return ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'];
}

/** Debian leaves the programs of PostgreSQL out of PATH. */
function debianPostgres(): string[] {
	if (!existsSync(DEBIAN_POSTGRES)) return [];
	return readdirSync(DEBIAN_POSTGRES).map((version) => join(DEBIAN_POSTGRES, version, 'bin'));
}

function find(program: string, folders: readonly string[]): string {
	const places = [...(process.env.PATH ?? '').split(delimiter), ...folders];
	const path = places.map((folder) => join(folder, program)).find((file) => existsSync(file));
	if (path !== undefined) return path;
	const named = program === 'postgres' ? 'postgresql' : program;
	throw new Error(`There is no ${program} here: apt-get install ${named}.`);
}

interface Started extends KeptProcess {
	readonly port: number;
	readonly data: string;
	readonly logFile: string;
}

/** Resolves once `probe` no longer throws. */
async function whenReady(
	{ port, data, logFile, exited, stop }: Started,
	probe: () => Promise<void>,
): Promise<Service> {
	let ended = false;
	void exited.then(() => (ended = true));
	const end = async () => {
		await stop();
		await rm(data, { recursive: true });
	};
	const deadline = Date.now() + START_MS;
	for (;;) {
		try {
			await probe();
			return { port, stop: end };
		} catch (error) {
			if (ended || Date.now() > deadline) {
				await end();
				throw new Error(`${(error as Error).message} The service's log: ${logFile}`);
			}
			await new Promise((resolve) => setTimeout(resolve, POLL_MS));
		}
	}
}

async function reach(port: number): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		const socket = connect(port, '127.0.0.1', resolve);
		socket.once('error', reject);
		socket.once('connect', () => socket.destroy());
	});
}
