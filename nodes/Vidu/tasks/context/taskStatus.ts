/** Reads the status of tasks: one request for all if the provider has a list, else one each. Never throws. */
import {
	hasFailed,
	type Connection,
	type Provider,
	type Task,
	type WireRequest,
} from '../../providers/types';
import type { Caller } from '../../transport/caller';
import { sendRequest, type HttpAnswer, type NetworkFailure } from '../../transport/exchange';
import { refusal, sentences, type Failure } from '../../transport/failure';
import type { Statuses } from './job';

/** Milliseconds. */
const STATUS_TIMEOUT = 30_000;
/** Concurrent status requests if each task needs its own. */
const AT_ONCE = 10;
/** After so many unusable lists in a row, tasks are read one by one. */
const LIST_TRIES = 3;

const CHECK_ID =
	'Check the ID, and that the credential belongs to the account that created the task';

type Response = HttpAnswer | NetworkFailure;

/** Whether the server does not have the path. */
const isMissing = (answer: Response) =>
	answer.kind === 'answer' && (answer.status === 404 || answer.status === 405);

/** Whether the request was understood but refused, which may change later. */
const isRefused = ({ status }: HttpAnswer) => [400, 401, 403, 404, 405].includes(status);

interface Findings {
	readonly tasks: Map<string, Task>;
	readonly refused: Map<string, Failure>;
	trouble: Statuses['trouble'];
}

/** What reading tasks takes. */
export interface Access<C extends Caller = Caller> {
	readonly context: C;
	readonly connection: Connection;
	readonly provider: Provider;
}

/** Reads the status of tasks; what cannot be read now is reported as `trouble` or `refused`. */
export type StatusReader = (taskIds: readonly string[]) => Promise<Statuses>;

/** A reader that remembers for the rest of the run which requests the provider supports. */
export function createStatusReader(access: Access): StatusReader {
	const reader = new Reader(access);
	return async (taskIds) => await reader.read(taskIds);
}

class Reader {
	/** Index of the provider's query path that exists. */
	private path = 0;

	/** Unusable lists in a row; infinite once one was refused. */
	private listFailures = 0;

	constructor(private readonly access: Access) {}

	async read(taskIds: readonly string[]): Promise<Statuses> {
		const findings: Findings = { tasks: new Map(), refused: new Map(), trouble: null };
		const { list } = this.access.provider;
		let single = taskIds;
		if (list && taskIds.length > 1 && this.listFailures < LIST_TRIES) {
			if (await this.readList(list, taskIds, findings)) {
				// The list gives no reason for a failure, and may not have a very new task yet.
				single = taskIds.filter((id) => {
					const task = findings.tasks.get(id);
					return task === undefined || hasFailed(task);
				});
			} else if (this.listFailures < LIST_TRIES) {
				return findings;
			}
			findings.trouble = null;
		}
		for (let at = 0; at < single.length; at += AT_ONCE) {
			const batch = single.slice(at, at + AT_ONCE);
			await Promise.all(batch.map(async (id) => await this.query(id, findings)));
		}
		return findings;
	}

	private async send(request: WireRequest): Promise<Response> {
		const { context, connection } = this.access;
		return await sendRequest(context, connection, request, STATUS_TIMEOUT);
	}

	private troubleOf(answer: Response, reason = troubleText(this.access.provider, answer)) {
		return { retryAfter: answer.kind === 'answer' ? answer.retryAfter : null, reason };
	}

	/** Reads the tasks from the list. @returns false if the list is not usable at the moment */
	private async readList(
		{ maxIds, request, read }: NonNullable<Provider['list']>,
		taskIds: readonly string[],
		findings: Findings,
	): Promise<boolean> {
		for (let at = 0; at < taskIds.length; at += maxIds) {
			const answer = await this.send(request(taskIds.slice(at, at + maxIds)));
			if (!answer.ok || typeof answer.body !== 'object') {
				findings.trouble = this.troubleOf(answer);
				// A proxy or gateway may block the list.
				const refused = answer.kind === 'answer' && isRefused(answer);
				this.listFailures = refused ? Infinity : this.listFailures + 1;
				return false;
			}
			for (const task of read(answer.body)) {
				if (taskIds.includes(task.taskId)) findings.tasks.set(task.taskId, task);
			}
		}
		this.listFailures = 0;
		return true;
	}

	private async query(taskId: string, findings: Findings): Promise<void> {
		const { provider } = this.access;
		const answer = await this.ask(taskId);
		if (answer.kind === 'answer' && isRefused(answer)) {
			const error = provider.readError(answer.status, answer.body);
			const refused = refusal(provider.name, error, `to show the task ${taskId}`);
			const unknown = [400, 404].includes(answer.status) && CHECK_ID;
			const description = sentences(refused.description, unknown);
			findings.refused.set(taskId, { ...refused, description });
			return;
		}
		const usable = answer.ok && typeof answer.body === 'object';
		const task = usable ? provider.readQuery(answer.body, taskId) : null;
		// An error in a successful response does not tell the state.
		if (task !== null && task.nativeState !== '') findings.tasks.set(taskId, task);
		else findings.trouble = this.troubleOf(answer, task?.error?.message);
	}

	/** The response of the first query path that exists: that of a gateway may be undocumented. */
	private async ask(taskId: string): Promise<Response> {
		const requests = this.access.provider.queries(taskId);
		const first = await this.send(requests[this.path] ?? requests[0]);
		if (requests.length === 1 || !isMissing(first)) return first;
		for (const [path, request] of requests.entries()) {
			const answer = path === this.path ? first : await this.send(request);
			if (isMissing(answer)) continue;
			this.path = path;
			return answer;
		}
		return first;
	}
}

/** Why a response is not usable, for the user. */
function troubleText(provider: Provider, answer: Response): string {
	if (answer.kind === 'noAnswer') return answer.reason;
	if (typeof answer.body !== 'object') return `HTTP ${answer.status} without JSON`;
	const { message, code } = provider.readError(answer.status, answer.body);
	return `HTTP ${answer.status}, ${message}${code === null ? '' : ` (${code})`}`;
}
