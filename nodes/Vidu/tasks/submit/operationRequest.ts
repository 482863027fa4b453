/** The order for an operation beside the clips: its values checked against the catalogue's row, and priced. */
import {
	estimateOperation,
	expectedSeconds,
	operationProviders,
	operationRows,
	partsOf,
} from '../../catalogue';
import type { OperationKind } from '../../catalogue/operations/types';
import { namesOfImages } from '../../media/blame';
import { collectMedia, type Draft } from '../../media/input';
import { planUploads, resolveMedia } from '../../media/outgoing';
import { findProvider } from '../../providers';
import type { Failure } from '../../transport/failure';
import { checkOperation, type Labelled, type Values } from '../validate/operation';
import { validationFailure } from './generationRequest';
import { fingerprintOf, type TaskRequest } from './request';
import type { Session } from '../context/session';

export interface OperationInput {
	readonly task: OperationKind;
	/** Null where the operation has no models. */
	readonly model: string | null;
	/** By the names of the fields, presets filled in. */
	readonly values: Values;
	/** Options that operations share, those that are set. */
	readonly options: Partial<Draft>;
	readonly labels: readonly Labelled[];
}

/** Makes the order of an operation, or says what is wrong with it. Sends nothing. */
export function requestForOperation(
	session: Session,
	input: OperationInput,
): TaskRequest | Failure {
	const { context, connection, provider } = session;
	const { task, values, options, labels } = input;
	const name = operationName(task);
	const rows = operationRows(connection.provider, task);
	if (rows.length === 0) {
		const having = operationProviders(task).map((id) => findProvider(id)?.name ?? id);
		return validationFailure([
			`${provider.name} does not offer ${name}. Providers that do: ${having.join(', ')}`,
		]);
	}
	const row = rows.find(({ model }) => model === input.model);
	if (row === undefined) {
		const models = rows.map(({ model }) => model).join(', ');
		return validationFailure([
			`"Model" is ${input.model}, but ${provider.name} offers for ${name}: ${models}`,
		]);
	}
	const { model } = row;
	const who =
		model === null ? `${provider.name} (${name})` : `${model} (${provider.name}, ${name})`;
	const problems = checkOperation({
		row,
		who,
		values,
		options,
		labels,
		baseUrl: connection.baseUrl,
	});
	if (problems.length > 0) return validationFailure(problems);
	const request = { task, model, values: { ...values, ...options } };
	const uploads = planUploads(request, provider);
	if (typeof uploads === 'string') return validationFailure([uploads]);

	const { credits, atMost } = estimateOperation(row, values);
	const seconds = partsOf(values).reduce((sum, part) => sum + part, 0);
	return {
		model,
		prompt: typeof values.prompt === 'string' ? values.prompt : null,
		payload: options.payload ?? null,
		markable: row.options.includes('payload') && options.payload === undefined,
		images: namesOfImages(collectMedia(values)),
		callbackUrl: options.callbackUrl ?? null,
		offPeak: false,
		expectedSeconds: expectedSeconds(model ?? '', seconds),
		// Some answers hold the result itself, such as speech.
		answerWithin: 180_000,
		estimatedCredits: credits,
		atMostCredits: atMost,
		hints: [],
		fingerprint: fingerprintOf(request),
		prepare: async (fields) => {
			const media = await resolveMedia(context, connection, provider, {
				...request,
				values: { ...request.values, ...fields },
			});
			return media.ok ? { ok: true, request: provider.operate(media.request) } : media;
		},
		readCreate: (body) => provider.readOperation(task, body),
	};
}

/** As it is spoken of in messages: `lipSync` as "lip sync". */
function operationName(task: OperationKind): string {
	return task.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
}
