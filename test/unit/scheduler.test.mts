import fc from 'fast-check';
import {
	NO_OUTPUT,
	unreadTask,
	type Task,
	type TaskState,
} from '../../nodes/Vidu/providers/types.ts';
import { failure, type Failure } from '../../nodes/Vidu/transport/failure.ts';
import { PATIENCE } from '../../nodes/Vidu/tasks/context/patience.ts';
import type {
	Job,
	Outcome,
	Statuses,
	Submitted,
	Took,
} from '../../nodes/Vidu/tasks/context/job.ts';
import { LearnedTimes } from '../../nodes/Vidu/tasks/poll/learned.ts';
import { runJobs } from '../../nodes/Vidu/tasks/poll/scheduler.ts';
import type { RunOptions } from '../../nodes/Vidu/tasks/poll/types.ts';

interface TestJob extends Job {
	readonly name: string;
	/** Milliseconds at the provider. */
	readonly takes: number;
	readonly ends?: TaskState;
	/** Whether the task is new; else it was submitted earlier. */
	readonly order?: { readonly fresh: true };
	/** Answers before the task is taken. */
	readonly before?: ReadonlyArray<Exclude<Submitted, { kind: 'task' }>>;
}

const job = (name: string, takes: number, rest: Partial<TestJob> = {}): TestJob => ({
	name,
	takes,
	pace: { expected: takes, interval: null },
	timeout: 3_600_000,
	wait: true,
	...rest,
});

const task = (taskId: string, state: TaskState): Task => ({
	...unreadTask(taskId),
	state,
	nativeState: state,
});

/** A provider with a clock of its own: time passes only while the runner waits. */
class World {
	now = 0;

	submits: Array<{ name: string; at: number }> = [];

	looks: number[] = [];

	/** How long the delivered tasks are said to have taken. */
	took: Array<Took | undefined> = [];

	taken = new Map<string, { at: number; job: TestJob }>();

	stopAt = Infinity;

	trouble: (at: number) => Statuses['trouble'] = () => null;

	private timers: Array<{ at: number; wake: () => void }> = [];

	inFlightPeak = 0;

	/** From when it was awake, when it fell asleep and until when, and what was open then. */
	sleeps: Array<Record<'from' | 'at' | 'until' | 'going' | 'waiting', number>> = [];

	/** What the provider says of a task, in place of the truth. */
	odd: (id: string, at: number) => Task | Failure | undefined = () => undefined;

	delivers: (wanted: TestJob) => string | Failure = ({ name }) => `clip of ${name}`;

	pauses: Array<{ milliseconds: number; reason: string }> = [];

	deps = {
		now: () => this.now,
		sleep: async (milliseconds: number) => await this.wait(milliseconds),
		stopped: () => this.now >= this.stopAt,
		times: new LearnedTimes(),
		submit: async (wanted: TestJob): Promise<Submitted> => {
			const before = this.submits.filter(({ name }) => name === wanted.name).length;
			this.submits.push({ name: wanted.name, at: this.now });
			await this.wait(100);
			const refusal = wanted.before?.[before];
			if (refusal !== undefined) return refusal;
			this.taken.set(wanted.name, { at: this.now, job: wanted });
			this.inFlightPeak = Math.max(this.inFlightPeak, this.unfinished());
			return { kind: 'task', task: task(wanted.name, 'queued'), ...wanted.order };
		},
		fetchStatuses: async (ids: readonly string[]): Promise<Statuses> => {
			this.looks.push(this.now);
			await this.wait(50);
			const trouble = this.trouble(this.now);
			const tasks = new Map<string, Task>();
			const refused = new Map<string, Failure>();
			for (const id of trouble ? [] : ids) {
				const said = this.odd(id, this.now) ?? this.status(id);
				if ('unknownOutcome' in said) refused.set(id, said);
				else tasks.set(id, said);
			}
			return { tasks, refused, trouble };
		},
		deliver: async (wanted: TestJob, _: Task, took?: Took): Promise<string | Failure> => {
			this.took.push(took);
			await this.wait(200);
			return this.delivers(wanted);
		},
		isFailure: (result: string | Failure): result is Failure => typeof result !== 'string',
		sleepIgnoringStop: async (milliseconds: number) => await this.wait(milliseconds),
		pausing: (milliseconds: number, { message }: Failure) =>
			void this.pauses.push({ milliseconds, reason: message }),
		explain: (_: TestJob, ended: Task) =>
			failure(`${ended.taskId} ${ended.state}`, '', { task: ended }),
	};

