/**
 * How long each contestant takes, how often it asks and how soon it stops, in real time: n8n's node
 * cannot be sped up. All of it runs side by side, since it only waits.
 */
import { contestants, type Contestant } from './contestants.mts';
import { loadMinimax } from './minimax.mts';
import { measure, secondsToStop, type Measured } from './measure.mts';
import { bar, comparison, median, type Row } from './table.mts';

/** Seconds; what this node expects of a clip of 5 s. A multiple of 15 is the best case of n8n's node. */
const JOB = 90;
/** Sooner done, and expected so: fifty jobs, five in flight, end in eight minutes. */
const SHORT = { renderSeconds: 45, clipSeconds: 1 };
/** Spread evenly over the 15 s between two looks of n8n's node. */
const AS_EXPECTED = [82, 85, 88, 91, 94];
const UNEXPECTED = [52, 64, 76, 104, 116];
const STOPPED = { job: 60, after: 20 };
const SLOWDOWN = 1.15;
const LOOKS = 9;
const LATE = 3;
const STOP = 1;

interface Times {
	readonly one: Measured;
	readonly five: Measured;
	readonly fiveShort: Measured;
	/** Seconds late. */
	readonly asExpected: readonly number[];
	readonly unexpected: readonly number[];
	readonly stop: number;
}

/** The table. */
export async function times(): Promise<string> {
	const { version } = await loadMinimax();
	return `${comparison(await measureTimes())}n8n's MiniMax node is that of @n8n/n8n-nodes-langchain ${version}, unmodified.\n`;
}

async function measureTimes(): Promise<Row[]> {
	const names = Object.keys(contestants) as Contestant[];
	// Loads all code before a clock runs.
	for (const name of names) await measure(name, { jobs: 1, renderSeconds: 0 });

	const fiftyShort = measure('ours', { jobs: 50, ...SHORT });
	const running = Object.fromEntries(names.map((name) => [name, timesOf(name)])) as Record<
		Contestant,
		Promise<Times>
	>;
	const ours = await running.ours;
	// Fifty downloads at once would disturb what ends at the same time.
	const fifty = await measure('ours', { jobs: 50, renderSeconds: JOB, inFlight: 50 });
	const times = { ours, minimax: await running.minimax, serial: await running.serial };
	const own = { fifty, fiftyShort: await fiftyShort };
	return rows(times, own);
}

async function timesOf(contestant: Contestant): Promise<Times> {
	const late = async (renderSeconds: number) =>
		(await measure(contestant, { jobs: 1, renderSeconds })).late;
	const [one, five, fiveShort, asExpected, unexpected, stop] = await Promise.all([
		measure(contestant, { jobs: 1, renderSeconds: JOB }),
		measure(contestant, { jobs: 5, renderSeconds: JOB }),
		measure(contestant, { jobs: 5, ...SHORT }),
		Promise.all(AS_EXPECTED.map(late)),
		Promise.all(UNEXPECTED.map(late)),
		secondsToStop(contestant, STOPPED.job, STOPPED.after),
	]);
	return { one, five, fiveShort, asExpected, unexpected, stop };
}

function rows(
	times: Record<Contestant, Times>,
	own: Record<'fifty' | 'fiftyShort', Measured>,
): Row[] {
	const each = (read: (times: Times) => string) => ({
		ours: read(times.ours),
		minimax: read(times.minimax),
		serial: read(times.serial),
	});
	const seconds = (value: number) => `${value.toFixed(value < 100 ? 1 : 0)} s`;
	const looks = (value: number) => value.toFixed(value < 2 ? 1 : 0);
	const tenfold = (read: (times: Times) => Measured) =>
		each((one) => `${seconds(read(one).seconds * 10)} *`);
	const lateness = (values: readonly number[]) =>
		`${seconds(median(values))} (${seconds(Math.max(...values))})`;
	const span = (values: readonly number[]) => `${Math.min(...values)}–${Math.max(...values)} s`;
	const { one, five, asExpected, stop } = times.ours;
	const slowdown = five.seconds / one.seconds;
	return [
		{ what: `1 job of ${JOB} s`, values: each((of) => seconds(of.one.seconds)) },
		{
			what: `5 jobs of ${JOB} s`,
			values: each((of) => seconds(of.five.seconds)),
			bar: bar(`≤ ${SLOWDOWN} × one job, is ${slowdown.toFixed(2)}`, slowdown <= SLOWDOWN),
		},
		{
			what: `50 jobs of ${JOB} s, all in flight`,
			values: { ...tenfold((of) => of.five), ours: seconds(own.fifty.seconds) },
		},
		{
			what: `50 jobs of ${SHORT.renderSeconds} s, 5 in flight`,
			values: { ...tenfold((of) => of.fiveShort), ours: seconds(own.fiftyShort.seconds) },
		},
		{
			what: `status requests, 1 job of ${JOB} s`,
			values: each((of) => looks(of.one.looks)),
			bar: bar(`≤ ${LOOKS}`, one.looks <= LOOKS),
		},
		{ what: `… per job, 5 jobs`, values: each((of) => looks(of.five.looks)) },
		{
			what: `… per job, 50 jobs, all in flight`,
			values: { ...each((of) => `${looks(of.five.looks)} *`), ours: looks(own.fifty.looks) },
		},
		{
			what: `finished to item, median (worst), jobs of ${span(AS_EXPECTED)}`,
			values: each((of) => lateness(of.asExpected)),
			bar: bar(`≤ ${LATE} s`, Math.max(...asExpected) <= LATE),
		},
		{
			what: `… jobs of ${span(UNEXPECTED)}`,
			values: each((of) => lateness(of.unexpected)),
		},
		{
			what: 'Stop to end of node, while it waits',
			values: each((of) => seconds(of.stop)),
			bar: bar(`< ${STOP} s`, stop < STOP),
		},
	];
}
