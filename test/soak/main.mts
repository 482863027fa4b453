/**
 * `npm run soak`: an hour of small runs in one real n8n against a sandbox that lies and breaks, in rounds.
 * After each round n8n's memory, descriptors and handles are read, which must not grow, and what was
 * billed is compared with what came out. `--help` says more.
 */
import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startSandbox } from '../../sandbox/server.mts';
import { commandLine, refuse } from '../../scripts/commandLine.mts';
import { fastClock } from '../../scripts/fastClock.mts';
import { startN8n } from '../../scripts/n8n.mts';
import { installPackage } from '../../scripts/package.mts';
import { duration } from '../../scripts/progress.mts';
import { CREDENTIAL_TYPE, sandboxCredential } from '../../scripts/stage.mts';
import { probe, type Figures } from '../bench/probe.mts';
import { markdown } from '../bench/table.mts';
import { judge } from './judge.mts';
import { rounds, type Round } from './rounds.mts';

const OUTPUT = fileURLToPath(new URL('../../output/', import.meta.url));
/** Every reading, for who wants to look closer. */
const READINGS = join(OUTPUT, 'soak.csv');
/** Provider-seconds in a second, also for what sleeps. */
const SPEED = 30;
/** Fewer have no quarters. */
const FEWEST = 8;
const SEED = 29;

const USAGE = `npm run soak [-- --minutes N]     a stream of small runs in one n8n, on SQLite

  --minutes N     how long it goes on, 60 by default

Both nodes and Vidu Trigger, in all ways to wait and with all settings of On Error, against a
sandbox in its hostile mode, 30 times faster than Vidu. When a round of runs has ended, garbage is
collected and n8n's memory, descriptors and handles are read.

It ends with 1 unless
- none of these figures has grown in the second half: from the third quarter of the readings to
  the last, the median grew by no more than 1.5 times the range of the middle half of the
  readings beside that growth; and
- every task that was paid for is in an item, an error or the log, or was kept secret by the
  provider and the node has said that it may exist; none was bought twice for one order, and no
  node put one out twice.

All readings are in output/soak.csv.`;

/**
 * What is judged; growth by a grain is none. In a quarter of an hour the node comes to remember some 0.3 MB on
 * purpose: up to 5,000 submissions, and the callbacks of a week.
 */
const MEASURES: ReadonlyArray<{
	readonly name: keyof Figures;
	readonly about: string;
	readonly grain: number;
	readonly show: (value: number) => string;
}> = [
	{ name: 'heap', about: 'live heap', grain: 500e3, show: megabytes },
	{ name: 'resident', about: 'memory of the process', grain: 4e6, show: megabytes },
	{ name: 'descriptors', about: 'open descriptors', grain: 2, show: String },
	{ name: 'handles', about: 'active handles', grain: 2, show: String },
];

function megabytes(bytes: number): string {
	return `${(bytes / 1e6).toFixed(2)} MB`;
}

function minutesAsked(): number {
	const { values } = commandLine(USAGE, { minutes: { type: 'string', default: '60' } });
	const minutes = Number(values.minutes);
	return minutes > 0 ? minutes : refuse(USAGE, `--minutes wants a number above 0`);
}

/** Goes on for so many minutes, and for the fewest rounds that can be judged. */
async function soak(minutes: number): Promise<{ readings: Figures[]; all: Round[] }> {
	const userFolder = await mkdtemp(join(tmpdir(), 'n8n-nodes-vidu-soak-'));
	await installPackage(userFolder);
	const { NODE_OPTIONS, ...clock } = fastClock({ speed: SPEED });
	const { env, read } = await probe(NODE_OPTIONS);
	const sandbox = await startSandbox({
		speed: SPEED,
		callbackRetrySeconds: SPEED,
		credits: 1e9,
		hostile: { seed: SEED, rate: 0.2 },
	});
	const n8n = await startN8n({ userFolder, env: { ...clock, ...env, NODE_ENV: 'production' } });
	try {
		const data = sandboxCredential(sandbox.url);
		const credential = await n8n.client.createCredential('Soak', CREDENTIAL_TYPE, data);
		const nextRound = await rounds(n8n, sandbox, credential);
		const [readings, all]: [Figures[], Round[]] = [[], []];
		const begun = Date.now();
		while (Date.now() - begun < minutes * 60_000 || all.length < FEWEST) {
			all.push(await nextRound());
			readings.push(await read());
			await tell(Date.now() - begun, all, readings);
		}
		return { readings, all };
	} finally {
		await n8n.stop();
		await sandbox.close();
		await rm(userFolder, { recursive: true });
	}
}

async function tell(since: number, all: readonly Round[], readings: readonly Figures[]) {
	const [round, reading] = [all.at(-1) as Round, readings.at(-1) as Figures];
	const shown = MEASURES.map(({ about, name, show }) => `${show(reading[name])} ${about}`);
	const runs = `${round.executions} executions, ${round.billed} tasks`;
	console.log([`${duration(since)}: ${runs}`, ...shown, ...round.wrong].join(', '));
	await appendFile(READINGS, `${[since, ...MEASURES.map(({ name }) => reading[name])].join()}\n`);
}

const sum = (rounds: readonly Round[], of: (round: Round) => number) =>
	String(rounds.reduce((total, round) => total + of(round), 0));

/** The two tables, and whether all is as it has to be. */
function report(readings: readonly Figures[], all: readonly Round[]) {
	const judged = MEASURES.map(({ name, about, grain, show }) => {
		const values = readings.map((reading) => reading[name]);
		const { isFlat, third, last, allowed } = judge(values, grain);
		const cells = [about, show(values[0] ?? NaN), show(third), show(last), show(allowed)];
		return { isFlat, row: [...cells, isFlat ? 'flat' : 'GROWS'] };
	});
	const head = [
		'n8n, after each round',
		'first',
		'third quarter',
		'last quarter',
		'may grow by',
		'',
	];
	const wrong = all.flatMap((round) => round.wrong);
	const ends = [...new Set(all.flatMap((round) => Object.keys(round.ends)))];
	const books = [
		[`${all.length} rounds`, 'count'],
		['executions', sum(all, ({ executions }) => executions)],
		...ends.map((end) => [`… ${end}`, sum(all, (round) => round.ends[end] ?? 0)]),
		['tasks that were paid for', sum(all, ({ billed }) => billed)],
		['… in an item', sum(all, ({ items }) => items)],
		['… in an error', sum(all, ({ errors }) => errors)],
		['… in the log alone', sum(all, ({ log }) => log)],
		['… kept secret by the provider, and said to be possible', sum(all, ({ doubts }) => doubts)],
		['lost, bought or put out twice', String(wrong.length)],
	];
	const tables = `${markdown([head, ...judged.map(({ row }) => row)])}\n${markdown(books)}`;
	const isGood = wrong.length === 0 && judged.every(({ isFlat }) => isFlat);
	return { text: [tables, ...wrong].join('\n'), isGood };
}

const minutes = minutesAsked();
await mkdir(OUTPUT, { recursive: true });
await writeFile(READINGS, `milliseconds,${MEASURES.map(({ name }) => name).join()}\n`);
const { readings, all } = await soak(minutes);
const { text, isGood } = report(readings, all);
console.log(`\n${text}`);
process.exit(isGood ? 0 : 1);
