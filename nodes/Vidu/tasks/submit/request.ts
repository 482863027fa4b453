/** What one item is to buy: checked, priced, and not yet sent. */
import type { ImageName } from '../../media/blame';
import { mapMedia } from '../../media/input';
import type { MediaKind, Task, WireRequest } from '../../providers/types';
import type { Failure } from '../../transport/failure';
import type { Session } from '../context/session';

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

/** A request as plain data that tells it from others: with binary images by where n8n keeps them. */
export function fingerprintOf(request: unknown): unknown {
	return mapMedia(request, (image) =>
		image.kind === 'reference' ? image.value : (image.binary.id ?? image.binary.data),
	);
}

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
	 * The order of one item, or why there is none. Sends nothing that costs money.
	 * @throws NodeOperationError when a binary field is missing
	 */
	buildRequest(session: Session, itemIndex: number): Promise<TaskRequest | Failure>;
}
