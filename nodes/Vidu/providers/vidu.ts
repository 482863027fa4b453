/**
 * Vidu itself: `https://api.vidu.com` (global) and `https://api.vidu.cn` (China), scheme `Token`.
 * Source: platform.vidu.com/docs and platform.vidu.cn/docs, August 2026.
 */
import { asRecord, asArray, asNumber, asText } from './read';
import type { Provider } from './types';
import { nextPageToken, queryOf, readViduTask, viduFormat, viduLibrary } from './viduFormat';

const PREFIX = '/ent/v2';

export const vidu: Provider = {
	id: 'vidu',
	name: 'Vidu',
	scheme: 'Token',
	baseUrl: (region) => (region === 'china' ? 'https://api.vidu.cn' : 'https://api.vidu.com'),
	keyPages: ['https://platform.vidu.com/api-keys', 'https://platform.vidu.cn/api-keys'],
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
		page: (filters, pageSize, pageToken) => ({
			method: 'GET',
			path: `${PREFIX}/tasks`,
			query: queryOf({
				'pager.pagesz': String(pageSize),
				'pager.page_token': pageToken,
				states: filters.states,
				model_versions: filters.modelVersions,
				resolutions: filters.resolutions,
				templates: filters.templates,
				'created_at.from': filters.createdAfter,
				'created_at.to': filters.createdBefore,
			}),
		}),
		nextPageToken,
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
			const { remains, remaining_credits } = asRecord(body);
			const parts = [...asArray(remains), ...asArray(remaining_credits)].map(asRecord);
			const left = parts.map(({ credit_remain }) => asNumber(credit_remain) ?? 0);
			return { credits: left.reduce((sum, part) => sum + part, 0), raw: body };
		},
	},
	library: viduLibrary(PREFIX),
	upload: {
		maxBytes: 10_000_000,
		begin: () => ({ method: 'POST', path: '/tools/v2/files/uploads', body: { scene: 'vidu' } }),
		readBegin: (body) => {
			const { id, put_url } = asRecord(body);
			return { id: asText(id) ?? '', putUrl: asText(put_url) ?? '' };
		},
		finish: (id, etag) => ({
			method: 'PUT',
			path: `/tools/v2/files/uploads/${encodeURIComponent(id)}/finish`,
			body: { etag },
		}),
		readFinish: (body) => asText(asRecord(body).uri) ?? '',
	},
};
