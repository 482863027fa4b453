/** The request of one item: validated against the catalogue, priced, and not yet sent. */
import type { INodeExecutionData } from 'n8n-workflow';
import { estimate, expectedSeconds, partsOf } from '../../catalogue';
import { creditsText } from '../../catalogue/money';
import { openRate } from '../../catalogue/rates';
import type { Kind } from '../../catalogue/types';
import { namesOf, type MediaName } from '../../media/blame';
import { collectMedia, mapMedia, type Draft } from '../../media/input';
import { planUploads, resolveMedia, type Uploads } from '../../media/outgoing';
import { asRecord, parseBody } from '../../providers/read';
import type { MediaKind, WireRequest } from '../../providers/types';
import { failure, isFailure, sentences, type Failure } from '../../transport/failure';
import type { Session } from '../context/session';
import { check } from '../validate';
import { additionalProblem } from './additional';
import { offered } from './offer';

/** Fields of the request that only the run knows. */
export interface RunFields {
	/** Where the provider sends callbacks. */
	readonly callbackUrl?: string;
	/** A mark of ours, if the request is `markable`. */
	readonly payload?: string;
}

/** The parameters of one item. */
export interface Asked {
	readonly kind: Kind;
	/** Null if the kind has no models. */
	readonly model: string | null;
	readonly values: Draft;
	/** Fields to add to the body: JSON, so that nothing in it is taken for a file. */
	readonly additional?: string;
	/** Whether to send what the catalogue does not allow. */
	readonly sendUnknown?: boolean;
}

/** Plain data. */
export interface TaskRequest {
	/** Everything to send, its media not yet converted; or the request itself, as the user wrote it. */
	readonly asked: Asked | WireRequest;
	/** The files to upload first. */
	readonly uploads: Uploads;
	/** As in the output item; null if the operation has no models. */
	readonly model: string | null;
	/** Helps to recognize the task in a list. */
	readonly prompt: string | null;
	readonly payload: string | null;
	/** Whether the request can have a payload and the user set none. */
	readonly markable: boolean;
	/** For messages. */
	readonly media: readonly MediaName[];
	/** Whether the user set no `callback_url`. */
	readonly ringable: boolean;
	readonly offPeak: boolean;
	/** How long the task usually takes, in seconds: a guess. */
	readonly expectedSeconds: number;
	/** Tasks with the same text take about as long; absent if nothing is known of the task. */
	readonly timedAs?: string;
	/** Timeout of the create request, in milliseconds. */
	readonly answerWithin: number;
	/** Credits according to the catalogue; null if unknown. */
	readonly estimatedCredits: number | null;
	/** The most credits that it can cost; null if no price is known. */
	readonly atMostCredits: number | null;
	/** Why the price is not certain, as sentences; null if it is. */
	readonly openRate: string | null;
	/** Sentences that do not stop the item. */
	readonly hints: readonly string[];
	/** Identifies the request: plain data with everything in it. */
	readonly fingerprint: unknown;
}

interface AnyGeneration {
	/** As in the output item, such as `referenceToVideo`. */
	readonly name: string;
	/** What it makes; null if that depends on the task. */
	readonly makes: MediaKind | null;
}

/** A generating operation, as far as the execution of tasks needs it. */
export interface Generation extends AnyGeneration {
	/**
	 * The request of one item, or why there is none. Sends nothing that costs money.
	 * @throws NodeOperationError if a data field is missing
	 */
	buildRequest(session: Session, itemIndex: number): Promise<TaskRequest | Failure>;
}

/** What became of one of the requests of an item. */
export interface Part {
	/** The output item that it would be by itself. */
	readonly item: INodeExecutionData;
	readonly failure: Failure | null;
}

/** A generating operation with several requests an item, whose results become one item. */
export interface Assembly extends AnyGeneration {
	/** As {@link Generation.buildRequest}; all of them or none. */
	buildRequests(session: Session, itemIndex: number): Promise<readonly TaskRequest[] | Failure>;
	/** The output item; `parts` in the order of the requests. Never throws, because they are paid for. */
	assemble(
		session: Session,
		itemIndex: number,
		parts: readonly Part[],
	): Promise<INodeExecutionData>;
}

