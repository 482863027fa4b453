/** The task list, with its filters and pages. */
import type { FastifyInstance } from 'fastify';
import { check } from '../../documents/check.mts';
import { matching, table, text } from '../../documents/fields.mts';
import { many, type Body } from '../../documents/values.mts';
import { invalid } from '../../documents/viduErrors.mts';
import { measures } from '../../media.mts';
import type { Task } from '../../tasks.mts';
import { failPoll } from '../access.mts';
import type { Provider } from '../dialect.mts';
import { DIALECT, authenticate } from './access.mts';
import { STATES, createdAt, creations, stateOf } from './shapes.mts';

const QUERY = table([], {
	'created_at.from': text(),
	'created_at.to': text(),
	task_ids: {},
	templates: {},
	model_versions: {},
	resolutions: {},
	states: {},
	'pager.page': matching('^\\d*$'),
	'pager.pagesz': matching('^([1-9]\\d?|100)?$'),
	'pager.page_token': matching('^\\d*$'),
});

/** "The last 7 days by default." */
const WEEK_MS = 7 * 24 * 3600 * 1000;

export function listRoutes(app: FastifyInstance, provider: Provider): void {
	app.get('/ent/v2/tasks', async (request) => {
		return list(provider, authenticate(provider, request), request.query);
	});
}

function list(provider: Provider, key: string, parameters: unknown) {
	const query = check(QUERY, parameters);
	const ids = many(query.task_ids);
	const states = many(query.states).filter((state) => state !== 'all');
	for (const state of states) if (!STATES.includes(state)) throw invalid('states', state);
	const versions = many(query.model_versions);
	const resolutions = many(query.resolutions);
	const templates = many(query.templates);
	const now = provider.clock.now();
	const from = time(query, 'created_at.from') ?? now - WEEK_MS;
	const to = time(query, 'created_at.to') ?? Infinity;
	const found = provider.book
		.all()
		.filter(
			(task) =>
				task.key === key &&
				task.dialect === DIALECT &&
				(ids.length === 0 || ids.includes(task.id)) &&
				(states.length === 0 || states.includes(stateOf(provider, task).state)) &&
				(versions.length === 0 || versions.some((version) => task.model.includes(version))) &&
				(resolutions.length === 0 || resolutions.includes(task.clip.resolution)) &&
				(templates.length === 0 || templates.includes(String(task.echo.template))) &&
				task.acceptedAt >= from &&
				task.acceptedAt <= to,
		);
	const size = Number(query['pager.pagesz'] || 10);
	const page = Number(query['pager.page'] || 0);
	const start = Number(query['pager.page_token'] || page * size);
	const tasks = found.slice(start, start + size);
	failPoll(provider, tasks);
	return {
		next_page_token: start + size < found.length ? String(start + size) : '',
		tasks: tasks.map((task) => listRow(provider, task)),
	};
}

/** What the list documents: neither `payload` nor `err_code`, but the size of the video. */
function listRow(provider: Provider, task: Task): Record<string, unknown> {
	const { type = task.kind, template = '', images = [], aspect_ratio = '' } = task.echo;
	const video = measures(task.clip);
	return {
		id: task.id,
		key_id: '1',
		type,
		template,
		model: task.model,
		prompt: task.prompt,
		images,
		duration: task.echo.duration ?? 0,
		resolution: task.echo.resolution ?? '',
		aspect_ratio,
		state: stateOf(provider, task).state,
		creations: creations(provider, task).map((creation) => ({
			...creation,
			moderation_url: [],
			video,
		})),
		created_at: createdAt(task),
		credits: provider.book.charged(task),
	};
}

function time(query: Body, field: string): number | undefined {
	if (query[field] === undefined) return undefined;
	const ms = Date.parse(String(query[field]));
	if (Number.isNaN(ms)) throw invalid(field, 'a time is expected');
	return ms;
}
