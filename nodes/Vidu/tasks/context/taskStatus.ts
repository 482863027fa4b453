/** Asks for the status of tasks: one request for all where the provider has a list, else one each. Never throws. */
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
import { readRetryAfter } from '../poll/intervals';

/** Milliseconds. */
const STATUS_TIMEOUT = 30_000;
/** Status requests at the same time, where each task needs its own. */
const AT_ONCE = 10;
/** After so many lists of no use in a row, tasks are asked for one by one. */
const LIST_TRIES = 3;

const CHECK_ID = 'Check the ID, and that the credential is of the account that made it';

type Response = HttpAnswer | NetworkFailure;

/** Answers of a server that does not have the path. */
const isMissing = (answer: Response) =>
	answer.kind === 'answer' && (answer.status === 404 || answer.status === 405);

/** A refusal that a later look may not repeat, but which says that the request was understood. */
const isRefused = ({ status }: HttpAnswer) => [400, 401, 403, 404, 405].includes(status);

const isUsable = ({ status, body }: HttpAnswer) => status < 300 && typeof body === 'object';

interface Findings {
	readonly tasks: Map<string, Task>;
	readonly refused: Map<string, Failure>;
	trouble: Statuses['trouble'];
}

/** Reads the status of tasks: what cannot be read now is `trouble` or `refused`. */
export type StatusReader = (taskIds: readonly string[]) => Promise<Statuses>;

/** A reader that remembers, for the rest of the run, which ways of asking the provider was found to have. */
export function createStatusReader(
	context: Caller,
	connection: Connection,
	provider: Provider,
): StatusReader {
	const reader = new Reader(context, connection, provider);
	return async (taskIds) => await reader.read(taskIds);
}

class Reader {
	/** Which of the provider's query paths is there. */
	private path = 0;

	/** Lists of no use in a row; infinite once one was refused. */
	private listFailures = 0;

	constructor(
		private readonly context: Caller,
		private readonly connection: Connection,
		private readonly provider: Provider,
	) {}

	async read(taskIds: readonly string[]): Promise<Statuses> {
		const findings: Findings = { tasks: new Map(), refused: new Map(), trouble: null };
		const { list } = this.provider;
		let single = taskIds;
		if (list && taskIds.length > 1 && this.listFailures < LIST_TRIES) {
			if (await this.readList(list, taskIds, findings)) {
				// The list names no reason for a failure, and may leave out a task that is very new.
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

	private async send(request: WireRequest) {
		return await sendRequest(this.context, this.connection, request, STATUS_TIMEOUT);
	}

	private troubleOf(answer: Response, reason = troubleText(this.provider, answer)) {
		const header = answer.kind === 'answer' ? answer.headers['retry-after'] : undefined;
		return { retryAfter: readRetryAfter(header, Date.now()), reason };
	}

	/** Reads what the list shows of the tasks. False where it is of no use at the moment. */
	private async readList(
		{ maxIds, request, read }: NonNullable<Provider['list']>,
		taskIds: readonly string[],
		findings: Findings,
	): Promise<boolean> {
		for (let at = 0; at < taskIds.length; at += maxIds) {
			const answer = await this.send(request(taskIds.slice(at, at + maxIds)));
			if (answer.kind === 'noAnswer' || !isUsable(answer)) {
				findings.trouble = this.troubleOf(answer);
				// A proxy or a gateway may not let the list through.
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
		const { provider } = this;
		const answer = await this.ask(taskId);
		if (answer.kind === 'answer' && isRefused(answer)) {
			const error = provider.readError(answer.status, answer.body);
			const refused = refusal(provider.name, error, `to show the task ${taskId}`);
			const unknown = [400, 404].includes(answer.status) && CHECK_ID;
			const description = sentences(refused.description, unknown);
			findings.refused.set(taskId, { ...refused, description });
			return;
		}
		const task =
			answer.kind === 'answer' && isUsable(answer) ? provider.readQuery(answer.body, taskId) : null;
		// An error inside a success says nothing of the state.
		if (task !== null && task.nativeState !== '') findings.tasks.set(taskId, task);
		else findings.trouble = this.troubleOf(answer, task?.error?.message);
	}

	/** The answer of the first query path that is there: a gateway's may not be documented. */
	private async ask(taskId: string): Promise<Response> {
		const requests = this.provider.queries(taskId);
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

/** Why an answer is of no use, for the user. */
function troubleText(provider: Provider, answer: Response): string {
	if (answer.kind === 'noAnswer') return answer.reason;
	if (typeof answer.body !== 'object') return `HTTP ${answer.status} without JSON`;
	const { message, code } = provider.readError(answer.status, answer.body);
	return `HTTP ${answer.status}, ${message}${code === null ? '' : ` (${code})`}`;
}