/** The requests of one item, or why there are none. */
export async function requestsOf(
	operation: Generation | Assembly,
	session: Session,
	itemIndex: number,
): Promise<readonly TaskRequest[] | Failure> {
	if ('assemble' in operation) return await operation.buildRequests(session, itemIndex);
	const request = await operation.buildRequest(session, itemIndex);
	return isFailure(request) ? request : [request];
}

/** Milliseconds. For a clip the task is returned at once; other responses may contain the result, such as speech. */
export const ANSWER_WITHIN = { clip: 60_000, other: 180_000 };

/** The request for these parameters, or what is wrong with them. Sends nothing. */
export function requestFor(
	{ connection, provider }: Session,
	{ kind, model, values: given, additional, sendUnknown = false }: Asked,
): TaskRequest | Failure {
	const offer = offered(provider, kind, model, sendUnknown);
	if (typeof offer === 'string') return validationFailure([offer]);
	const { row, unknown } = offer;
	const catalogue = unknown !== null ? 'silent' : sendUnknown ? 'advisory' : undefined;
	const checked = check(row, given, provider.name, connection.baseUrl, catalogue);
	const { values, beyond } = checked;
	const taken = additional === undefined ? null : additionalProblem(additional, provider, row);
	const problems = [...checked.problems, ...(taken === null ? [] : [taken])];
	if (problems.length > 0) return validationFailure(problems);
	// The length of a source only matters for the price.
	const asked = { kind, model, values: { ...values, sourceSeconds: undefined }, additional };
	const media = collectMedia(values);
	const uploads = planUploads(asked, media, provider);
	if (typeof uploads === 'string') return validationFailure([uploads]);

	// The prices of the catalogue are those of the values that it knows.
	const priced = beyond.length > 0 ? { ...row, price: null } : row;
	const { credits, atMost } = estimate(priced, values, connection.region);
	const seconds = partsOf(values).reduce((sum, part) => sum + part, 0);
	return {
		asked,
		uploads,
		model,
		prompt: values.prompt ?? null,
		payload: values.payload ?? null,
		markable: row.fields.payload !== undefined && values.payload === undefined,
		media: namesOf(media),
		ringable: values.callbackUrl === undefined,
		offPeak: values.offPeak ?? false,
		expectedSeconds: expectedSeconds(model ?? '', seconds),
		timedAs: [provider.id, kind, model, seconds, values.resolution, values.offPeak].join(' '),
		answerWithin:
			row.fields.duration?.kind === 'seconds' ? ANSWER_WITHIN.clip : ANSWER_WITHIN.other,
		estimatedCredits: credits,
		atMostCredits: atMost,
		openRate: openRate(row.price, values, (amount) =>
			creditsText(provider.id, connection.region, amount),
		),
		hints: [
			...checked.hints,
			...(unknown === null ? [] : [unknown]),
			...beyond.map((sentence) => `${sentence}. It is sent anyway, and the price is not known`),
		],
		fingerprint: fingerprintOf(asked),
	};
}

/** The create request, after uploading the files that it needs. Does not throw for the provider's responses. */
export async function wireOf(
	session: Session,
	{ asked, uploads }: TaskRequest,
	fields: RunFields,
): Promise<WireRequest | Failure> {
	if (!('kind' in asked)) return asked;
	const all = { ...asked, values: { ...asked.values, ...fields } };
	const resolved = await resolveMedia(session, all, uploads);
	if (isFailure(resolved)) return resolved;
	const { additional = '{}', ...request } = resolved;
	return session.provider.create({ ...request, additional: asRecord(parseBody(additional)) });
}

/** A request as plain data that identifies it, with files by their place in n8n's storage. */
function fingerprintOf(request: unknown): unknown {
	return mapMedia(request, (input) =>
		input.kind === 'reference' ? input.value : (input.binary.id ?? input.binary.data),
	);
}

/** The failure of an item that is not sent for these reasons. */
export function validationFailure(problems: readonly string[]): Failure {
	const [first = '', ...others] = problems;
	return failure(first, sentences(...others, 'Nothing was sent, and nothing was charged'));
}
