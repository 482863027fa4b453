/**
 * The sandbox: a stand-in for the providers on this machine, with real sockets, real MP4s, a ledger
 * of what was billed, and faults on demand. Development only.
 */
import fastify from 'fastify';
import { Callbacks, type Delivery } from './callbacks.mts';
import { ProviderClock } from './clock.mts';
import type { Dialect, KkiaiQuery, Provider } from './dialects/dialect.mts';
import { jiekou } from './dialects/jiekou.mts';
import { KKIAI_CONSTRAINT, kkiai, relays } from './dialects/native.mts';
import { octopusx } from './dialects/octopusx.mts';
import { vidu } from './dialects/vidu/index.mts';
import { vtrix } from './dialects/vtrix.mts';
import { Hostile, type HostileSettings } from './hostile.mts';
import { envelope } from './documents/viduErrors.mts';
import type { Region } from './documents/viduPrices.mts';
import { Snowflakes } from './ids.mts';
import { POOR_KEY, SANDBOX_KEY, isPoor } from './keys.mts';
import { Library } from './library.mts';
import { RequestLog, type RecordedRequest } from './log.mts';
import { SAMPLES, asset } from './media.mts';
import { Results } from './results.mts';
import { TaskBook, type LedgerEntry, type Task } from './tasks.mts';
import { Uploads } from './uploads.mts';

const DIALECTS: readonly Dialect[] = [vidu, octopusx, kkiai, vtrix, jiekou, ...relays];
/** "The POST body of a request should not exceed 20 MB." */
const MAX_BODY = 20 * 1024 * 1024;

export { GATEWAY_KEYS, POOR_KEY, SANDBOX_KEY, poorKey } from './keys.mts';
/** What a nearly empty account has. */
const POOR_CREDITS = 10;

export interface SandboxSettings {
	/** Provider-seconds per real second. */
	speed: number;
	/** Provider-seconds from the create request to the finished video; for tasks created from now on. */
	renderSeconds: number;
	/** Provider-seconds between the tries of a callback. */
	callbackRetrySeconds: number;
	/** How many tasks an account may have under way, further orders get 429; null for any number. */
	concurrency: number | null;
	/** Where kkiai answers for a task; the other two paths are 404, or 405 for the list. */
	kkiaiQuery: KkiaiQuery;
	/** What the documents do not know is taken or ignored, instead of refused. */
	newer: boolean;
	/** Results say that they are stand-ins, and of what; without it they are small, and made once for all. */
	standIns: boolean;
	/** Answers lie and break, see hostile.mts; null for an honest provider. */
	hostile: HostileSettings | null;
}

export interface SandboxOptions extends Partial<SandboxSettings> {
	/** 0, the default, takes any free port. */
	readonly port?: number;
	/** What each key begins with. */
	readonly credits?: number;
	/** Keys that are valid at Vidu beside `vda_sandbox_poor`. */
	readonly keys?: readonly string[];
	/** Whose price list applies. */
	readonly region?: Region;
	/** Takes a readable line per request, without any key. */
	readonly log?: (line: string) => void;
	/** Real time in milliseconds. */
	readonly now?: () => number;
}

/** A task as it stands, for tests and tools. */
export interface TaskSummary {
	readonly id: string;
	readonly kind: string;
	readonly model: string;
	readonly prompt: string;
	readonly stage: string;
	readonly credits: number;
	/** Provider-seconds, of the end as it was foreseen. */
	readonly startedAt: number;
	readonly endsAt: number;
}

export interface Sandbox {
	/** Base URL, without a slash at its end. */
	readonly url: string;
	requests(): readonly RecordedRequest[];
	ledger(): readonly LedgerEntry[];
	tasks(): readonly TaskSummary[];
	deliveries(): readonly Delivery[];
	/** Tasks whose ids the hostile mode kept from whoever ordered them. */
	hidden(): ReadonlySet<string>;
	set(settings: Partial<SandboxSettings>): void;
	/** Forgets tasks, requests, uploads, subjects, voices, callbacks and what was billed. */
	reset(): void;
	/** Adds a receiver of log lines. @returns a function that removes it */
	addLogger(log: (line: string) => void): () => void;
	/** Ends at once, also with connections open. */
	close(): Promise<void>;
}

