/** What one item asks for: checked against the catalogue, priced, and not yet sent. */
import {
	estimate,
	expectedSeconds,
	findRow,
	kindName,
	modelsOf,
	partsOf,
	providersOf,
} from '../../catalogue';
import type { Kind } from '../../catalogue/types';
import { namesOfImages, type ImageName } from '../../media/blame';
import { collectMedia, mapMedia, type Draft } from '../../media/input';
import { planUploads, resolveMedia } from '../../media/outgoing';
import { findProvider } from '../../providers';
import type { MediaKind, Task, WireRequest } from '../../providers/types';
import { failure, sentences, type Failure } from '../../transport/failure';
import type { Session } from '../context/session';
import { check } from '../validate';

/** What only the run knows, and the request has to carry. */
export interface RunFields {
	/** Where the provider is to report changes of the task. */
	readonly callbackUrl?: string;
	/** A mark of ours, where the order is `markable`. */
	readonly payload?: string;
}

export type Prepared =
	| { readonly ok: true; readonly request: WireRequest }
	| { readonly ok: false; readonly failure: Failure };

export interface TaskRequest {
	/** As in the output item; null where the operation has no models. */
	readonly model: string | null;
	/** By which the task can be told from others in a list. */
	readonly prompt: string | null;
	readonly payload: string | null;
	/** Whether the request has a payload that the user left free. */
	readonly markable: boolean;
	/** For messages. */
	readonly images: readonly ImageName[];
	/** The user's own `callback_url`. */
	readonly callbackUrl: string | null;
	readonly offPeak: boolean;
	/** How long the task usually takes, in seconds. */
	readonly expectedSeconds: number;
	/** How long the answer to the create request may take, in milliseconds. */
	readonly answerWithin: number;
	/** What the catalogue says it costs, in credits; null when it cannot say. */
	readonly estimatedCredits: number | null;
	/** The most it can cost, in credits; null when no price is known. */
	readonly atMostCredits: number | null;
	/** Sentences that stop nothing. */
	readonly hints: readonly string[];
	/** What makes a request the same one: plain data with everything that is asked for. */
	readonly fingerprint: unknown;
	/** Uploads what has to be, and gives the create request. Never throws for what the provider says. */
	prepare(fields: RunFields): Promise<Prepared>;
	/** Reads the answer to the create request. */
	readCreate(body: unknown): Task;
}

/** An operation that makes something, as far as the life of a task has to know. */
export interface Generation {
	/** As in the output item, such as `referenceToVideo`. */
	readonly name: string;
	/** What it makes. */
	readonly makes: MediaKind;
	/**
	 * The request of one item, or why there is none. Sends nothing that costs money.
	 * @throws NodeOperationError when a binary field is missing
	 */
	buildRequest(session: Session, itemIndex: number): Promise<TaskRequest | Failure>;
}

/** What the parameters of one item ask for. */
export interface Asked {
	readonly kind: Kind;
	/** Null where the kind has no models. */
	readonly model: string | null;
	readonly values: Draft;
}

/** Milliseconds. A clip answers at once with its task; some of the other answers hold the result itself, such as speech. */
const ANSWER_WITHIN = { clip: 60_000, other: 180_000 };

/** The request for what is asked, or what is wrong with it. Sends nothing. */
export function requestFor(
	{ context, connection, provider }: Session,
	{ kind, model, values: given }: Asked,
): TaskRequest | Failure {
	const row = findRow(provider.id, kind, model);
	if (row === undefined) return validationFailure([notOffered(provider, kind, model)]);
	const { values, problems, hints } = check(row, given, provider.name, connection.baseUrl);
	if (problems.length > 0) return validationFailure(problems);
	const asked = { kind, model, values };
	const uploads = planUploads(asked, provider);
	if (typeof uploads === 'string') return validationFailure([uploads]);

	const { credits, atMost } = estimate(row, values, connection.region);
	const seconds = partsOf(values).reduce((sum, part) => sum + part, 0);
	return {
		model,
		prompt: values.prompt ?? null,
		payload: values.payload ?? null,
		markable: row.fields.payload !== undefined && values.payload === undefined,
		images: namesOfImages(collectMedia(values)),
		callbackUrl: values.callbackUrl ?? null,
		offPeak: values.offPeak ?? false,
		expectedSeconds: expectedSeconds(model ?? '', seconds),
		answerWithin:
			row.fields.duration?.kind === 'seconds' ? ANSWER_WITHIN.clip : ANSWER_WITHIN.other,
		estimatedCredits: credits,
		atMostCredits: atMost,
		hints,
		fingerprint: fingerprintOf(asked),
		prepare: async (fields) => {
			const all = { ...asked, values: { ...values, ...fields } };
			const media = await resolveMedia(context, connection, provider, all);
			return media.ok ? { ok: true, request: provider.create(media.request) } : media;
		},
		readCreate: (body) => provider.readCreate(body, kind),
	};
}

/** A request as plain data that tells it from others: with binary images by where n8n keeps them. */
function fingerprintOf(request: unknown): unknown {
	return mapMedia(request, (image) =>
		image.kind === 'reference' ? image.value : (image.binary.id ?? image.binary.data),
	);
}

/** Nothing is bought, for these reasons. */
export function validationFailure(problems: readonly string[]): Failure {
	const [first = '', ...others] = problems;
	return failure(first, sentences(...others, 'Nothing was sent, and nothing was charged'));
}

/** Says that the provider does not offer a model, or the kind at all, and who does. */
export function notOffered(
	{ id, name }: Session['provider'],
	kind: Kind,
	model: string | null,
): string {
	const named = (ids: ReturnType<typeof providersOf>) =>
		ids.map((other) => findProvider(other)?.name ?? other).join(', ');
	const offered = modelsOf(id, kind);
	if (offered.length === 0) {
		return `${name} does not offer ${kindName(kind)}. Providers that do: ${named(providersOf(kind))}`;
	}
	const others = named(providersOf(kind, model));
	const elsewhere = others === '' ? '' : ` (${model} is offered there by ${others})`;
	return `"Model" is ${model || 'empty'}, but ${name} offers for ${kindName(kind)}: ${offered.join(', ')}${elsewhere}`;
}
