/** What a wire contract is, and the forms it translates between. Pure: no n8n, no I/O. */
import type { Values } from '../catalogue/rules';
import type { Kind, ProviderId, Region } from '../catalogue/types';

/** Where a credential leads. Never holds the key. */
export interface Connection {
	readonly provider: ProviderId;
	readonly region: Region;
	/** Scheme, host and an optional path prefix of the gateway, without a trailing slash. */
	readonly baseUrl: string;
	/** For `custom`: what stands before `/reference2video` and the like. */
	readonly pathPrefix: string;
	/** For `custom`: where a task is read, below the prefix, with `{id}` for the task id. */
	readonly queryPath: string;
}

/** One request, before it is given a host and a key. */
export interface WireRequest {
	readonly method: 'GET' | 'POST' | 'PUT';
	/** Starts with `/`; follows the connection's base URL. */
	readonly path: string;
	readonly query?: Readonly<Record<string, string | readonly string[]>>;
	readonly body?: Readonly<Record<string, unknown>>;
}

/** What is asked of a provider, in the terms of the nodes; each spells it its own way. */
export interface CreateRequest {
	readonly kind: Kind;
	/** Null where the kind has no models. */
	readonly model: string | null;
	readonly values: Values;
}

export type TaskState = 'queued' | 'processing' | 'succeeded' | 'failed' | 'cancelled';

/** Whether a task has ended without a result. */
export function hasFailed({ state }: { readonly state: TaskState }): boolean {
	return state === 'failed' || state === 'cancelled';
}

/** Whether nothing more will happen to a task. */
export function isFinal(task: { readonly state: TaskState }): boolean {
	return task.state === 'succeeded' || hasFailed(task);
}

/** Our own code for a task that succeeded without a result. */
export const NO_OUTPUT = 'NO_OUTPUT';

/** What a task makes. */
export type MediaKind = 'video' | 'image' | 'audio';

/** A file that a task made: a video, or an image or audio, which have nothing but the address. */
export interface TaskVideo {
	readonly url: string;
	readonly coverUrl: string | null;
	readonly watermarkedUrl: string | null;
}

/** A task as every provider's answer is read. `null`: the provider gives no such value. */
export interface Task {
	/** A string always: ids exceed 2^53. */
	readonly taskId: string;
	readonly state: TaskState;
	/** The provider's own word for the state. */
	readonly nativeState: string;
	/** 0 to 100. */
	readonly progress: number | null;
	readonly videos: readonly TaskVideo[];
	/** What it yields beside files, such as ids that other operations go on with. */
	readonly also: Readonly<Record<string, unknown>>;
	readonly error: { readonly code: string | null; readonly message: string } | null;
	/** Vidu credits charged. */
	readonly credits: number | null;
	readonly cost: { readonly amount: number; readonly currency: string } | null;
	readonly payload: string | null;
	/** ISO 8601. */
	readonly createdAt: string | null;
	/** How long result links live, in seconds. */
	readonly expiresInSeconds: number | null;
	/** The provider's body as it came, but for the key and files that it echoes. */
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
	 * Whether the code is one that refuses requests, so that nothing was bought, also where it comes
	 * with a status of success. False: the code is unknown, or there is none.
	 */
	readonly known: boolean;
	/** The provider's sentence. */
	readonly message: string;
	readonly traceId: string | null;
	/** Whether the same request may succeed later. */
	readonly retryable: boolean;
	/** True where the provider certainly did not take the request, so that sending it again cannot buy twice. */
	readonly notTaken: boolean;
	/** What the user can do, as a sentence. */
	readonly advice: string | null;
}

/** What the account has left. */
export interface Balance {
	readonly credits: number;
	readonly raw: unknown;
}

/** The first of three upload steps: where the bytes go. */
export interface UploadTicket {
	readonly id: string;
	readonly putUrl: string;
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

/** Operations beyond create and query, present where the provider has them. */
export interface ProviderExtras {
	readonly list?: {
		/** Status of up to `maxIds` tasks in one request. */
		readonly maxIds: number;
		request(taskIds: readonly string[]): WireRequest;
		read(body: unknown): readonly Task[];
		/** A page of the account's tasks, newest first; `pageToken` from the page before. */
		page(filters: TaskFilters, pageSize: number, pageToken: string | null): WireRequest;
		/** Null after the last page. */
		nextPageToken(body: unknown): string | null;
	};
	readonly cancel?: { request(taskId: string): WireRequest };
	readonly credits?: { request(): WireRequest; read(body: unknown): Balance };
	/** The subject library. */
	readonly library?: {
		page(filters: SubjectFilters, pageSize: number, pageToken: string | null): WireRequest;
		/** The subjects as the provider describes them. */
		read(body: unknown): ReadonlyArray<Readonly<Record<string, unknown>>>;
		/** Null after the last page. */
		nextPageToken(body: unknown): string | null;
	};
	readonly upload?: {
		/** Largest file in bytes. */
		readonly maxBytes: number;
		begin(): WireRequest;
		readBegin(body: unknown): UploadTicket;
		finish(id: string, etag: string): WireRequest;
		/** The URI that stands for the image in a later request. */
		readFinish(body: unknown): string;
	};
}

/** One wire contract. */
export interface Provider extends ProviderExtras {
	readonly id: ProviderId;
	/** As shown to the user. */
	readonly name: string;
	readonly scheme: 'Token' | 'Bearer';
	/** Empty where the user has to give it. */
	baseUrl(region: Region): string;
	/**
	 * A call for the credential test that costs nothing. `missing`: it asks for a task that cannot
	 * exist, so that "no such task" shows a good key.
	 */
	readonly probe: { readonly path: string; readonly missing: boolean };
	/**
	 * How the provider posts state changes to a `callback_url`; null: it does not. `signed`: with a
	 * signature that the credential's own key verifies. `unsigned`: with none, or with one of a key
	 * that the user does not have, so that a callback is only a reason to ask the API.
	 */
	readonly callback: 'signed' | 'unsigned' | null;
	/**
	 * False where the provider is known not to charge for tasks that fail or are cancelled. True also
	 * where that is documented nowhere.
	 */
	readonly chargesForFailures: boolean;
	/** Largest request body in bytes. */
	readonly maxBodyBytes: number;
	/** An image inside a request stays below this, in bytes before base64. Absent: the body decides. */
	readonly maxInlineBytes?: number;
	/** Called only for kinds that the catalogue says the provider offers. */
	create(request: CreateRequest): WireRequest;
	/** Reads the answer to `create`, which asked for this kind. */
	readCreate(body: unknown, kind: Kind): Task;
	/** Where a task may be read: the documented way first, then those to try on 404 or 405. */
	queries(taskId: string): readonly [WireRequest, ...WireRequest[]];
	/**
	 * Reads the answer to a query for `taskId`, which stays the task's id whatever the answer says;
	 * empty for a callback, which names its task itself. Where the answer is about another task, or
	 * about none, `nativeState` is empty, and `error` says why where there is more to say.
	 */
	readQuery(body: unknown, taskId: string): Task;
	readError(status: number, body: unknown): ProviderError;
}
