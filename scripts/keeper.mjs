/**
 * `node keeper.mjs <command> …`: runs a command for as long as its own parent lives. The parent
 * holds this process's stdin; when that closes, on purpose or because the parent died however
 * suddenly, the whole process group ends: first asked to, after 10 s made to.
 */
import { spawn } from 'node:child_process';

const GRACE_MS = 10_000;
const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });

child.on('error', (error) => {
	console.error(error.message);
	process.exit(127);
});
child.on('exit', (code) => process.exit(code ?? 1));

// The signal to the group reaches this process as well, which must outlive the others.
process.on('SIGTERM', () => {});
process.stdin.resume();
process.stdin.on('close', () => {
	process.kill(-process.pid, 'SIGTERM');
	setTimeout(() => process.kill(-process.pid, 'SIGKILL'), GRACE_MS);
});
