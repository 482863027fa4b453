/**
 * kkiai (SynStar AI): Vidu's format behind its own host, with Bearer.
 * Source: docs.kkiai.com, vidu-api; the page on queries is not public, hence the alternatives.
 */
import { fields, isoTime, list, number, text } from './read';
import type { Provider, Task } from './types';
import { readViduTask, viduFormat } from './viduFormat';

const PREFIX = '/ent/v2';

/** A body in the envelope that a sister gateway documents for the same path (Tencent VOD's). */
function readEnvelope(body: unknown, taskId: string): Task | null {
	const response = fields(fields(body).Response);
	const task = fields(response.AigcVideoTask ?? response.AigcImageTask);
	const nativeState = text(task.Status) ?? text(response.Status);
	if (nativeState === null) return null;
	const videos = list(fields(task.Output).FileInfos).flatMap((file) => {
		const url = text(fields(file).FileUrl);
		return url === null ? [] : [{ url, coverUrl: null, watermarkedUrl: null }];
	});
	const finished = nativeState === 'FINISH';
	const failed = nativeState === 'FAIL' || (finished && videos.length === 0);
	return {
		...readViduTask({ id: taskId }, taskId),
		state: failed ? 'failed' : finished ? 'succeeded' : 'processing',
		nativeState,
		progress: number(task.Progress),
		videos,
		error: failed
			? { code: text(task.ErrCode), message: text(task.Message) ?? 'The provider gave no reason' }
			: null,
		createdAt: isoTime(task.CreateTime),
		raw: body,
	};
}

const format = viduFormat({
	prefix: PREFIX,
	queryPaths: ['/tasks/{id}/creations', '/task/{id}/creations'],
	subjectKey: 'name',
});

export const kkiai: Provider = {
	...format,
	id: 'kkiai',
	name: 'kkiai',
	scheme: 'Bearer',
	baseUrl: () => 'https://www.kkiai.com',
	probe: { path: `${PREFIX}/tasks/0/creations`, missing: true },
	// Vidu signs with the key that it knows: the gateway's, not the user's.
	callback: 'unsigned',
	// Newer versions of the same gateway software have the list only.
	queries: (taskId) => [
		...format.queries(taskId),
		{ method: 'GET', path: `${PREFIX}/tasks`, query: { task_ids: taskId } },
	],
	readQuery: (body, taskId) => {
		const rows = list(fields(body).tasks);
		const row = rows.find((task) => text(fields(task).id) === taskId) ?? rows[0];
		return readEnvelope(body, taskId) ?? format.readQuery(row ?? body, taskId);
	},
};
