/** Asks for the status of tasks: one request for all where the provider has a list, else one each. Never throws. */
import { hasFailed, type Connection, type Provider, type Task } from '../../providers/types';
import type { Caller } from '../../transport/caller';
import { sendRequest, type HttpAnswer, type NetworkFailure } from '../../transport/exchange';
import { refusal, sentences, type Failure } from '../../transport/failure';
import type { Statuses } from '../poll/scheduler';
import { readRetryAfter } from '../poll/intervals';

/** Milliseconds. */
const STATUS_TIMEOUT = 30_000;
/** Status requests at the same time, where each task needs its own. */
const AT_ONCE = 10;
/** After so many lists of no use in a row, tasks are asked for one by one. */
const LIST_TRIES = 3;

const CHECK_ID = 'Check the ID, and that the credential is of the account that made it';

/** Answers of a server that does not have the path. */
const isMissing = (answer: HttpAnswer | NetworkFailure) =>
	answer.kind === 'answer' && (answer.status === 404 || answer.status === 405);

/** A refusal that a later look may not repeat, but which says that the request was understood. */
const isRefused = ({ status }: HttpAnswer) => [400, 401, 403, 404, 405].includes(status);

const isUsable = ({ status, body }: HttpAnswer) => status < 300 && typeof body === 'object';

interface Findings {
	readonly tasks: Map<string, Task>;
	readonly refused: Map<string, Failure>;
	trouble: Statuses['trouble'];
}

/** Looks at tasks: what cannot be read now is `trouble` or `refused`. */
export type StatusReader = (taskIds: readonly string[]) => Promise<Statuses>;

/** A look at tasks that keeps, for the rest of the run, which ways of asking the provider was found to have. */
export function createStatusReader(
	context: Caller,
	connection: Connection,
	provider: Provider,
): StatusReader {
	const found: Found = { path: 0, listFailures: 0 };
	return async (taskIds) => await fetchStatuses(context, connection, provider, found, taskIds);
}

interface Found {
	/** Which of the provider's query paths is there. */
	path: number;
	/** Lists of no use in a row; infinite once one was refused. */
	listFailures: number;
}

async function fetchStatuses(
	context: Caller,
	connection: Connection,
	provider: Provider,
	found: Found,
	taskIds: readonly string[],
): Promise<Statuses> {
	const findings: Findings = { tasks: new Map(), refused: new Map(), trouble: null };
	const send = async (request: Parameters<typeof sendRequest>[2]) =>
		await sendRequest(context, connection, request, STATUS_TIMEOUT);

	const noteTrouble = (
		answer: HttpAnswer | NetworkFailure,
		reason = troubleText(provider, answer),
	) => {
		const header = answer.kind === 'answer' ? answer.headers['retry-after'] : undefined;
		findings.trouble = {
			retryAfter: readRetryAfter(header, Date.now()),
			reason,
		};
	};

	/** The answer of the first query path that is there: a gateway's may not be documented. */
	async function ask(taskId: string) {
		const requests = provider.queries(taskId);
		const first = await send(requests[found.path] ?? requests[0]);
		if (requests.length === 1 || !isMissing(first)) return first;
		for (const [path, request] of requests.entries()) {
			const answer = path === found.path ? first : await send(request);
			if (isMissing(answer)) continue;
			found.path = path;
			return answer;
		}
		return first;
	}

	async function query(taskId: string): Promise<void> {
		const answer = await ask(taskId);
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
		// An error inside a success speaks of no state.
		if (task === null || task.nativeState === '') noteTrouble(answer, task?.error?.message);
		else findings.tasks.set(taskId, task);
	}

	/** Reads what the list shows of the tasks. False where it is of no use at the moment. */
	async function readList({ maxIds, request, read }: NonNullable<Provider['list']>) {
		for (let at = 0; at < taskIds.length; at += maxIds) {
			const answer = await send(request(taskIds.slice(at, at + maxIds)));
			if (answer.kind === 'noAnswer' || !isUsable(answer)) {
				noteTrouble(answer);
				// A proxy or a gateway may not let the list through.
				const refused = answer.kind === 'answer' && isRefused(answer);
				found.listFailures = refused ? Infinity : found.listFailures + 1;
				return false;
			}
			for (const task of read(answer.body)) {
				if (taskIds.includes(task.taskId)) findings.tasks.set(task.taskId, task);
			}
		}
		found.listFailures = 0;
		return true;
	}

	let single = taskIds;
	if (provider.list && taskIds.length > 1 && found.listFailures < LIST_TRIES) {
		if (await readList(provider.list)) {
			// The list names no reason for a failure, and may leave out a task that is very new.
			single = taskIds.filter((id) => {
				const task = findings.tasks.get(id);
				return task === undefined || hasFailed(task);
			});
		} else if (found.listFailures < LIST_TRIES) {
			return findings;
		}
		findings.trouble = null;
	}
	for (let at = 0; at < single.length; at += AT_ONCE) {
		await Promise.all(single.slice(at, at + AT_ONCE).map(query));
	}
	return findings;
}

/** Why an answer is of no use, for the user. */
function troubleText(provider: Provider, answer: HttpAnswer | NetworkFailure): string {
	if (answer.kind === 'noAnswer') return answer.reason;
	if (typeof answer.body !== 'object') return `HTTP ${answer.status} without JSON`;
	const { message, code } = provider.readError(answer.status, answer.body);
	return `HTTP ${answer.status}, ${message}${code === null ? '' : ` (${code})`}`;
}
