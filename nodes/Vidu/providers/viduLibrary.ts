/** The subject library of Vidu. Source: platform.vidu.cn/docs, subject library. */
import { asRecord, asArray, asText } from './read';
import type { ProviderExtras } from './types';

/** The library below a prefix of paths. */
export function viduLibrary(prefix: string): ProviderExtras['library'] {
	return {
		page: ({ ownership, ids }, pageSize, pageToken) => ({
			method: 'GET',
			path: `${prefix}/subjects`,
			query: {
				ownership,
				count: String(pageSize),
				...(ids !== undefined && ids.length > 0 && { subject_ids: ids }),
				...(pageToken !== null && { next_page_token: pageToken }),
			},
		}),
		read: (body) => asArray(asRecord(body).subjects).map(asRecord),
		nextPageToken: (body) => asText(asRecord(body).next_page_token),
	};
}
