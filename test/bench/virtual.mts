/** The scheduler of the node at a provider of its own clock: time passes only while the run waits. */
import { unreadTask, type Task } from '../../nodes/Vidu/providers/types.ts';
import { failure, type Failure } from '../../nodes/Vidu/transport/failure.ts';
import type { Job } from '../../nodes/Vidu/tasks/context/job.ts';
import { LearnedTimes } from '../../nodes/Vidu/tasks/poll/learned.ts';
import { runJobs } from '../../nodes/Vidu/tasks/poll/scheduler.ts';

/** Milliseconds. */
const ANSWER = 50;

export interface VirtualJob {
	/** What the task takes, what it is thought to take, and the user's own interval; milliseconds. */
	readonly takes: number;
	readonly expected: number;
	readonly interval?: number;
}

export interface Watched {
	/** By job: milliseconds from the end of its task until it was seen. */
	readonly late: readonly number[];
	readonly requests: number;
}

interface Options {
	/** What was learned by earlier runs. */
	readonly times?: LearnedTimes;
	/** Called at every status request with the time, in milliseconds. */
	onRequest?(now: number): void;
}

/** Runs jobs in one run, all in flight. */
export async function watch(
	jobs: readonly VirtualJob[],
	{ times = new LearnedTimes(), onRequest = () => undefined }: Options = {},
): Promise<Watched> {
	let now = 0;
	const timers: Array<{ at: number; wake: () => void }> = [];
	const wait = async (milliseconds: number) =>
		await new Promise<void>((wake) => {
			timers.push({ at: now + milliseconds, wake });
		});
	const endsAt = new Map<string, number>();
	const late: number[] = [];
	let requests = 0;
	const status = (id: string): Task => ({
		...unreadTask(id),
		state: now < (endsAt.get(id) ?? 0) ? 'processing' : 'succeeded',
	});
	const running = runJobs<Job & VirtualJob & { position: number }, true>(
		jobs.map(({ expected, interval = null, ...rest }, position) => ({
			...{ ...rest, expected, position, timeout: Infinity, wait: true },
			pace: { expected, interval, timedAs: 'clips' },
		})),
		{
			now: () => now,
			sleep: wait,
			sleepIgnoringStop: wait,
			stopped: () => false,
			times,
			submit: async ({ position, takes }) => {
				await wait(ANSWER);
				endsAt.set(String(position), now + takes);
				return { kind: 'task', task: status(String(position)), fresh: true };
			},
			fetchStatuses: async (ids) => {
				requests += 1;
				onRequest(now);
				await wait(ANSWER);
				return {
					tasks: new Map(ids.map((id) => [id, status(id)])),
					refused: new Map(),
					trouble: null,
				};
			},
			deliver: async ({ position }) => {
				late[position] = now - (endsAt.get(String(position)) ?? 0);
				return await Promise.resolve(true as const);
			},
			isFailure: (result): result is Failure => result !== true,
			explain: (_, { taskId }) => failure(`${taskId} failed`, ''),
			pausing: () => undefined,
		},
		{ maxConcurrency: jobs.length, submitGap: 0, stopAtFailure: false, asleep: null },
	);
	let over = false;
	void running.finally(() => {
		over = true;
	});
	for (;;) {
		for (let turn = 0; turn < 20 && !over; turn++) await Promise.resolve();
		if (over) break;
		const next = timers.reduce((first, each) => (each.at < first.at ? each : first));
		timers.splice(timers.indexOf(next), 1);
		now = next.at;
		next.wake();
	}
	return { late, requests };
}