	private status(id: string): Task {
		const { at, job: wanted } = this.taken.get(id) as { at: number; job: TestJob };
		return task(id, this.now - at < wanted.takes ? 'processing' : (wanted.ends ?? 'succeeded'));
	}

	private unfinished(): number {
		return [...this.taken.values()].filter(({ at, job: { takes } }) => this.now - at < takes)
			.length;
	}

	private async wait(milliseconds: number): Promise<void> {
		await new Promise<void>((wake) => {
			this.timers.push({ at: this.now + milliseconds, wake });
		});
	}

	/** Runs to the end, moving the clock to the next timer whenever nothing else is left to do. */
	async run(
		jobs: readonly TestJob[],
		maxConcurrency = 5,
		submitGap = 0,
		stopAtFailure = false,
		asleep: RunOptions['asleep'] = null,
	) {
		let done = false;
		const options = { maxConcurrency, submitGap, stopAtFailure, asleep };
		const result = runJobs(jobs, this.deps, options);
		void result.finally(() => {
			done = true;
		});
		while (!done) {
			await settled();
			if (done) break;
			this.timers.sort((a, b) => a.at - b.at);
			const next = this.timers.shift();
			if (next === undefined) throw new Error('the run waits for nothing');
			this.now = next.at;
			next.wake();
		}
		return await result;
	}

	/** Runs to the end, asleep in between: each sleep ends when it should, or sooner as a bell may end it. */
	async sleepOn(
		jobs: readonly TestJob[],
		maxConcurrency = 5,
		wakeAt: (until: number) => number = (until) => until,
		stopAtFailure = false,
	) {
		const outcomes: Array<Outcome<string> | undefined> = jobs.map(() => undefined);
		const going = new Map<number, Job['going']>();
		let blockedSince: number | null = null;
		for (;;) {
			const open = [...jobs.keys()].filter((position) => outcomes[position] === undefined);
			const turn = open.map((at) => ({ ...(jobs[at] as TestJob), going: going.get(at) }));
			const from = this.now;
			const result = await this.run(turn, maxConcurrency, 0, stopAtFailure, { blockedSince });
			for (const [at, outcome] of result.outcomes.entries()) outcomes[open[at] as number] = outcome;
			going.clear();
			for (const { position, ...left } of result.leftRunning) {
				going.set(open[position] as number, left);
			}
			const { sleepUntil } = result;
			if (sleepUntil === null) return { outcomes, going, sleeps: this.sleeps };
			({ blockedSince } = result);
			const missing = outcomes.filter((outcome) => outcome === undefined).length;
			const waiting = missing - going.size;
			this.sleeps.push({ from, at: this.now, until: sleepUntil, going: going.size, waiting });
			this.now = Math.max(this.now, wakeAt(sleepUntil));
		}
	}
}

/** When all that can be done without time passing is done. */
const settled = async () => await new Promise<void>((resolve) => setImmediate(resolve));

const busy = (retryAfter: number | null): Submitted & { kind: 'busy' } => ({
	kind: 'busy',
	retryAfter,
	failure: failure('too busy', ''),
});

