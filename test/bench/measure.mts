/** One run of one contestant at a sandbox of its own. */
import { setTimeout } from 'node:timers/promises';
import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import type { Execution } from '../engine/harness/run.mts';
import { assertDelivered, contestants, type Contestant, type Jobs } from './contestants.mts';

export interface Work extends Omit<Jobs, 'prompts'> {
	readonly jobs: number;
	/** Real seconds from the create request to the finished video. */
	readonly renderSeconds: number;
}

export interface Measured {
	/** From the start of the workflow to its end. */
	readonly seconds: number;
	/** Status requests per job. */
	readonly looks: number;
	/** Seconds from the moment that the last job was finished at the provider to the end, download included. */
	readonly late: number;
}

/** Runs to the end. @throws when it did not deliver a clip for each job */
export async function measure(contestant: Contestant, work: Work): Promise<Measured> {
	return await inSandbox(contestant, work, async (execution, sandbox, begun) => {
		assertDelivered(await execution.finished, work.jobs);
		const ended = Date.now();
		const accepted = sandbox.ledger().map(({ at }) => Date.parse(at));
		const looks = sandbox
			.requests()
			.filter(({ method, path }) => method === 'GET' && path.startsWith('/ent/v2/tasks'));
		return {
			seconds: (ended - begun) / 1000,
			looks: looks.length / work.jobs,
			late: (ended - Math.max(...accepted)) / 1000 - work.renderSeconds,
		};
	});
}

/** Seconds from Stop, pressed `after` seconds into a job, until the node has ended. */
export async function secondsToStop(
	contestant: Contestant,
	renderSeconds: number,
	after: number,
): Promise<number> {
	return await inSandbox(contestant, { jobs: 1, renderSeconds }, async (execution) => {
		await setTimeout(after * 1000);
		const pressed = Date.now();
		await execution.stop();
		return (Date.now() - pressed) / 1000;
	});
}

async function inSandbox<T>(
	contestant: Contestant,
	{ jobs, renderSeconds, ...more }: Work,
	watch: (execution: Execution, sandbox: Sandbox, begun: number) => Promise<T>,
): Promise<T> {
	const prompts = Array.from({ length: jobs }, (_, i) => `@cat walks, take ${i + 1}`);
	const begin = async () => {
		const sandbox = await startSandbox({ speed: 1, renderSeconds });
		const begun = Date.now();
		const execution = await contestants[contestant](sandbox.url, { prompts, ...more });
		await Promise.race([execution.finished, firstTask(sandbox)]);
		return { sandbox, begun, execution };
	};
	const { sandbox, begun, execution } = await inTurn(begin);
	try {
		return await watch(execution, sandbox, begun);
	} finally {
		await sandbox.close();
	}
}

async function firstTask(sandbox: Sandbox): Promise<void> {
	while (sandbox.ledger().length === 0) await setTimeout(20);
}

let last: Promise<unknown> = Promise.resolve();

/** Runs `work` after all earlier: starting is the work that would keep others from starting. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
	const turn = last.then(work);
	last = turn;
	return await turn;
}
