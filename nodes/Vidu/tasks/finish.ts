/** The end of a run that was waited for by callback: every task is final, every item comes out in input order. */
import type { INodeExecutionData } from 'n8n-workflow';
import type { Task } from '../providers/types';
import type { Worker } from '../transport/caller';
import type { Failure } from '../transport/failure';
import { deliver, explain, failedItem } from './output';
import { withEarlier } from './follow';
import { MAX_DELIVERIES } from './runner';
import { isFailure, type Session } from './session';
import type { Pending } from './suspend';

export interface Finished {
	readonly items: INodeExecutionData[];
	/** By item index; what has failed before is not among them. */
	readonly failures: ReadonlyMap<number, Failure>;
}

/** Delivers what succeeded and says why the rest did not. Never throws for what the provider says. */
export async function finish(
	session: Session<Worker>,
	pending: readonly Pending[],
	ended: ReadonlyMap<string, Task>,
): Promise<Finished> {
	const failures = new Map<number, Failure>();
	const items: INodeExecutionData[] = [];
	const queue = [...pending.entries()];
	const work = async () => {
		for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
			const [index, entry] = next;
			if ('output' in entry) {
				items[index] = entry.output;
				continue;
			}
			const result = await outcomeOf(session, entry, ended.get(entry.taskId) as Task);
			if (isFailure(result)) failures.set(index, result);
			items[index] = isFailure(result) ? failedItem(session, entry.receipt, result) : result;
		}
	};
	await Promise.all(Array.from({ length: MAX_DELIVERIES }, work));
	return { items, failures };
}

async function outcomeOf(
	session: Session<Worker>,
	{ receipt, told }: Extract<Pending, { taskId: string }>,
	seen: Task,
): Promise<INodeExecutionData | Failure> {
	const end = withEarlier(seen, told);
	if (end.state === 'succeeded') return await deliver(session, receipt, end);
	return explain(session, receipt, end);
}
