/**
 * kkiai (SynStar AI): Vidu's format behind its own host, with Bearer.
 * Source: docs.kkiai.com, vidu-api; the page on queries is not public, hence the alternatives.
 */
import { asRecord, asArray, asText } from './read';
import type { Connection, Provider } from './types';
import { viduFormat } from './viduFormat';

const PREFIX = '/ent/v2';

/** A body in Vidu's format, also in the envelope that a sister gateway documents for the same path (Tencent VOD's). */
function native(body: unknown): unknown {
	const response = asRecord(asRecord(body).Response);
	const task = asRecord(response.AigcVideoTask ?? response.AigcImageTask);
	const state = task.Status ?? response.Status;
	if (state === undefined) return body;
	return {
		state,
		progress: task.Progress,
		err_code: task.ErrCode,
		err_msg: task.Message,
		created_at: task.CreateTime,
		creations: asArray(asRecord(task.Output).FileInfos).map((file) => ({
			url: asRecord(file).FileUrl,
		})),
	};
}

/** The provider for a connection: its page names the key of subjects `name` in the table, `id` in the example. */
export function kkiai({ subjectKey }: Pick<Connection, 'subjectKey'>): Provider {
	const format = viduFormat({
		prefix: PREFIX,
		queryPaths: ['/tasks/{id}/creations', '/task/{id}/creations'],
		subjectKey,
	});
	return {
		...format,
		id: 'kkiai',
		name: 'kkiai',
		scheme: 'Bearer',
		baseUrl: () => 'https://www.kkiai.com',
		// docs.kkiai.com/overview/authentication: in Token Management.
		keyPages: ['https://www.kkiai.com'],
		probe: { path: `${PREFIX}/tasks/0/creations`, missing: true },
		// Vidu signs with the key of the gateway, not the user's.
		callback: 'unsigned',
		// Newer versions of the same gateway software have the list only.
		queries: (taskId) => [
			...format.queries(taskId),
			{ method: 'GET', path: `${PREFIX}/tasks`, query: { task_ids: taskId } },
		],
		readQuery: (body, taskId) => {
			const rows = asArray(asRecord(body).tasks);
			const row = rows.find((task) => asText(asRecord(task).id) === taskId) ?? rows[0];
			return { ...format.readQuery(native(row ?? body), taskId), raw: row ?? body };
		},
	};
}
