/**
 * Test only: loaded into n8n before everything else. Nodes sleep `speed` times shorter than they ask
 * for, and n8n looks for executions that are due as many times more often than every 60 s, as if its
 * time ran as fast as that of a sandbox. While the file `hold` exists, n8n resumes nothing that sleeps,
 * whoever asks for it. What n8n does with executions is its own code throughout.
 */
const { existsSync, rmSync, writeFileSync } = require('node:fs');
const Module = require('node:module');

const { speed, only, hold } = JSON.parse(process.env.N8N_NODES_VIDU_FAST_CLOCK);

/** How often n8n's wait tracker looks, in milliseconds. */
const LOOKS = 60_000;
/** What sleeps for years waits for a call, not for the clock. */
const YEAR = 365 * 24 * 3600 * 1000;
/** How often it is looked whether what is held up may go on, in milliseconds. */
const HOLD_LOOKS = 50;

const { setInterval: usual } = globalThis;
globalThis.setInterval = (work, gap, ...rest) =>
	usual(work, gap === LOOKS ? LOOKS / speed : gap, ...rest);

const load = Module._load;
Module._load = function (request, ...rest) {
	const loaded = load.call(this, request, ...rest);
	if (request.endsWith('/base-execute-context')) hasten(loaded.BaseExecuteContext);
	if (hold && request.endsWith('/workflow-runner')) holdUp(loaded.WorkflowRunner);
	return loaded;
};

const changed = new WeakSet();

/** Puts another method in the place of a class's own, once the class is there. */
function change(loaded, name, replacing) {
	if (loaded === undefined || changed.has(loaded)) return;
	changed.add(loaded);
	loaded.prototype[name] = replacing(loaded.prototype[name]);
}

function hasten(loaded) {
	change(loaded, 'putExecutionToWait', (original) => {
		return async function (waitTill) {
			const left = waitTill.getTime() - Date.now();
			const fast = left < YEAR && this.workflow.name.startsWith(only);
			await original.call(this, fast ? new Date(Date.now() + left / speed) : waitTill);
		};
	});
}

/** While a run is about to resume an execution, a file beside `hold` says so: what holds can wait for it. */
function holdUp(loaded) {
	let count = 0;
	change(loaded, 'run', (original) => {
		return async function (...given) {
			const [, , , existing] = given;
			if (existing?.expectedStatus !== 'waiting') return await original.apply(this, given);
			const passing = `${hold}-${process.pid}-${++count}`;
			writeFileSync(passing, '');
			while (existsSync(hold)) {
				rmSync(passing);
				await new Promise((resolve) => setTimeout(resolve, HOLD_LOOKS));
				writeFileSync(passing, '');
			}
			return await original.apply(this, given).finally(() => rmSync(passing));
		};
	});
}