describe('a run of many items', () => {
	it('makes five clips of 90 s in hardly more time than one', async () => {
		const one = new World();
		await one.run([job('a', 90_000)]);
		const five = new World();
		await five.run(['a', 'b', 'c', 'd', 'e'].map((name) => job(name, 90_000)));
		expect(five.now).toBeLessThanOrEqual(1.15 * one.now);
		expect(five.looks.length).toBeLessThanOrEqual(one.looks.length + 2);
	});

	it('looks less often and sees clips sooner, once it knows how long they take', async () => {
		const world = new World();
		const pace = { expected: 90_000, interval: null, timedAs: 'clips' };
		const clips = (prefix: string, count: number, rest: Partial<TestJob>) =>
			Array.from({ length: count }, (_, i) => job(`${prefix}${i}`, 60_000, { pace, ...rest }));
		const looksOf = async (jobs: readonly TestJob[]) => {
			const before = world.looks.length;
			await world.run(jobs);
			return world.looks.length - before;
		};
		const first = await looksOf(clips('first', 1, { order: { fresh: true } }));
		// Those that were submitted earlier do not show how long they take.
		await world.run(clips('earlier', 5, {}));
		expect(await looksOf(clips('second', 1, { order: { fresh: true } }))).toBe(first);
		await world.run(clips('more', 3, { order: { fresh: true } }));
		expect(await looksOf(clips('known', 1, {}))).toBeLessThan(first / 2);
	});

	it('gives every item its own clip, in order, within the concurrency, whatever the times and refusals', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(
					fc.record({
						takes: fc.integer({ min: 0, max: 60_000 }),
						busy: fc.integer({ min: 0, max: 2 }),
						ends: fc.constantFrom<TaskState>('succeeded', 'succeeded', 'failed', 'cancelled'),
					}),
					{ minLength: 1, maxLength: 12 },
				),
				fc.integer({ min: 1, max: 6 }),
				fc.nat({ max: 5 }),
				async (specs, concurrency, badLooks) => {
					const world = new World();
					world.trouble = () => (world.looks.length <= badLooks ? { retryAfter: null } : null);
					const jobs = specs.map((spec, i) =>
						job(`t${i}`, spec.takes, {
							ends: spec.ends,
							before: Array.from({ length: spec.busy }, () => busy(null)),
						}),
					);
					const { outcomes } = await world.run(jobs, concurrency);
					expect(outcomes).toEqual(
						jobs.map(({ name, ends }) =>
							ends === 'succeeded'
								? { ok: true, result: `clip of ${name}` }
								: { ok: false, failure: expect.objectContaining({ message: `${name} ${ends}` }) },
						),
					);
					expect(world.taken.size).toBe(jobs.length);
					expect(world.inFlightPeak).toBeLessThanOrEqual(concurrency);
				},
			),
			{ numRuns: 40 },
		);
	});

	it('tells how long a clip was in the queue and in work, unless it was submitted earlier', async () => {
		const world = new World();
		world.odd = (id, at) => (at < 30_000 ? task(id, 'queued') : undefined);
		await world.run([job('a', 90_000, { order: { fresh: true } })]);
		await world.run([job('b', 90_000)]);
		const [first, second] = world.took;
		const { queued = 0, rendered = 0 } = first ?? {};
		expect(queued).toBeGreaterThan(25_000);
		expect(queued).toBeLessThan(40_000);
		expect(Math.abs(queued + rendered - 90_000)).toBeLessThan(5_000);
		expect(second).toBeUndefined();
	});

	it('never sends a refused request again', async () => {
		const world = new World();
		const refused = { kind: 'failure', failure: failure('no', '') } as const;
		await world.run([job('a', 1_000, { before: [refused] })]);
		expect(world.submits).toHaveLength(1);
	});

	it('holds all submits back when one is told to wait', async () => {
		const world = new World();
		await world.run(
			[job('a', 1_000, { before: [busy(20_000)] }), job('b', 1_000), job('c', 1_000)],
			1,
		);
		expect(world.submits.slice(1).every(({ at }) => at >= 20_000)).toBe(true);
	});

	it('gives up a refused submit only at the deadline, with the reason', async () => {
		const world = new World();
		const always = Array.from({ length: 99 }, () => busy(null));
		const { outcomes } = await world.run([job('a', 1_000, { before: always, timeout: 60_000 })]);
		expect(outcomes[0]).toMatchObject({ ok: false, failure: { message: 'too busy' } });
		expect(world.now).toBeGreaterThanOrEqual(60_000);
	});

	it('names the task and keeps it findable when it is not ready in time', async () => {
		const world = new World();
		const { outcomes } = await world.run([job('a', 500_000, { timeout: 60_000 })]);
		expect(outcomes[0]).toMatchObject({
			ok: false,
			failure: {
				message: expect.stringContaining('60 s'),
				description: expect.stringContaining('Task ID: a'),
			},
		});
		expect(world.now).toBeLessThan(62_000);
	});

	it('survives status requests that fail for minutes', async () => {
		const world = new World();
		world.trouble = (at) => (at < 200_000 ? { retryAfter: null } : null);
		const { outcomes } = await world.run([job('a', 90_000)]);
		expect(outcomes[0]).toEqual({ ok: true, result: 'clip of a' });
	});

	it('ends within a second of Stop, and names what is left running', async () => {
		const world = new World();
		world.stopAt = 31_000;
		const { stopped, leftRunning } = await world.run([job('a', 600_000), job('b', 600_000)]);
		expect(stopped).toBe(true);
		expect(leftRunning.map(({ task: { taskId } }) => taskId)).toEqual(['a', 'b']);
		expect(world.now).toBeLessThan(32_000);
	});

	it('submits nothing more after a failure that ends the run, and names the running tasks', async () => {
		const world = new World();
		const jobs = [job('a', 5_000, { ends: 'failed' }), job('b', 500_000), job('c', 5_000)];
		const { outcomes, leftRunning } = await world.run(jobs, 2, 0, true);
		expect(outcomes.map((outcome) => outcome?.ok)).toEqual([false, undefined, undefined]);
		expect(leftRunning).toMatchObject([{ position: 1, task: { taskId: 'b' } }]);
		expect(world.submits.map(({ name }) => name)).toEqual(['a', 'b']);
	});

	it('ends at a failure only when the orders on their way are answered, and names what they bought', async () => {
		const world = new World();
		const refused = { kind: 'failure', failure: failure('refused', '') } as const;
		const jobs = [job('a', 5_000, { before: [refused] }), job('b', 500_000)];
		const { leftRunning } = await world.run(jobs, 2, 0, true);
		expect(leftRunning).toMatchObject([{ position: 1, task: { taskId: 'b' } }]);
	});

	it('is ended by a defect, after the orders on their way, with every id in its failures', async () => {
		const world = new World();
		const broken = { ...world.deps };
		world.deps = Object.assign(broken, {
			isFailure: () => {
				throw new Error('a defect');
			},
		});
		const { outcomes } = await world.run([job('a', 5_000), job('b', 500_000)], 2);
		expect(outcomes).toMatchObject([
			{ failure: { message: 'a defect' } },
			{ failure: { message: 'a defect', task: { taskId: 'b' } } },
		]);
	});

	it('keeps the gap between submits that the user asked for', async () => {
		const world = new World();
		await world.run(
			['a', 'b', 'c'].map((name) => job(name, 1_000)),
			5,
			10_000,
		);
		const times = world.submits.map(({ at }) => at);
		expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(10_000);
		expect((times[2] ?? 0) - (times[1] ?? 0)).toBeGreaterThanOrEqual(10_000);
	});

	it('hands a task over at once when it is not waited for', async () => {
		const world = new World();
		const { outcomes } = await world.run([job('a', 500_000, { wait: false })]);
		expect(outcomes[0]).toEqual({ ok: true, result: 'clip of a' });
		expect(world.looks).toEqual([]);
	});

	it('takes a refusal to show a task for one only after it has repeated for minutes', async () => {
		for (const httpStatus of [400, 401, 403, 404]) {
			const refused = failure('refused', '', { httpStatus });
			const once = new World();
			once.odd = () => (once.looks.length === 2 ? refused : undefined);
			expect((await once.run([job('a', 90_000)])).outcomes[0]?.ok).toBe(true);
			const always = new World();
			always.odd = () => refused;
			expect((await always.run([job('a', 90_000)])).outcomes[0]).toMatchObject({
				ok: false,
				failure: { message: 'refused', task: { taskId: 'a' } },
			});
			expect(always.now).toBeGreaterThanOrEqual(PATIENCE.refusal);
		}
	});

	it('gives a success without a result a minute, then says so', async () => {
		const empty: Task = { ...task('a', 'failed'), error: { code: NO_OUTPUT, message: 'nothing' } };
		const late = new World();
		late.odd = (_, at) => (at > 60_000 && at < 100_000 ? empty : undefined);
		expect((await late.run([job('a', 60_000)])).outcomes[0]?.ok).toBe(true);
		const never = new World();
		never.odd = (_, at) => (at > 60_000 ? empty : undefined);
		expect((await never.run([job('a', 60_000)])).outcomes[0]).toMatchObject({
			ok: false,
			failure: { task: { error: { code: NO_OUTPUT } } },
		});
		expect(never.now).toBeGreaterThanOrEqual(60_000 + PATIENCE.emptySuccess);
	});

	it('keeps the id that was bought, whatever id a status answer names', async () => {
		const world = new World();
		world.odd = () => (world.looks.length === 1 ? task('another', 'processing') : undefined);
		const { outcomes } = await world.run([job('a', 90_000, { timeout: 60_000 })]);
		expect(outcomes[0]).toMatchObject({ ok: false, failure: { task: { taskId: 'a' } } });
	});

	it('looks once more when the time is over, before it gives up', async () => {
		const world = new World();
		// The machine sleeps from the second look until long after the deadline.
		const { fetchStatuses } = world.deps;
		world.deps.fetchStatuses = async (ids) => {
			const seen = await fetchStatuses(ids);
			if (world.looks.length === 2) world.now += 3_600_000;
			return seen;
		};
		const { outcomes } = await world.run([job('a', 90_000, { timeout: 300_000 })]);
		expect(outcomes[0]).toEqual({ ok: true, result: 'clip of a' });
	});

	it('counts the time of each task from its own order', async () => {
		const world = new World();
		const jobs = ['a', 'b', 'c'].map((name) => job(name, 50_000, { timeout: 60_000 }));
		const { outcomes } = await world.run(jobs, 1);
		expect(outcomes.map((outcome) => outcome?.ok)).toEqual([true, true, true]);
	});

	it('does not give up an item at one 429, however long the run has been', async () => {
		const world = new World();
		const jobs = [
			job('a', 50_000, { timeout: 60_000 }),
			job('b', 50_000, { timeout: 60_000 }),
			job('c', 50_000, { timeout: 60_000, before: [busy(null)] }),
		];
		const { outcomes } = await world.run(jobs, 1);
		expect(outcomes.map((outcome) => outcome?.ok)).toEqual([true, true, true]);
	});

	it('waits no longer than its Timeout, whatever Retry-After says, and says so', async () => {
		for (const retryAfter of [86_400_000, 1e308]) {
			const world = new World();
			const always = Array.from({ length: 99 }, () => busy(retryAfter));
			const wanted = [job('a', 1_000, { before: always, timeout: 60_000 })];
			const { outcomes } = await world.run(wanted);
			expect(outcomes[0]).toMatchObject({
				ok: false,
				failure: {
					message: 'too busy',
					description: expect.stringContaining('longer than "Timeout (Seconds)"'),
				},
			});
			expect(world.now).toBeLessThan(62_000);
		}
	});

	it('ends a storm of refusals for all waiting items together, not one after another', async () => {
		const world = new World();
		const always = Array.from({ length: 99 }, () => busy(null));
		const jobs = ['a', 'b', 'c', 'd'].map((name) =>
			job(name, 1_000, { before: always, timeout: 60_000 }),
		);
		const { outcomes } = await world.run(jobs, 1);
		expect(outcomes.map((outcome) => outcome?.ok)).toEqual([false, false, false, false]);
		expect(world.now).toBeLessThan(70_000);
	});

	it('tries a server that cannot be reached for about a minute, tells of each pause, then gives up all', async () => {
		const world = new World();
		const gone = { ...busy(null), unreachable: true as const, failure: failure('no way', '') };
		const always = Array.from({ length: 99 }, () => gone);
		const jobs = ['a', 'b', 'c'].map((name) => job(name, 1_000, { before: always }));
		const { outcomes } = await world.run(jobs, 1);
		expect(outcomes).toEqual(
			jobs.map(() => ({ ok: false, failure: expect.objectContaining({ message: 'no way' }) })),
		);
		expect(world.now).toBeGreaterThanOrEqual(PATIENCE.unreachable);
		expect(world.now).toBeLessThan(1.5 * PATIENCE.unreachable);
		expect(world.pauses).toHaveLength(world.submits.length - 1);
		expect(world.submits.every(({ name }) => name === 'a')).toBe(true);
	});

	it('makes what is thrown the failure of its item, with the id where there is one, and goes on', async () => {
		const world = new World();
		const { submit } = world.deps;
		world.deps.submit = async (wanted) => {
			if (wanted.name === 'a') throw new Error('cannot be read');
			return await submit(wanted);
		};
		world.delivers = ({ name }) => {
			if (name === 'b') throw new RangeError('Invalid time value');
			return `clip of ${name}`;
		};
		const { outcomes } = await world.run([job('a', 1_000), job('b', 1_000), job('c', 1_000)]);
		expect(outcomes).toEqual([
			{ ok: false, failure: expect.objectContaining({ message: 'cannot be read' }) },
			{
				ok: false,
				failure: expect.objectContaining({
					message: 'Invalid time value',
					description: expect.stringContaining('Task ID: b'),
				}),
			},
			{ ok: true, result: 'clip of c' },
		]);
	});

	it('survives looks that throw', async () => {
		const world = new World();
		const { fetchStatuses } = world.deps;
		world.deps.fetchStatuses = async (ids) => {
			if (world.now < 60_000) throw new Error('a defect');
			return await fetchStatuses(ids);
		};
		expect((await world.run([job('a', 30_000)])).outcomes[0]?.ok).toBe(true);
	});
});

