/** What a provider is, and the types that it translates between. Pure: no n8n, no I/O. */
import type { Values } from '../catalogue/values';
import type { Kind, ProviderId, Region } from '../catalogue/types';

/** The connection of a credential, without its key. */
export interface Connection {
	readonly provider: ProviderId;
	readonly region: Region;
	/** Scheme, host and an optional path prefix of the gateway, without a trailing slash. */
	readonly baseUrl: string;
	/** For `custom`: the path before `/reference2video` and the like. */
	readonly pathPrefix: string;
	/** For `custom`: the path to read a task, after the prefix, with `{id}` for the task ID. */
	readonly queryPath: string;
	/** For `custom` and `kkiai`. */
	readonly subjectKey: SubjectKey;
}

/** How a gateway names a subject of a clip: newer documents have `name`, older ones `id`. */
export type SubjectKey = 'name' | 'id';

/** One request, without host and key. */
export interface WireRequest {
	readonly method: 'GET' | 'POST' | 'PUT';
	/** Starts with `/`; follows the connection's base URL. */
	readonly path: string;
	readonly query?: Readonly<Record<string, string | readonly string[]>>;
	readonly body?: Readonly<Record<string, unknown>>;
}

/** A create request in the terms of the nodes, which each provider translates. */
export interface CreateRequest {
	readonly kind: Kind;
	/** Null if the kind has no models. */
	readonly model: string | null;
	readonly values: Values;
	/** Fields to add, in the provider's own spelling. */
	readonly additional?: Readonly<Record<string, unknown>>;
}

export type TaskState = 'queued' | 'processing' | 'succeeded' | 'failed' | 'cancelled';

/** Whether a task has ended without a result. */
export function hasFailed({ state }: { readonly state: TaskState }): boolean {
	return state === 'failed' || state === 'cancelled';
}

/** Whether a task is in a terminal state. */
export function isFinal(task: { readonly state: TaskState }): boolean {
	return task.state === 'succeeded' || hasFailed(task);
}

/** Our own code for a task that succeeded without a result. */
export const NO_OUTPUT = 'NO_OUTPUT';

/** What tasks make. */
export const MEDIA_KINDS = ['video', 'image', 'audio'] as const;
export type MediaKind = (typeof MEDIA_KINDS)[number];

/** A file that a task made: a video, or an image or audio, which have nothing but the address. */
export interface TaskVideo {
	readonly url: string;
	readonly coverUrl: string | null;
	readonly watermarkedUrl: string | null;
}

/** A task as every provider's answer is read. `null`: the provider gives no such value. */
export interface Task {
	/** Always a string, because IDs exceed 2^53. */
	readonly taskId: string;
	readonly state: TaskState;
	/** The provider's own word for the state. */
	readonly nativeState: string;
	/** 0 to 100. */
	readonly progress: number | null;
	readonly videos: readonly TaskVideo[];
	/** Results other than files, such as IDs that other operations use. */
	readonly also: Readonly<Record<string, unknown>>;
	readonly error: { readonly code: string | null; readonly message: string } | null;
	/** Vidu credits charged. */
	readonly credits: number | null;
	readonly cost: { readonly amount: number; readonly currency: string } | null;
	readonly payload: string | null;
	/** ISO 8601. */
	readonly createdAt: string | null;
	/** Lifetime of the result links, in seconds. */
	readonly expiresInSeconds: number | null;
	/** The provider's body, without an echoed key or files. */
	readonly raw: unknown;
}

/** Stands for a task whose status cannot be read at the moment. */
export function unreadTask(taskId: string): Task {
	return {
		taskId,
		state: 'queued',
		nativeState: '',
		progress: null,
		videos: [],
		also: {},
		error: null,
		credits: null,
		cost: null,
		payload: null,
		createdAt: null,
		expiresInSeconds: null,
		raw: null,
	};
}

/** A refusal by the provider, whatever its envelope. */
export interface ProviderError {
	readonly status: number;
	/** The provider's name for it, such as `CreditInsufficient`. */
	readonly code: string | null;
	/**
	 * Whether the code is known to mean that the request was refused, so that no task was created, even
	 * with a status of success. False: the code is unknown, or there is none.
	 */
	readonly known: boolean;
	/** The provider's sentence. */
	readonly message: string;
	readonly traceId: string | null;
	/** Whether the same request may succeed later. */
	readonly retryable: boolean;
	/** Whether the provider certainly did not accept the request, so that sending it again is safe. */
	readonly notTaken: boolean;
	/** What the user can do, as a sentence. Shown in the description of the error. */
	readonly advice: string | null;
}

