/**
 * Vidu itself: `https://api.vidu.com` (global) and `https://api.vidu.cn` (China), scheme `Token`.
 * Source: platform.vidu.com/docs and platform.vidu.cn/docs, August 2026.
 */
import { asRecord, asArray, asNumber, asText } from './read';
import type { Provider } from './types';
import { readViduTask, viduFormat } from './viduFormat';
import { viduLibrary } from './viduLibrary';

const PREFIX = '/ent/v2';

/** Without the lists that are empty. */
function filled(lists: Readonly<Record<string, readonly string[] | undefined>>) {
	return Object.fromEntries(
		Object.entries(lists).flatMap(([name, values]) =>
			values === undefined || values.length === 0 ? [] : [[name, values]],
		),
	);
}

export const vidu: Provider = {
	id: 'vidu',
	name: 'Vidu',
	scheme: 'Token',
	baseUrl: (region) => (region === 'china' ? 'https://api.vidu.cn' : 'https://api.vidu.com'),
	probe: { path: `${PREFIX}/credits`, missing: false },
	callback: 'signed',
	...viduFormat({
		prefix: PREFIX,
		queryPaths: ['/tasks/{id}/creations'],
		subjectKey: 'name',
	}),
	// platform.vidu.com/docs: failed tasks are not charged, nor those that the content check ends.
	chargesForFailures: false,
	list: {
		maxIds: 100,
		// Without a page size the answer holds ten tasks.
		request: (taskIds) => ({
			method: 'GET',
			path: `${PREFIX}/tasks`,
			query: { task_ids: taskIds, 'pager.pagesz': '100' },
		}),
		read: (body) => asArray(asRecord(body).tasks).map((task) => readViduTask(task)),
		page: ({ createdAfter, createdBefore, ...lists }, pageSize, pageToken) => ({
			method: 'GET',
			path: `${PREFIX}/tasks`,
			query: {
				'pager.pagesz': String(pageSize),
				...(pageToken !== null && { 'pager.page_token': pageToken }),
				...filled({
					states: lists.states,
					model_versions: lists.modelVersions,
					resolutions: lists.resolutions,
					templates: lists.templates,
				}),
				...(createdAfter !== undefined && { 'created_at.from': createdAfter }),
				...(createdBefore !== undefined && { 'created_at.to': createdBefore }),
			},
		}),
		nextPageToken: (body) => asText(asRecord(body).next_page_token),
	},
	cancel: {
		request: (taskId) => ({
			method: 'POST',
			path: `${PREFIX}/tasks/${encodeURIComponent(taskId)}/cancel`,
			body: { id: taskId },
		}),
	},
	credits: {
		request: () => ({ method: 'GET', path: `${PREFIX}/credits` }),
		// The page's table names the array `remaining_credits`, its sample `remains`.
		read: (body) => {
			const source = asRecord(body);
			const remains = [...asArray(source.remains), ...asArray(source.remaining_credits)];
			const credits = remains.reduce<number>(
				(sum, part) => sum + (asNumber(asRecord(part).credit_remain) ?? 0),
				0,
			);
			return { credits, raw: body };
		},
	},
	library: viduLibrary(PREFIX),
	upload: {
		maxBytes: 10_000_000,
		begin: () => ({ method: 'POST', path: '/tools/v2/files/uploads', body: { scene: 'vidu' } }),
		readBegin: (body) => {
			const source = asRecord(body);
			return { id: asText(source.id) ?? '', putUrl: asText(source.put_url) ?? '' };
		},
		finish: (id, etag) => ({
			method: 'PUT',
			path: `/tools/v2/files/uploads/${encodeURIComponent(id)}/finish`,
			body: { etag },
		}),
		readFinish: (body) => asText(asRecord(body).uri) ?? '',
	},
};
