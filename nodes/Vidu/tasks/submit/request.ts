/** The request of one item: validated against the catalogue, priced, and not yet sent. */
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

/** Fields of the request that only the run knows. */
export interface RunFields {
	/** Where the provider sends callbacks. */
	readonly callbackUrl?: string;
	/** A mark of ours, if the request is `markable`. */
	readonly payload?: string;
}

export type Prepared =
	| { readonly ok: true; readonly request: WireRequest }
	| { readonly ok: false; readonly failure: Failure };

export interface TaskRequest {
	/** As in the output item; null if the operation has no models. */
	readonly model: string | null;
	/** Helps to recognize the task in a list. */
	readonly prompt: string | null;
	readonly payload: string | null;
	/** Whether the request can have a payload and the user set none. */
	readonly markable: boolean;
	/** For messages. */
	readonly images: readonly ImageName[];
	/** The user's own `callback_url`. */
	readonly callbackUrl: string | null;
	readonly offPeak: boolean;
	/** How long the task usually takes, in seconds. */
	readonly expectedSeconds: number;
	/** Timeout of the create request, in milliseconds. */
	readonly answerWithin: number;
	/** Credits according to the catalogue; null if unknown. */
	readonly estimatedCredits: number | null;
	/** The most credits that it can cost; null if no price is known. */
	readonly atMostCredits: number | null;
	/** Sentences that do not stop the item. */
	readonly hints: readonly string[];
	/** Identifies the request: plain data with everything in it. */
	readonly fingerprint: unknown;
	/** Uploads images where needed, and returns the create request. Does not throw for the provider's responses. */
	prepare(fields: RunFields): Promise<Prepared>;
	/** Reads the create response. */
	readCreate(body: unknown): Task;
}

/** A generating operation, as far as the execution of tasks needs it. */
export interface Generation {
	/** As in the output item, such as `referenceToVideo`. */
	readonly name: string;
	/** What it makes. */
	readonly makes: MediaKind;
	/**
	 * The request of one item, or why there is none. Sends nothing that costs money.
	 * @throws NodeOperationError if a data field is missing
	 */
	buildRequest(session: Session, itemIndex: number): Promise<TaskRequest | Failure>;
}

/** The parameters of one item. */
export interface Asked {
	readonly kind: Kind;
	/** Null if the kind has no models. */
	readonly model: string | null;
	readonly values: Draft;
}

/** Milliseconds. For a clip the task is returned at once; other responses may contain the result, such as speech. */
const ANSWER_WITHIN = { clip: 60_000, other: 180_000 };

/** The request for these parameters, or what is wrong with them. Sends nothing. */
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

/** A request as plain data that identifies it, with files by their place in n8n's storage. */
function fingerprintOf(request: unknown): unknown {
	return mapMedia(request, (image) =>
		image.kind === 'reference' ? image.value : (image.binary.id ?? image.binary.data),
	);
}

/** The failure of an item that is not sent for these reasons. */
export function validationFailure(problems: readonly string[]): Failure {
	const [first = '', ...others] = problems;
	return failure(first, sentences(...others, 'Nothing was sent, and nothing was charged'));
}

/** The message that the provider does not offer a model, or the kind at all, and who does. */
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