/** Which tasks of the account to list; what is not set does not filter. */
export interface TaskFilters {
	/** The provider's own words for states. */
	readonly states?: readonly string[];
	readonly modelVersions?: readonly string[];
	readonly resolutions?: readonly string[];
	readonly templates?: readonly string[];
	/** ISO 8601. */
	readonly createdAfter?: string;
	/** ISO 8601. */
	readonly createdBefore?: string;
}

/** Which subjects of the library to list. */
export interface SubjectFilters {
	readonly ownership: 'private' | 'system';
	readonly ids?: readonly string[];
}

/** A list that is read in pages. */
export interface Pages<Filters, Entry> {
	/** The request for a page; `pageToken` from the previous page. */
	page(filters: Filters, pageSize: number, pageToken: string | null): WireRequest;
	read(body: unknown): readonly Entry[];
	/** Null after the last page. */
	nextPageToken(body: unknown): string | null;
}

/** Operations beyond create and query, if the provider has them. */
export interface ProviderExtras {
	/** The account's tasks, newest first. */
	readonly list?: Pages<TaskFilters, Task> & {
		/** Status of up to `maxIds` tasks in one request. */
		readonly maxIds: number;
		request(taskIds: readonly string[]): WireRequest;
	};
	readonly cancel?: { request(taskId: string): WireRequest };
	/** What the account has left. */
	readonly credits?: {
		request(): WireRequest;
		read(body: unknown): { readonly credits: number; readonly raw: unknown };
	};
	/** The subject library, as the provider describes the subjects. */
	readonly library?: Pages<SubjectFilters, Readonly<Record<string, unknown>>>;
	readonly upload?: {
		/** Largest file in bytes. */
		readonly maxBytes: number;
		begin(): WireRequest;
		/** Where to send the bytes. */
		readBegin(body: unknown): { readonly id: string; readonly putUrl: string };
		finish(id: string, etag: string): WireRequest;
		/** The URI of the image for use in a request. */
		readFinish(body: unknown): string;
	};
}

/** One provider: its paths and formats. */
export interface Provider extends ProviderExtras {
	readonly id: ProviderId;
	/** As shown to the user. */
	readonly name: string;
	readonly scheme: 'Token' | 'Bearer';
	/** Empty if the user has to enter it. */
	baseUrl(region: Region): string;
	/** Where users create their keys, or begin to look for it; absent if nothing is known. */
	readonly keyPages?: readonly string[];
	/**
	 * A free request for the credential test. `missing`: it reads a task that cannot exist, so that "no
	 * such task" shows that the key was accepted.
	 */
	readonly probe: { readonly path: string; readonly missing: boolean };
	/**
	 * How the provider posts state changes to a `callback_url`; null: it does not. `signed`: with a
	 * signature that the credential's key verifies. `unsigned`: with none, or with that of a key which
	 * the user does not have, so that a callback is only a reason to query the API.
	 */
	readonly callback: 'signed' | 'unsigned' | null;
	/**
	 * False if the provider is known not to charge for tasks that fail or are cancelled; true also if
	 * that is not documented.
	 */
	readonly chargesForFailures: boolean;
	/** Largest request body in bytes. */
	readonly maxBodyBytes: number;
	/** An image inside a request must be smaller, in bytes before base64. Absent: only the body is limited. */
	readonly maxInlineBytes?: number;
	/** Only called for kinds that the provider offers according to the catalogue. */
	create(request: CreateRequest): WireRequest;
	/** Reads the create response for this kind; null for a request that the user wrote. */
	readCreate(body: unknown, kind: Kind | null): Task;
	/** Requests that may read a task: the documented one first, then those to try on 404 or 405. */
	queries(taskId: string): readonly [WireRequest, ...WireRequest[]];
	/**
	 * Reads the response to a query for `taskId`, which the task keeps whatever the response says; empty
	 * for a callback, which names its task itself. If the response is about another task, or none,
	 * `nativeState` is empty, and `error` may say why.
	 */
	readQuery(body: unknown, taskId: string): Task;
	readError(status: number, body: unknown): ProviderError;
}

/**
 * Whether a task is known to have cost nothing, so that it may be bought again: it failed or was
 * cancelled, and either the provider does not charge for that or its answer says so. A task that
 * succeeded without a result that we can read is none of these.
 */
export function isUncharged({ chargesForFailures }: Provider, task: Task): boolean {
	if (!hasFailed(task) || task.error?.code === NO_OUTPUT) return false;
	const charged = [task.credits, task.cost?.amount ?? null].filter((sum) => sum !== null);
	return charged.every((sum) => sum === 0) && (charged.length > 0 || !chargesForFailures);
}
