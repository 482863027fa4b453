/** The item that comes out of the nodes, the same whatever the provider. */
import type { IDataObject } from 'n8n-workflow';
import type { Task } from '../providers/types';

export interface ItemFacts {
	readonly provider: string;
	readonly operation: string;
	readonly model: string | null;
	/** What the catalogue says the clip costs, in credits. */
	readonly estimatedCredits: number | null;
	readonly includeRaw: boolean;
	/** Milliseconds since 1970: when the task was read, from which its links expire. */
	readonly readAt: number;
}

/** The JSON of the output item for a task. */
export function itemOf(task: Task, facts: ItemFacts): IDataObject {
	const expiresAt =
		task.expiresInSeconds === null
			? null
			: new Date(facts.readAt + task.expiresInSeconds * 1000).toISOString();
	return {
		taskId: task.taskId,
		provider: facts.provider,
		operation: facts.operation,
		model: facts.model,
		state: task.state,
		nativeState: task.nativeState,
		progress: task.progress,
		videos: task.videos.map((video) => ({ ...video })),
		error: task.error === null ? null : { ...task.error },
		credits: task.credits,
		cost: task.cost === null ? null : { ...task.cost },
		estimatedCredits: facts.estimatedCredits,
		payload: task.payload,
		createdAt: task.createdAt,
		expiresAt,
		...(facts.includeRaw && { raw: task.raw as IDataObject }),
	};
}