describe('a run that sleeps', () => {
	const MINUTE = 60_000;
	const specs = fc.array(
		fc.record({
			takes: fc.integer({ min: 0, max: 2_000_000 }),
			busy: fc.array(fc.option(fc.integer({ min: 0, max: 300_000 })), { maxLength: 3 }),
			ends: fc.constantFrom<TaskState>('succeeded', 'succeeded', 'failed', 'cancelled'),
			rings: fc.boolean(),
		}),
		{ minLength: 1, maxLength: 12 },
	);
	type Spec = typeof specs extends fc.Arbitrary<Array<infer S>> ? S : never;
	const jobsOf = (given: readonly Spec[], timeout = 86_400_000) =>
		given.map(({ takes, busy: refusals, ends, rings }, i) =>
			job(`t${i}`, takes, {
				ends,
				timeout,
				pace: { expected: 90_000, interval: null, rings },
				before: refusals.map(busy),
			}),
		);
	/** Which part of each sleep passes before something wakes the run. */
	const parts = fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true }));

	it('gives every item its own clip, bought once, within the concurrency, whenever it is woken', async () => {
		await fc.assert(
			fc.asyncProperty(
				specs,
				fc.integer({ min: 1, max: 6 }),
				fc.boolean(),
				parts,
				async (given, concurrency, rung, stream) => {
					const world = new World();
					const jobs = jobsOf(given);
					const { outcomes, sleeps } = await world.sleepOn(jobs, concurrency, (until) => {
						const part = rung ? (stream.next().value as number) : 1;
						// Bells may come at any time, but not without end.
						return world.sleeps.length > 200 ? until : world.now + (until - world.now) * part;
					});
					expect(outcomes).toEqual(
						jobs.map(({ name, ends }) =>
							ends === 'succeeded'
								? { ok: true, result: `clip of ${name}` }
								: { ok: false, failure: expect.objectContaining({ message: `${name} ${ends}` }) },
						),
					);
					const taken = world.submits.length - given.flatMap((spec) => spec.busy).length;
					expect(taken).toBe(jobs.length);
					expect(world.inFlightPeak).toBeLessThanOrEqual(concurrency);
					const flights = sleeps.map(({ going }) => going);
					expect(Math.max(0, ...flights)).toBeLessThanOrEqual(concurrency);
				},
			),
			{ numRuns: 40 },
		);
	});

	it('sleeps only when the account is full or nothing is left to submit, while nobody is refused', async () => {
		await fc.assert(
			fc.asyncProperty(specs, fc.integer({ min: 1, max: 6 }), async (given, concurrency) => {
				const world = new World();
				const free = given.map((spec) => ({ ...spec, busy: [] }));
				const { sleeps } = await world.sleepOn(jobsOf(free), concurrency);
				const early = ({ going, waiting }: (typeof sleeps)[number]) =>
					going < concurrency && waiting > 0;
				expect(sleeps.filter(early)).toEqual([]);
			}),
			{ numRuns: 30 },
		);
	});

	it('is awake for seconds, and looks once at a time, however long the clips take', async () => {
		const world = new World();
		const jobs = Array.from({ length: 20 }, (_, i) => job(`t${i}`, 600_000 + 1000 * i));
		const { sleeps } = await world.sleepOn(jobs, 20);
		expect(sleeps.length).toBeGreaterThan(0);
		for (const { from, at, until } of sleeps) {
			expect(at - from).toBeLessThan(5_000);
			expect(until - at).toBeGreaterThanOrEqual(MINUTE - 5_000);
		}
		expect(world.looks.length).toBeLessThanOrEqual(sleeps.length + 1);
	});

	it('sleeps through a storm of refusals that asks for a second at a time, and ends it at the Timeout', async () => {
		const world = new World();
		const always = Array.from({ length: 9999 }, () => busy(1_000));
		const timeout = 3_600_000;
		const jobs = [job('a', 1_000, { before: always, timeout })];
		const { outcomes, sleeps } = await world.sleepOn(jobs);
		expect(outcomes[0]).toMatchObject({ ok: false, failure: { message: 'too busy' } });
		expect(world.now).toBeGreaterThanOrEqual(timeout);
		expect(world.now).toBeLessThan(timeout + MINUTE);
		const asleep = sleeps.reduce((sum, { at, until }) => sum + until - at, 0);
		expect(asleep).toBeGreaterThan(0.95 * timeout);
	});

	it('gives up a server that cannot be reached for a minute, awake or asleep', async () => {
		const world = new World();
		const gone = { ...busy(null), unreachable: true as const, failure: failure('no way', '') };
		const jobs = [job('a', 1_000, { before: Array.from({ length: 99 }, () => gone) })];
		const { outcomes } = await world.sleepOn(jobs);
		expect(outcomes[0]).toMatchObject({ ok: false, failure: { message: 'no way' } });
		expect(world.now).toBeGreaterThanOrEqual(PATIENCE.unreachable);
		expect(world.now).toBeLessThan(3 * PATIENCE.unreachable);
	});

	it('wakes at the deadline of each task, looks once more, and names the task that is not ready', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.integer({ min: 1_000, max: 2_000_000 }), { minLength: 1, maxLength: 6 }),
				fc.integer({ min: 30_000, max: 1_000_000 }),
				async (takes, timeout) => {
					const world = new World();
					const jobs = takes.map((each, i) => job(`t${i}`, each, { timeout }));
					const { outcomes } = await world.sleepOn(jobs, 6);
					for (const [i, outcome] of outcomes.entries()) {
						const { at, job: taken } = world.taken.get(`t${i}`) as { at: number; job: TestJob };
						// A look takes 50 ms: what ends in that time may be seen or not.
						if (Math.abs(taken.takes - timeout) > 500) {
							expect(outcome?.ok).toBe(taken.takes < timeout);
						}
						if (outcome?.ok === false) {
							expect(outcome.failure.description).toContain(`Task ID: t${i}`);
							expect(world.now).toBeGreaterThanOrEqual(at + timeout);
						}
					}
				},
			),
			{ numRuns: 30 },
		);
	});

	it('counts the time of each task from its own order, across sleeps', async () => {
		const world = new World();
		const jobs = ['a', 'b', 'c'].map((name) => job(name, 200_000, { timeout: 300_000 }));
		const { outcomes } = await world.sleepOn(jobs, 1);
		expect(outcomes.map((outcome) => outcome?.ok)).toEqual([true, true, true]);
	});

	it('takes a refusal to show a task, or a success without files, for one only after minutes of it', async () => {
		const refused = failure('refused', '', { httpStatus: 403 });
		const empty: Task = { ...task('a', 'failed'), error: { code: NO_OUTPUT, message: 'nothing' } };
		for (const [odd, patience] of [
			[refused, PATIENCE.refusal],
			[empty, PATIENCE.emptySuccess],
		] as const) {
			const brief = new World();
			brief.odd = () => (brief.looks.length === 1 ? odd : undefined);
			expect((await brief.sleepOn([job('a', 90_000)])).outcomes[0]?.ok).toBe(true);
			const always = new World();
			always.odd = () => odd;
			expect((await always.sleepOn([job('a', 90_000)])).outcomes[0]).toMatchObject({
				ok: false,
				failure: { task: { taskId: 'a' } },
			});
			const first = always.looks[0] ?? Infinity;
			expect(always.now).toBeGreaterThanOrEqual(first + patience);
			expect(always.now).toBeLessThan(first + patience + 3 * MINUTE);
		}
	});

	it('survives status requests that fail for hours, and asks once a sleep', async () => {
		const world = new World();
		world.trouble = (at) => (at < 7_200_000 ? { retryAfter: null } : null);
		const { outcomes, sleeps } = await world.sleepOn([job('a', 90_000, { timeout: 86_400_000 })]);
		expect(outcomes[0]).toEqual({ ok: true, result: 'clip of a' });
		expect(world.looks.length).toBeLessThanOrEqual(sleeps.length + 1);
	});

	it('looks, before it sleeps, at tasks that may have rung while it was awake', async () => {
		const world = new World();
		const pace = { expected: 90_000, interval: null, rings: true };
		const slow = { retryAfter: 10_000 };
		const jobs = [
			job('quick', 1_000, { pace }),
			job('next', 90_000, { pace, before: [busy(slow.retryAfter)] }),
		];
		await world.run(jobs, 2, 0, false, { blockedSince: null });
		expect(world.looks.length).toBeGreaterThan(0);
	});

	it('ends at the first failure if told so, at the wake-up that sees it, with the tasks that go on', async () => {
		const world = new World();
		const jobs = [job('a', 5_000, { ends: 'failed' }), job('b', 500_000), job('c', 5_000)];
		const { outcomes, going } = await world.sleepOn(jobs, 2, undefined, true);
		expect(outcomes.map((outcome) => outcome?.ok)).toEqual([false, undefined, undefined]);
		expect([...going.keys()]).toEqual([1]);
		expect(world.submits.map(({ name }) => name)).toEqual(['a', 'b']);
	});
});
