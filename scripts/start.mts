/**
 * `npm start`: a clip out of a real n8n with this package installed, without an account or a key.
 * Stays up until Ctrl-C; `npm start -- --once` ends after the clip, with exit code 1 if none came.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commandLine } from './commandLine.mts';
import { PORT_USAGE, SPEED, setStageForPeople, whereabouts } from './forPeople.mts';
import { readMp4 } from './mp4.mts';
import { output } from './n8nClient.mts';
import { stopAll } from './processes.mts';
import { duration, steps } from './progress.mts';
import type { Stage } from './stage.mts';

const OUTPUT = fileURLToPath(new URL('../output', import.meta.url));
const FLAGSHIP = 'reference-to-video';
const FLAGSHIP_NODE = 'Vidu Reference to Video';
const USAGE = `npm start [-- --port N --once]     a clip out of a real n8n, without an account or a key

  ${PORT_USAGE}
  --once     end after the clip, with exit code 1 if none came`;

const { values } = commandLine(USAGE, {
	port: { type: 'string' },
	once: { type: 'boolean', default: false },
});
const userFolder = await mkdtemp(join(tmpdir(), 'n8n-nodes-vidu-'));
const interrupted = new Promise<'interrupted'>((resolve) => {
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
		process.on(signal, () => resolve('interrupted'));
});
const shown = show().catch((error: unknown) => error as Error);

const end = await Promise.race([shown, interrupted]);
const failed = end instanceof Error;
if (failed) console.error(`\n${end.message}`);
if (end === 'interrupted') console.log('\nEnding …');
await stopAll();
// What was under way removes what it leaves unfinished.
await shown;
if (!failed) await rm(userFolder, { recursive: true, force: true });
process.exit(failed || (values.once && end === 'interrupted') ? 1 : 0);

async function show(): Promise<void> {
	const { port, once } = values;
	const step = steps();
	const stage = await setStageForPeople({ port, userFolder, filesFolder: OUTPUT, step });
	const start = performance.now();
	const clip = await step('Reference to Video: two subjects, one clip', () => makeClip(stage));
	const took = duration(performance.now() - start);
	const { codec, width, height, duration: seconds } = await readMp4(clip.path);
	console.log(`
    Clip      ${clip.path}
              ${width}×${height}, ${seconds.toFixed(1)} s, ${codec === 'avc' ? 'H.264' : codec}
    Cost      ${clip.credits} credits (of the sandbox)
    Took      ${took}, with a sandbox ${SPEED} times faster than Vidu`);
	if (once) return;
	console.log(`    Run       ${clip.page}
${whereabouts(stage, port)}

Ctrl-C ends n8n and the sandbox and forgets their data. The clip stays.`);
	throw new Error(
		`n8n ended with exit code ${await stage.n8n.exited}. Its log: ${stage.n8n.logFile}`,
	);
}

interface Clip {
	readonly path: string;
	readonly credits: unknown;
	/** Address of the execution in the editor. */
	readonly page: string;
}

/** Runs the flagship example and saves its video. @throws what the execution failed with */
async function makeClip({ n8n, runExample }: Stage): Promise<Clip> {
	const execution = await runExample(FLAGSHIP);
	const [item] = output(execution, FLAGSHIP_NODE);
	if (execution.status !== 'success' || !item) {
		const { message, description } = execution.error ?? {};
		throw new Error([`No clip came: ${message ?? execution.status}`, description].join('\n'));
	}
	const path = join(OUTPUT, `${FLAGSHIP}.mp4`);
	await mkdir(OUTPUT, { recursive: true });
	await writeFile(path, await n8n.client.binary(item));
	const page = `${n8n.url}/workflow/${execution.workflowId}/executions/${execution.id}`;
	return { path, credits: item.json.credits, page };
}
