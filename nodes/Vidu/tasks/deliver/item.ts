/** The item that comes out of the nodes, the same whatever the provider. */
import type { IDataObject } from 'n8n-workflow';
import { isoTime } from '../../providers/read';
import type { MediaKind, Task } from '../../providers/types';
import { kindOf } from './fileTypes';
import { withoutMarker } from '../submit/marker';

export interface ItemFacts {
	readonly provider: string;
	readonly operation: string;
	/** What the operation makes; null: told by the links, which end like files. */
	readonly makes: MediaKind | null;
	readonly model: string | null;
	/** What the catalogue says the clip costs, in credits. */
	readonly estimatedCredits: number | null;
	readonly includeRaw: boolean;
	/** Milliseconds since 1970: when the task was read, from which its links expire. */
	readonly readAt: number;
}

/** The results by what they are: `videos` always, `images` and `audios` where there are some. */
function resultsOf({ videos: results }: Task, makes: MediaKind | null): IDataObject {
	const of = (kind: MediaKind) => results.filter(({ url }) => (makes ?? kindOf(url)) === kind);
	const images = of('image').map(({ url }) => ({ url }));
	const audios = of('audio').map(({ url }) => ({ url }));
	return {
		videos: of('video').map((video) => ({ ...video })),
		...(images.length > 0 && { images }),
		...(audios.length > 0 && { audios }),
	};
}

/** The JSON of the output item for a task. */
export function itemOf(task: Task, facts: ItemFacts): IDataObject {
	const { expiresInSeconds: left } = task;
	// Null also for what no date can hold.
	const expiresAt = left === null ? null : isoTime(facts.readAt + left * 1000);
	return {
		taskId: task.taskId,
		provider: facts.provider,
		operation: facts.operation,
		model: facts.model,
		state: task.state,
		nativeState: task.nativeState,
		progress: task.progress,
		...resultsOf(task, facts.makes),
		...task.also,
		error: task.error === null ? null : { ...task.error },
		credits: task.credits,
		cost: task.cost === null ? null : { ...task.cost },
		estimatedCredits: facts.estimatedCredits,
		payload: withoutMarker(task.payload),
		createdAt: task.createdAt,
		expiresAt,
		...(facts.includeRaw && { raw: task.raw as IDataObject }),
	};
}
