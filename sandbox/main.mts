/** `npm run sandbox -- --port 4010 --speed 30 --render-seconds 90` */
import { commandLine, refuse } from '../scripts/commandLine.mts';
import { takenPort } from '../scripts/ports.mts';
import type { KkiaiQuery } from './dialects/dialect.mts';
import type { Region } from './documents/viduPrices.mts';
import { FAULTS } from './faults.mts';
import { HOSTILE } from './hostile.mts';
import { GATEWAY_KEYS, POOR_KEY, SANDBOX_KEY, startSandbox } from './server.mts';

const GATEWAYS = Object.entries(GATEWAY_KEYS);

const HELP = `A stand-in for Vidu's API, and for the gateways to it, on this machine.

  --port N                     default 4010; 0 takes any free port
  --speed N                    provider-seconds per real second, default 30
  --render-seconds N           provider-seconds that a video takes, default 90
  --credits N                  what each key begins with, default 10000
  --region global|china        whose price list applies, default global
  --callback-retry-seconds N   provider-seconds between the tries of a callback, default 1
  --kkiai-query tasks|task|list  where kkiai answers for a task, default tasks
  --newer                      newer than its documents: unknown models and values are taken,
                               unknown fields ignored; without it all of them are refused
  --hostile SEED               answers lie and break; the same seed does the same, see below
  --hostile-rate N             share of requests that something happens to, default 0.3

Keys (a nearly empty account of each gateway: its key with -poor):

  ${'vidu'.padEnd(12)} Token  ${SANDBOX_KEY}, ${POOR_KEY}
${GATEWAYS.map(([name, key]) => `  ${name.padEnd(12)} Bearer ${key}`).join('\n')}

Faults on demand, in the prompt (without one, in the payload) or in the header x-sandbox-faults:

${FAULTS.map(([token, effect]) => `  ${token.padEnd(20)} ${effect}`).join('\n')}

The hostile mode, also {"hostile":{"seed":1,"rate":0.3}} or {"hostile":null} to /_sandbox/settings.
Each happens a few times to a task at most, so that a patient client comes to its clip. What was
accepted is billed, whatever the answer says. The log names what was done to a request.

${HOSTILE.map(([name, effect]) => `  ${name.padEnd(20)} ${effect}`).join('\n')}
`;

const { values } = commandLine(HELP, {
	port: { type: 'string', default: '4010' },
	speed: { type: 'string', default: '30' },
	'render-seconds': { type: 'string', default: '90' },
	credits: { type: 'string', default: '10000' },
	region: { type: 'string', default: 'global' },
	'callback-retry-seconds': { type: 'string', default: '1' },
	'kkiai-query': { type: 'string', default: 'tasks' },
	newer: { type: 'boolean', default: false },
	hostile: { type: 'string' },
	'hostile-rate': { type: 'string', default: '0.3' },
});

/** A number from the command line. */
function number(name: string, value: string): number {
	const parsed = Number(value);
	const fits = ['port', 'credits', 'hostile'].includes(name) ? parsed >= 0 : parsed > 0;
	if (value === '' || !fits) refuse(HELP, `--${name} wants a number, not "${value}"`);
	return parsed;
}

/** A region from the command line. */
function region(value: string): Region {
	if (value === 'global' || value === 'china') return value;
	return refuse(HELP, '--region is global or china');
}

/** The query path of kkiai from the command line. */
function kkiaiQuery(value: string): KkiaiQuery {
	if (value === 'tasks' || value === 'task' || value === 'list') return value;
	return refuse(HELP, '--kkiai-query is tasks, task or list');
}

/** Starts the sandbox and stays up until a signal ends it. */
async function run(): Promise<void> {
	const sandbox = await startSandbox({
		port: number('port', values.port),
		speed: number('speed', values.speed),
		renderSeconds: number('render-seconds', values['render-seconds']),
		credits: number('credits', values.credits),
		region: region(values.region),
		kkiaiQuery: kkiaiQuery(values['kkiai-query']),
		newer: values.newer,
		standIns: true,
		callbackRetrySeconds: number('callback-retry-seconds', values['callback-retry-seconds']),
		hostile:
			values.hostile === undefined
				? null
				: {
						seed: number('hostile', values.hostile),
						rate: number('hostile-rate', values['hostile-rate']),
					},
		log: (line) => process.stdout.write(`${line}\n`),
	});
	process.stdout.write(`Sandbox   ${sandbox.url}\n`);
	process.stdout.write(`Keys      ${SANDBOX_KEY}, and ${POOR_KEY} with 10 credits\n`);
	for (const [name, key] of GATEWAYS) process.stdout.write(`          ${name}: ${key}\n`);
	process.stdout.write(`Samples   ${sandbox.url}/samples/cat.png  robot.png  bottle.png\n\n`);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void sandbox.close());
	}
}

await run().catch((error: unknown) => {
	const { code, message } = error as NodeJS.ErrnoException;
	const why = code === 'EADDRINUSE' ? takenPort(Number(values.port)) : message;
	process.stderr.write(`${why}\n`);
	process.exitCode = 1;
});
