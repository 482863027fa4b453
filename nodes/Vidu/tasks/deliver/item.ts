/** The output item, which is the same for all providers. */
import type { IDataObject } from 'n8n-workflow';
import { isoTime } from '../../providers/read';
import type { MediaKind, Task } from '../../providers/types';
import type { ItemContext } from '../context/itemContext';
import { kindOf } from './fileTypes';
import { withoutMarker } from '../submit/marker';

/** The results by kind: `videos` always, `images` and `audios` if there are any. */
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

/**
 * The JSON of the output item for a task.
 * @param readAt when the task was read, from which its links expire, in milliseconds since 1970
 */
export function itemOf(
	task: Task,
	provider: string,
	{ operation, model, makes, estimatedCredits, payload, includeRaw }: ItemContext,
	readAt: number,
): IDataObject {
	const { expiresInSeconds: left } = task;
	// Also null if out of range for a date.
	const expiresAt = left === null ? null : isoTime(readAt + left * 1000);
	return {
		taskId: task.taskId,
		provider,
		operation,
		model,
		state: task.state,
		nativeState: task.nativeState,
		progress: task.progress,
		...resultsOf(task, makes),
		...task.also,
		error: task.error === null ? null : { ...task.error },
		credits: task.credits,
		cost: task.cost === null ? null : { ...task.cost },
		estimatedCredits,
		payload: withoutMarker(task.payload ?? payload),
		createdAt: task.createdAt,
		expiresAt,
		...(includeRaw && { raw: task.raw as IDataObject }),
	};
}
