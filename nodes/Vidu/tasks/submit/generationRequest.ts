/** The order for a clip from a model of the catalogue: the draft checked against the model's row, and priced. */
import { estimateCredits, expectedSeconds, findRow, modelsOf, providersOf } from '../../catalogue';
import type { ModelRow } from '../../catalogue/types';
import { namesOfImages } from '../../media/blame';
import { collectMedia, type Draft } from '../../media/input';
import { planUploads, resolveMedia } from '../../media/outgoing';
import { findProvider } from '../../providers';
import type { Connection } from '../../providers/types';
import { failure, sentences, type Failure } from '../../transport/failure';
import { checkDraft, taskName } from '../validate';
import { fingerprintOf, type TaskRequest } from './request';
import type { Session } from '../context/session';

/** Makes the order of a draft, or says what is wrong with it. Sends nothing. */
export function requestFromDraft(session: Session, given: Draft): TaskRequest | Failure {
	const { context, connection, provider } = session;
	const row = findRow(connection.provider, given.task, given.model);
	if (row === undefined) return validationFailure([unknownModel(session, given)]);
	const { draft, problems, hints } = checkDraft(row, given, provider.name, connection.baseUrl);
	if (problems.length > 0) return validationFailure(problems);
	const uploads = planUploads(draft, provider);
	if (typeof uploads === 'string') return validationFailure([uploads]);

	const { credits, atMost } = estimate(row, draft, connection);
	return {
		model: draft.model,
		prompt: draft.prompt ?? null,
		payload: draft.payload ?? null,
		markable: draft.payload === undefined && !row.lacks?.includes('payload'),
		images: namesOfImages(collectMedia(draft)),
		callbackUrl: draft.callbackUrl ?? null,
		offPeak: draft.offPeak ?? false,
		expectedSeconds: expectedSeconds(draft.model, draft.duration ?? 0),
		answerWithin: 60_000,
		estimatedCredits: credits,
		atMostCredits: atMost,
		hints,
		fingerprint: fingerprintOf(draft),
		prepare: async (fields) => {
			const media = await resolveMedia(context, connection, provider, { ...draft, ...fields });
			return media.ok ? { ok: true, request: provider.create(media.request) } : media;
		},
		readCreate: provider.readCreate,
	};
}

/** Nothing is bought, for these reasons. */
export function validationFailure(problems: readonly string[]): Failure {
	const [first = '', ...others] = problems;
	return failure(first, sentences(...others, 'Nothing was sent, and nothing was charged'));
}

/** Says that the provider has no such model at the task, what it has, and who has the model. */
export function unknownModel({ connection, provider }: Session, { task, model }: Draft): string {
	const offered = modelsOf(connection.provider, task);
	const others = providersOf(task, model).map((id) => findProvider(id)?.name ?? id);
	const elsewhere = others.length > 0 ? ` (${model} is offered there by ${others.join(', ')})` : '';
	return offered.length > 0
		? `"Model" is ${model}, but ${provider.name} offers for ${taskName(task)}: ${offered.join(', ')}${elsewhere}`
		: `${provider.name} does not offer ${taskName(task)}${elsewhere}`;
}

/** The price of a checked draft. */
export function estimate(row: ModelRow, draft: Draft, { region }: Connection) {
	return estimateCredits(row, {
		duration: draft.duration ?? row.defaultDuration,
		resolution: draft.resolution ?? row.defaultResolution,
		audio: draft.audio ?? false,
		offPeak: draft.offPeak ?? false,
		isRec: draft.isRec ?? false,
		region,
	});
}
