/**
 * Test only: loaded into n8n before everything else. Nodes sleep `speed` times shorter than they ask
 * for, and n8n looks for executions that are due as many times more often than every 60 s, as if its
 * time ran as fast as that of a sandbox. What n8n does with them is its own code throughout.
 */
const Module = require('node:module');

const { speed, only } = JSON.parse(process.env.N8N_NODES_VIDU_FAST_CLOCK);

/** How often n8n's wait tracker looks, in milliseconds. */
const LOOKS = 60_000;
/** What sleeps for years waits for a call, not for the clock. */
const YEAR = 365 * 24 * 3600 * 1000;

const { setInterval: usual } = globalThis;
globalThis.setInterval = (work, gap, ...rest) =>
	usual(work, gap === LOOKS ? LOOKS / speed : gap, ...rest);

const load = Module._load;
Module._load = function (request, ...rest) {
	const loaded = load.call(this, request, ...rest);
	if (request.endsWith('/base-execute-context')) hasten(loaded.BaseExecuteContext.prototype);
	return loaded;
};

const hastened = new WeakSet();

function hasten(prototype) {
	if (hastened.has(prototype)) return;
	hastened.add(prototype);
	const { putExecutionToWait } = prototype;
	prototype.putExecutionToWait = async function (waitTill) {
		const left = waitTill.getTime() - Date.now();
		const fast = left < YEAR && this.workflow.name.startsWith(only);
		await putExecutionToWait.call(this, fast ? new Date(Date.now() + left / speed) : waitTill);
	};
}
