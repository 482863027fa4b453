/**
 * `npm start`: a clip out of a real n8n with this package installed, without an account or a key.
 * Stays up until Ctrl-C; `npm start -- --once` ends after the clip, with exit code 1 if none came.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readMp4 } from './mp4.mts';
import { OWNER } from './n8n.mts';
import { output } from './n8nClient.mts';
import { stopAll } from './processes.mts';
import { duration, steps } from './progress.mts';
import { setStage, type Stage } from './stage.mts';

const OUTPUT = fileURLToPath(new URL('../output', import.meta.url));
const FLAGSHIP = 'reference-to-video';
const FLAGSHIP_NODE = 'Vidu Reference to Video';
const N8N_PORT = 5678;
/** What takes Vidu a minute and a half takes the sandbox 6 s. */
const SANDBOX = { port: 4010, speed: 15, renderSeconds: 90 };

const { values } = parseArgs({ options: { once: { type: 'boolean', default: false } } });
const userFolder = await mkdtemp(join(tmpdir(), 'n8n-nodes-vidu-'));
const interrupted = new Promise<void>((resolve) => {
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
		process.on(signal, () => resolve());
});

let exitCode = 0;
try {
	await Promise.race([show(), interrupted]);
} catch (error) {
	exitCode = 1;
	console.error(`\n${(error as Error).message}`);
}
await stopAll();
if (exitCode === 0) await rm(userFolder, { recursive: true, force: true });
process.exit(exitCode);

async function show(): Promise<void> {
	const step = steps();
	const stage = await setStage({
		userFolder,
		filesFolder: OUTPUT,
		sandbox: SANDBOX,
		n8nPort: N8N_PORT,
		step,
	});
	const start = performance.now();
	const clip = await step('Reference to Video: two subjects, one clip', () => makeClip(stage));
	const took = duration(performance.now() - start);
	const { codec, width, height, duration: seconds } = await readMp4(clip.path);
	console.log(`
    Clip      ${clip.path}
              ${width}×${height}, ${seconds.toFixed(1)} s, ${codec === 'avc' ? 'H.264' : codec}
    Cost      ${clip.credits} credits (of the sandbox)
    Took      ${took}, with a sandbox ${SANDBOX.speed} times faster than Vidu`);
	if (values.once) return;
	console.log(`    Editor    ${stage.n8n.url}
    Login     ${OWNER.email}  ${OWNER.password}
    Sandbox   ${stage.sandbox.url}

Ctrl-C ends n8n and the sandbox and forgets their data. The clip stays.`);
	throw new Error(
		`n8n ended with exit code ${await stage.n8n.exited}. Its log: ${stage.n8n.logFile}`,
	);
}

/** Runs the flagship example and saves its video. @throws what the execution failed with */
async function makeClip(stage: Stage): Promise<{ path: string; credits: unknown }> {
	const execution = await stage.runExample(FLAGSHIP);
	const [item] = output(execution, FLAGSHIP_NODE);
	if (execution.status !== 'success' || !item) {
		const { message, description } = execution.error ?? {};
		throw new Error([`No clip came: ${message ?? execution.status}`, description].join('\n'));
	}
	const path = join(OUTPUT, `${FLAGSHIP}.mp4`);
	await mkdir(OUTPUT, { recursive: true });
	await writeFile(path, await stage.n8n.client.binary(item));
	return { path, credits: item.json.credits };
}