/** Starts a sandbox on 127.0.0.1. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const now = options.now ?? Date.now;
	const keys = new Set([...(options.keys ?? [SANDBOX_KEY]), POOR_KEY]);
	const credits = options.credits ?? 10_000;
	const clock = new ProviderClock(now, options.speed ?? 30);
	const ids = new Snowflakes(now);
	const startCredits = (key: string) => (isPoor(key) ? POOR_CREDITS : credits);
	const book = new TaskBook(clock, ids, startCredits, options.renderSeconds ?? 90);
	const app = fastify({ bodyLimit: MAX_BODY, forceCloseConnections: true });
	app.addConstraintStrategy(KKIAI_CONSTRAINT);
	let kkiaiQuery = options.kkiaiQuery ?? 'tasks';
	let concurrency = options.concurrency ?? null;
	let newer = options.newer ?? false;
	let standIns = options.standIns ?? false;
	const dialectOf = (task: Task) => DIALECTS.find(({ id }) => id === task.dialect);
	let url = '';
	const results = new Results(book, now, () => url);
	const uploads = new Uploads(ids, now);
	const library = new Library(book, () => url);
	const callbacks = new Callbacks(
		clock,
		book,
		(task) => dialectOf(task)?.callbackBody?.(task, provider),
		(task) => dialectOf(task)?.callbackKey?.() ?? task.key,
		options.callbackRetrySeconds ?? 1,
	);
	const loggers = new Set(options.log ? [options.log] : []);
	const log = new RequestLog(now, loggers);
	const hostile = new Hostile(clock, book, log.note);
	hostile.settings = options.hostile ?? null;
	const provider: Provider = {
		clock,
		ids,
		book,
		results,
		uploads,
		library,
		callbacks,
		busy: new Map(),
		orders: new Map(),
		region: options.region ?? 'global',
		url: () => url,
		knows: (key) => keys.has(key),
		kkiaiQuery: () => kkiaiQuery,
		concurrency: () => concurrency,
		isNewer: () => newer,
		showsCards: () => standIns,
		note: log.note,
	};

	const sandbox: Sandbox = {
		get url() {
			return url;
		},
		requests: () => log.records,
		ledger: () => book.ledger(),
		tasks: () =>
			book.all().map((task) => {
				const { id, kind, model, prompt, credits: cost, startedAt, endsAt } = task;
				const stage = book.stage(task);
				return { id, kind, model, prompt, stage, credits: cost, startedAt, endsAt };
			}),
		deliveries: () => callbacks.deliveries,
		hidden: () => hostile.hidden,
		set(settings) {
			if (settings.hostile !== undefined) hostile.settings = settings.hostile;
			clock.speed = settings.speed ?? clock.speed;
			book.renderSeconds = settings.renderSeconds ?? book.renderSeconds;
			callbacks.retrySeconds = settings.callbackRetrySeconds ?? callbacks.retrySeconds;
			kkiaiQuery = settings.kkiaiQuery ?? kkiaiQuery;
			newer = settings.newer ?? newer;
			standIns = settings.standIns ?? standIns;
			if (settings.concurrency !== undefined) concurrency = settings.concurrency;
			callbacks.refresh();
		},
		reset() {
			callbacks.clear();
			const { busy, orders } = provider;
			for (const store of [book, results, uploads, library, hostile, busy, orders]) store.clear();
			log.records.length = 0;
		},
		addLogger(line) {
			loggers.add(line);
			return () => loggers.delete(line);
		},
		async close() {
			callbacks.close();
			app.server.closeAllConnections();
			await app.close();
		},
	};

	log.attach(app);
	hostile.attach(app);
	results.routes(app);
	uploads.routes(app);
	for (const dialect of DIALECTS) {
		void app.register(async (scope) => dialect.routes(scope, provider));
	}
	for (const name of SAMPLES) {
		app.get(`/samples/${name}`, async (_request, reply) =>
			reply.type('image/png').send(await asset(name)),
		);
	}
	for (const name of ['requests', 'ledger', 'tasks', 'deliveries'] as const) {
		app.get(`/_sandbox/${name}`, async () => sandbox[name]());
	}
	app.post('/_sandbox/reset', async () => {
		sandbox.reset();
		return {};
	});
	app.post<{ Body: Partial<SandboxSettings> }>(
		'/_sandbox/settings',
		{ schema: { body: SETTINGS_SCHEMA } },
		async (request) => {
			sandbox.set(request.body);
			return {};
		},
	);
	app.setNotFoundHandler(async (_request, reply) =>
		reply.code(404).send(envelope(404, 'NotFound', 'no such endpoint')),
	);
	url = await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });
	return sandbox;
}

const POSITIVE = { type: 'number', exclusiveMinimum: 0 };
const SETTINGS_SCHEMA = {
	type: 'object',
	properties: {
		speed: POSITIVE,
		renderSeconds: POSITIVE,
		callbackRetrySeconds: POSITIVE,
		kkiaiQuery: { enum: ['tasks', 'task', 'list'] },
		concurrency: { type: 'integer', minimum: 1, nullable: true },
		newer: { type: 'boolean' },
		standIns: { type: 'boolean' },
		hostile: {
			type: 'object',
			nullable: true,
			properties: {
				seed: { type: 'number' },
				rate: { type: 'number', minimum: 0, maximum: 1 },
			},
			required: ['seed'],
			additionalProperties: false,
		},
	},
	additionalProperties: false,
};
