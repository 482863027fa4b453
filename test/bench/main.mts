/**
 * `npm run bench`: this node beside n8n's own, in one run on one machine, as Markdown tables with the
 * bars that it has to reach. `npm run bench -- --help` lists the parts, each of which can be run alone.
 */
import { createRequire } from 'node:module';
import { availableParallelism, loadavg } from 'node:os';
import { commandLine, refuse } from '../../scripts/commandLine.mts';
import { asBuilt } from './asBuilt.mts';

interface Part {
	readonly about: string;
	readonly minutes: number;
	/** Whether the load of the machine makes no difference. */
	readonly steady?: true;
	/** Loads what it needs by itself, so that it disturbs no other part. */
	run(): Promise<string>;
}

const PARTS: Readonly<Record<string, Part>> = {
	times: {
		about: 'jobs in real time: how long, how many requests, how late, how soon stopped',
		minutes: 18,
		run: async () => (await import('./times.mts')).times(),
	},
	lateness: {
		about: 'how late results are seen and how often the node looks, in virtual time',
		minutes: 1,
		steady: true,
		run: async () => (await import('./lateness.mts')).lateness(),
	},
	memory: {
		about: 'what downloads, many items and two days of polling add to memory',
		minutes: 5,
		run: async () => (await import('./memory.mts')).memory(),
	},
	cpu: {
		about: 'planning of many items, large answers, and what the editor asks for',
		minutes: 1,
		run: async () => await asBuilt('cpu.mts', 'cpu'),
	},
	startup: {
		about: 'what it costs n8n to load the nodes, and the size of the package',
		minutes: 1,
		run: async () => (await import('./startup.mts')).startup(),
	},
	trigger: {
		about: "callbacks a second, beside n8n's GitHub and Stripe Trigger in a real n8n",
		minutes: 6,
		run: async () => (await import('./trigger.mts')).trigger(),
	},
	burst: {
		about: 'all callbacks in one moment, to a real n8n in queue mode with PostgreSQL and Redis',
		minutes: 8,
		run: async () => (await import('./burst.mts')).burst(),
	},
	asleep: {
		about: "1,000 executions that sleep, beside n8n's Wait node in a real n8n",
		minutes: 10,
		run: async () => (await import('./asleep.mts')).asleep(1000),
	},
};

const say = (text: string) => process.stdout.write(`${text}\n`);

const USAGE = `npm run bench [-- <part> …]     all parts, or those named

${Object.entries(PARTS)
	.map(([name, { about, minutes }]) => `  ${name.padEnd(10)} ${about} (${minutes} min)`)
	.join('\n')}

Times and rates are told with a busy machine in mind: where other work was running, it says so.`;

/** The parts that are wanted. */
function wanted(): string[] {
	const { positionals } = commandLine(USAGE, {}, true);
	const unknown = positionals.filter((name) => !Object.hasOwn(PARTS, name));
	if (unknown.length > 0) refuse(USAGE, `There is no part ${unknown.join(', ')}`);
	return positionals.length > 0 ? positionals : Object.keys(PARTS);
}

/** Runs a part, and says whether other work has disturbed it. */
async function measured(name: string, { run, steady }: Part): Promise<string> {
	// What was running before is not this part's work.
	const [load = 0] = loadavg();
	const table = await run();
	const disturbed =
		!steady && load > availableParallelism() / 2
			? `Disturbed: when "${name}" began, ${load.toFixed(1)} other processes wanted the CPUs.\n`
			: '';
	return `${table}${disturbed}`;
}

const versionOf = (name: string) =>
	(createRequire(import.meta.url)(`${name}/package.json`) as { version: string }).version;

const parts = wanted();
say(
	`${availableParallelism()} cores, Node.js ${process.versions.node}, n8n-core ${versionOf('n8n-core')}\n`,
);
for (const name of parts) say(await measured(name, PARTS[name] as Part));
process.exit(0);
