/** The account's recent tasks, and the videos that they made, to choose from. */
import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';
import { describeModel } from '../../catalogue';
import { asArray, asRecord, asText } from '../../providers/read';
import type { Task, TaskFilters } from '../../providers/types';
import {
	openSession,
	requestFree,
	requireCapability,
	PAGE_SIZE,
} from '../../tasks/context/session';
import { isFailure } from '../../transport/failure';
import { matches, noList, picker } from '../picker';

/** The task that an operation is about; by default that of the incoming item. */
export const taskPicker = (method: 'searchTasks' | 'searchQueuedTasks') =>
	picker({
		method,
		what: 'a task',
		example: '911084878697623552',
		preset: '={{ $json.taskId }}',
	});

/** The video that an operation starts from; by default that of the incoming item. */
export const videoPicker = () =>
	picker({
		method: 'searchVideos',
		what: 'a video',
		example: '911084878697623553',
		preset: '={{ $json.creationIds?.[0] }}',
	});

interface Page {
	readonly filter?: string;
	readonly pageToken?: string;
}

/** A search without a match ends after so many pages. */
const MOST_PAGES = 5;

/** A page of the tasks, newest first, whose prompt, state, time or model contains the filter. The provider itself cannot search. */
async function search(
	context: ILoadOptionsFunctions,
	{ filter = '', pageToken }: Page,
	filters: TaskFilters,
	valueOf: (task: Task) => string | undefined,
): Promise<INodeListSearchResult> {
	const session = await openSession(context);
	const list = requireCapability(session, 'list', 'Tasks can be listed');
	if (isFailure(list)) throw noList(context, list);
	const describe = describerIn(context.getTimezone());
	const results: INodeListSearchItems[] = [];
	let token = pageToken ?? null;
	for (let page = 0; page < MOST_PAGES && results.length === 0; page++) {
		const request = list.page(filters, PAGE_SIZE, token);
		const answer = await requestFree(session, request, 'to list tasks');
		if (isFailure(answer)) throw noList(context, answer);
		for (const task of list.read(answer.body)) {
			const { name, full } = describe(task);
			const value = valueOf(task);
			if (value !== undefined && matches(full, filter)) results.push({ name, value });
		}
		token = list.nextPageToken(answer.body);
		if (token === null) break;
	}
	return { results, ...(token !== null && { paginationToken: token }) };
}

/** Characters of a prompt that leave room for the state and the time in the list. */
const PROMPT_LENGTH = 24;

/** Describes tasks by what was asked for, in short and in full, the state, the time and the model. */
function describerIn(timeZone: string) {
	const clock = new Intl.DateTimeFormat('en-GB', {
		timeZone,
		day: 'numeric',
		month: 'short',
		hour: '2-digit',
		minute: '2-digit',
	});
	return ({ taskId, state, createdAt, raw }: Task) => {
		const { prompt, template, model, type } = asRecord(raw);
		const asked = asText(prompt) ?? asText(template) ?? asText(type) ?? taskId;
		const full = asked.trim().replace(/\s+/g, ' ');
		const short = [...full].slice(0, PROMPT_LENGTH).join('');
		const by = asText(model);
		const time = createdAt && clock.format(new Date(createdAt));
		const rest = [state, time, by && describeModel(by).name].filter(Boolean).join(' · ');
		return { name: `${short}${short === full ? '' : '…'} · ${rest}`, full: `${full} · ${rest}` };
	};
}

/** The ID of the video that a task made: of the creation, not of the task. */
function videoIn({ also, raw }: Task): string | undefined {
	const { type, model } = asRecord(raw);
	const isVideo = !/image$|audio/i.test(`${asText(model) ?? ''} ${asText(type) ?? ''}`);
	return isVideo ? (asText(asArray(also.creationIds)[0]) ?? undefined) : undefined;
}

/**
 * The lists of tasks, by the names that the pickers call. Vidu lists the last 7 days. Each throws a
 * NodeOperationError or NodeApiError if the provider cannot list tasks, or does not respond.
 */
export const taskLists = {
	async searchTasks(this: ILoadOptionsFunctions, filter?: string, pageToken?: string) {
		return await search(this, { filter, pageToken }, {}, ({ taskId }) => taskId);
	},
	/** Those that have not started. */
	async searchQueuedTasks(this: ILoadOptionsFunctions, filter?: string, pageToken?: string) {
		const filters = { states: ['created', 'queueing'] };
		return await search(this, { filter, pageToken }, filters, ({ taskId }) => taskId);
	},
	/** The videos of tasks that succeeded. */
	async searchVideos(this: ILoadOptionsFunctions, filter?: string, pageToken?: string) {
		return await search(this, { filter, pageToken }, { states: ['success'] }, videoIn);
	},
};
