/** What a sandbox has seen, as the benchmark counts it. */
import type { Sandbox } from '../../sandbox/server.mts';

export function statusRequests(sandbox: Sandbox): number {
	return sandbox
		.requests()
		.filter(({ method, path }) => method === 'GET' && path.startsWith('/ent/v2/tasks')).length;
}

/** The execution that a callback is for. */
export const executionOf = ({ url }: { url: string }): string =>
	/webhook-waiting\/(\d+)/.exec(url)?.[1] ?? '';

/** When the first final callback of each execution was first sent, by the execution's id. */
export function callbackTimes(sandbox: Sandbox): Map<string, number> {
	const finals = sandbox
		.deliveries()
		.filter(({ event, attempt }) => event === 'success' && attempt === 1);
	return new Map(finals.map((one) => [executionOf(one), Date.parse(one.at)]));
}
