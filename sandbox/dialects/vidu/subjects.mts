/** The subject library. */
import type { FastifyInstance } from 'fastify';
import { mediaOf, strings, text, type Body } from '../../documents/values.mts';
import type { VideoRequest } from '../../documents/vidu.mts';
import { Refusal, invalid } from '../../documents/viduErrors.mts';
import { SUBJECT_PRICE } from '../../documents/viduOperationPrices.mts';
import { readSubject, readSubjectEdit, readSubjectQuery } from '../../documents/viduSubjects.mts';
import { LIBRARY_DIALECT, type Subject } from '../../library.mts';
import type { Task } from '../../tasks.mts';
import type { Provider } from '../dialect.mts';
import type { Draft } from '../orders.mts';
import { inspectReferences, type References } from '../references.mts';
import { authenticate } from './access.mts';
import { echoReference } from './echo.mts';
import { FILELESS, operation } from './operation.mts';

export function subjectRoutes(app: FastifyInstance, provider: Provider): void {
	operation(
		app,
		provider,
		'subjects',
		(body) => draft(provider, readSubject(body)),
		answer,
		LIBRARY_DIALECT,
	);
	app.get('/ent/v2/subjects', async (request) =>
		list(provider, authenticate(provider, request), request.query),
	);
	app.put<{ Params: { id: string } }>('/ent/v2/subjects/:id', async (request) => {
		const key = authenticate(provider, request);
		return await edit(provider, key, request.params.id, request.body);
	});
}

/** Holds the subjects that a video refers to against the library. @throws {Refusal} */
export function checkLibrary(
	{ library }: Provider,
	key: string,
	{ model, subjects }: VideoRequest,
): void {
	for (const [index, reference] of subjects.entries()) {
		const id = text(reference, 'server_id');
		if (id === '') continue;
		const subject = library.find(key, id);
		const field = `subjects[${index}].server_id`;
		if (subject === undefined) throw invalid(field, 'no such subject');
		if (subject.videos.length > 0 && model !== 'viduq2-pro') {
			throw invalid(field, 'the model does not support video subjects');
		}
	}
}

function draft(provider: Provider, body: Body): Draft {
	return {
		...FILELESS,
		credits: SUBJECT_PRICE,
		references: referencesOf(body),
		echo: {
			name: body.name,
			images: strings(body, 'images').map((value) => echoReference(provider, value)),
			videos: strings(body, 'videos').map((value) => echoReference(provider, value)),
			voice_id: text(body, 'voice_id'),
			style: 'general',
			description: `What the model sees in ${text(body, 'name')}`,
		},
	};
}

/** What cannot be downloaded makes no subject. */
function answer({ id, echo, credits, failure }: Task) {
	if (failure !== undefined) throw new Refusal(failure, failure);
	return { id, ...echo, credits };
}

function list(provider: Provider, key: string, query: unknown) {
	const { system, ids, count, start } = readSubjectQuery(query);
	const { library } = provider;
	const found = (system ? library.system().map(withoutDetails) : library.own(key)).filter(
		({ id }) => ids.length === 0 || ids.includes(id),
	);
	return {
		subjects: found.slice(start, start + count),
		next_page_token: start + count < found.length ? String(start + count) : '',
		count,
	};
}

async function edit(provider: Provider, key: string, id: string, parameters: unknown) {
	const { library } = provider;
	const old = library.own(key).find((subject) => subject.id === id);
	if (old === undefined) {
		if (library.find(key, id)) throw new Refusal('Forbidden', 'a system subject cannot be edited');
		throw new Refusal('NotFound', 'subject not found');
	}
	const body = readSubjectEdit(id, parameters);
	const { failure } = await inspectReferences(provider.uploads, key, referencesOf(body));
	if (failure !== undefined) throw new Refusal(failure, failure);
	const media = (field: 'images' | 'videos') =>
		body[field] === undefined
			? old[field]
			: strings(body, field).map((value) => echoReference(provider, value));
	const { name, style, description, voice_id } = library.edit({
		...old,
		name: text(body, 'name') || old.name,
		style: text(body, 'style') || old.style,
		description: text(body, 'description') || old.description,
		voice_id: text(body, 'voice_id') || old.voice_id,
		images: media('images'),
		// "Takes effect only for a subject that was made with a video."
		videos: old.videos.length > 0 ? media('videos') : [],
	});
	return { id, name, style, description, voice_id };
}

const referencesOf = (body: Body): References => ({
	images: mediaOf(body, 'images'),
	videos: mediaOf(body, 'videos'),
});

/** "Of system subjects, style and description are not shown." */
const withoutDetails = ({ id, name, images, videos, voice_id }: Subject) => {
	return { id, name, images, videos, voice_id };
};
