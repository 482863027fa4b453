/**
 * `npm run dev`: a real n8n with this package and the sandbox. After each change of the sources gulp
 * builds again, into the installed package as well, and n8n loads it without a restart.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { OWNER } from './n8n.mts';
import { stopAll } from './processes.mts';
import { steps } from './progress.mts';
import { setStage } from './stage.mts';

const CHECKOUT = fileURLToPath(new URL('..', import.meta.url));
const OUTPUT = join(CHECKOUT, 'output');
/** n8n's data, made anew at each start. */
const USER_FOLDER = join(OUTPUT, 'dev');
const INSTALLED = join(USER_FOLDER, '.n8n', 'nodes', 'node_modules', 'n8n-nodes-vidu');

await rm(USER_FOLDER, { recursive: true, force: true });
const { n8n, sandbox } = await setStage({
	userFolder: USER_FOLDER,
	filesFolder: OUTPUT,
	sandbox: { port: 4010, speed: 15, renderSeconds: 90 },
	n8nPort: 5678,
	n8nEnv: { N8N_DEV_RELOAD: 'true' },
	step: steps(),
});
console.log(`
    Editor    ${n8n.url}
    Login     ${OWNER.email}  ${OWNER.password}
    Sandbox   ${sandbox.url}
    Log       ${n8n.logFile}

Each change of nodes/, credentials/ or icons/ is in n8n some seconds later. Ctrl-C ends it.
`);
const gulp = spawn(process.execPath, ['node_modules/gulp/bin/gulp.js', 'watch'], {
	cwd: CHECKOUT,
	stdio: 'inherit',
	env: { ...process.env, VIDU_INSTALLED: INSTALLED },
});
await Promise.race([n8n.exited, once(gulp, 'exit')]);
gulp.kill();
await stopAll();
process.exit();
