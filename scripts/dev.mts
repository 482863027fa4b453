/**
 * `npm run dev`: a real n8n with this package and the sandbox. After each change of the sources gulp
 * builds again, into the installed package as well, and n8n loads it without a restart.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commandLine } from './commandLine.mts';
import { PORT_USAGE, setStageForPeople, whereabouts } from './forPeople.mts';
import { stopAll } from './processes.mts';
import { steps } from './progress.mts';

const CHECKOUT = fileURLToPath(new URL('..', import.meta.url));
const OUTPUT = join(CHECKOUT, 'output');
/** n8n's data, made anew at each start. */
const USER_FOLDER = join(OUTPUT, 'dev');
const INSTALLED = join(USER_FOLDER, '.n8n', 'nodes', 'node_modules', 'n8n-nodes-vidu');

const USAGE = `npm run dev [-- --port N]     n8n with this package and the sandbox, following the sources

  ${PORT_USAGE}`;

const { port } = commandLine(USAGE, { port: { type: 'string' } }).values;
await rm(USER_FOLDER, { recursive: true, force: true });
const stage = await setStageForPeople({
	port,
	userFolder: USER_FOLDER,
	filesFolder: OUTPUT,
	n8nEnv: { N8N_DEV_RELOAD: 'true' },
	step: steps(),
}).catch((error: unknown) => {
	console.error((error as Error).message);
	process.exit(1);
});
console.log(`
${whereabouts(stage, port)}

Each change of nodes/, credentials/ or icons/ is in n8n some seconds later. Ctrl-C ends it.
`);
const gulp = spawn(process.execPath, ['node_modules/gulp/bin/gulp.js', 'watch'], {
	cwd: CHECKOUT,
	stdio: 'inherit',
	env: { ...process.env, VIDU_INSTALLED: INSTALLED },
});
await Promise.race([stage.n8n.exited, once(gulp, 'exit')]);
gulp.kill();
await stopAll();
process.exit();
