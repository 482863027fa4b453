/**
 * OctopusX: Vidu's request format with Bearer, and its own responses. DeepWL has the same format.
 * Source: docs.octopusx.ai/en/videos/vidu (reference2video, query).
 */
import { fileOf, linkOf } from './links';
import { asRecord, isoTime, percent } from './read';
import { sourceIn, taskFrom } from './reading';
import type { Provider, Task } from './types';
import { viduFormat } from './viduFormat';

function readTask(body: unknown, asked = ''): Task {
	const source = sourceIn(body);
	const error = asRecord(source.error);
	return taskFrom(body, asked, {
		source,
		state: source.status,
		videos: fileOf(linkOf(source.video_url) ?? source.url),
		code: error.code,
		reasons: [error.message, source.error, source.fail_reason],
		more: { progress: percent(source.progress), createdAt: isoTime(source.created_at) },
	});
}

export const octopusx: Provider = {
	...viduFormat({
		prefix: '/vidu/ent/v2',
		queryPaths: ['/task/{id}/creations'],
		subjectKey: 'id',
	}),
	id: 'octopusx',
	name: 'OctopusX',
	scheme: 'Bearer',
	baseUrl: () => 'https://octopusx.ai',
	keyPages: ['https://octopusx.ai/console/'],
	probe: { path: '/vidu/ent/v2/task/0/creations', missing: true },
	callback: null,
	readCreate: (body) => readTask(body),
	readQuery: readTask,
};
