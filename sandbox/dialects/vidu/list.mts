/** The task list, with its filters and pages. */
import type { FastifyInstance } from 'fastify';
import { invalid, unwanted } from '../../documents/viduErrors.mts';
import { measures } from '../../media.mts';
import type { Task } from '../../tasks.mts';
import { failPoll } from '../access.mts';
import type { Provider } from '../dialect.mts';
import { DIALECT, authenticate } from './access.mts';
import { STATES, createdAt, creations, stateOf } from './shapes.mts';

const LIST_FILTERS = [
	'created_at.from',
	'created_at.to',
	'task_ids',
	'templates',
	'model_versions',
	'resolutions',
	'states',
	'pager.page',
	'pager.pagesz',
	'pager.page_token',
];

/** "The last 7 days by default." */
const WEEK_MS = 7 * 24 * 3600 * 1000;

type Query = Readonly<Record<string, string | string[] | undefined>>;

export function listRoutes(app: FastifyInstance, provider: Provider): void {
	app.get<{ Querystring: Query }>('/ent/v2/tasks', async (request) => {
		return list(provider, authenticate(provider, request), request.query);
	});
}

function list(provider: Provider, key: string, query: Query) {
	for (const name of Object.keys(query)) if (!LIST_FILTERS.includes(name)) throw unwanted(name);
	const ids = many(query.task_ids);
	const states = many(query.states).filter((state) => state !== 'all');
	for (const state of states) if (!STATES.includes(state)) throw invalid('states', state);
	const versions = many(query.model_versions);
	const resolutions = many(query.resolutions);
	const templates = many(query.templates);
	const now = provider.clock.now();
	const from = time(query['created_at.from'], 'created_at.from') ?? now - WEEK_MS;
	const to = time(query['created_at.to'], 'created_at.to') ?? Infinity;
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
	const size = wholeNumber(query['pager.pagesz'], 'pager.pagesz', 1, 100) ?? 10;
	const page = wholeNumber(query['pager.page'], 'pager.page', 0, Infinity) ?? 0;
	const start =
		wholeNumber(query['pager.page_token'], 'pager.page_token', 0, Infinity) ?? page * size;
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

/** An array in the query: the document gives no encoding, so repeated names and commas both do. */
const many = (value: string | string[] | undefined) =>
	[value ?? []].flat().flatMap((part) => part.split(',').filter((item) => item !== ''));

function time(value: string | string[] | undefined, field: string): number | undefined {
	if (value === undefined) return undefined;
	const ms = Date.parse(String(value));
	if (Number.isNaN(ms)) throw invalid(field, 'a time is expected');
	return ms;
}

function wholeNumber(
	value: string | string[] | undefined,
	field: string,
	min: number,
	max: number,
): number | undefined {
	if (value === undefined || value === '') return undefined;
	const number = /^\d+$/.test(String(value)) ? Number(value) : NaN;
	if (!(number >= min && number <= max)) throw invalid(field, `${min} to ${max}`);
	return number;
}
