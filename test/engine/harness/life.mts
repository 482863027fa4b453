/**
 * The life of one execution: what a node of this package logs in it, and when its process dies. A
 * death comes at an await point: before a request of the node leaves, or when its answer has come and
 * the node has not seen it yet. From then on nothing the node does reaches anything.
 */
import { pipeline, Readable, Transform } from 'node:stream';
import { inspect } from 'node:util';
import type { EngineResponse, IExecuteFunctions, INodeType, LogMetadata } from 'n8n-workflow';

/** The helpers that a node awaits. */
const AWAITED = [
	'checkProcessedAndRecord',
	'checkProcessedItemsAndRecord',
	'clearAllProcessedItems',
	'getBinaryDataBuffer',
	'getBinaryStream',
	'getProcessedDataCount',
	'httpRequest',
	'httpRequestWithAuthentication',
	'prepareBinaryData',
	'removeProcessed',
];

type Call = (this: unknown, ...given: unknown[]) => unknown;

export class Life {
	/** Lines that the node logged while it lived, with what was logged beside the message. */
	readonly lines: string[] = [];
	/** Bodies of answers to POST requests that the node has seen. */
	readonly answers: string[] = [];
	/** Resolves at the death; never if there is none. */
	readonly died: Promise<void>;
	private dead = false;
	private end = (): void => undefined;

	/** @param points the await point at which the process dies, counted from 1 */
	constructor(private points = Infinity) {
		this.died = new Promise((resolve) => {
			this.end = resolve;
		});
	}

	get isOver(): boolean {
		return this.dead;
	}

	/** Dies now. */
	kill(): void {
		this.dead = true;
		this.end();
	}

	/** A node type whose runs belong to this life. */
	of(type: INodeType): INodeType {
		if (type.execute === undefined) return type;
		const { execute } = type;
		const life = this;
		return Object.create(type, {
			execute: {
				async value(this: IExecuteFunctions, response?: EngineResponse) {
					return await execute.call(life.view(this), response);
				},
			},
		}) as INodeType;
	}

	/** A node's context as it is seen in this life. */
	private view(context: IExecuteFunctions): IExecuteFunctions {
		const helpers = new Proxy(Object.create(context.helpers) as typeof context.helpers, {
			get: (_, name) => {
				const helper = Reflect.get(context.helpers, name) as Call;
				if (!AWAITED.includes(String(name)) || typeof helper !== 'function') return helper;
				const life = this;
				return async function (this: unknown, ...given: unknown[]) {
					return await life.pass(async () => {
						const result = await helper.apply(this, given);
						return { result, sent: given.find(isPost) !== undefined };
					});
				};
			},
		});
		const log =
			(level: 'debug' | 'error' | 'info' | 'warn') => (message: string, more?: LogMetadata) => {
				if (this.dead) return;
				this.lines.push(more === undefined ? message : `${message} ${inspect(more, { depth: 9 })}`);
				context.logger[level](message, more);
			};
		const logger = {
			debug: log('debug'),
			error: log('error'),
			info: log('info'),
			warn: log('warn'),
		};
		// What stands between has no properties of its own, which a proxy would have to tell as they are.
		return new Proxy(Object.create(context) as IExecuteFunctions, {
			get: (_, name) => {
				if (name === 'helpers') return helpers;
				if (name === 'logger') return logger;
				const value: unknown = Reflect.get(context, name);
				return typeof value === 'function' ? (value as Call).bind(context) : value;
			},
		});
	}

	private async pass(work: () => Promise<{ result: unknown; sent: boolean }>): Promise<unknown> {
		await this.point();
		const { result, sent } = await work();
		await this.point();
		return sent ? { ...Object(result), body: this.seen(Object(result).body) } : result;
	}

	/** The body of an answer, noted when the node has read it. */
	private seen(body: unknown): unknown {
		if (!(body instanceof Readable)) {
			this.answers.push(JSON.stringify(body) ?? '');
			return body;
		}
		const chunks: Buffer[] = [];
		const watch = new Transform({
			transform: (chunk: Buffer, _, done) => {
				chunks.push(chunk);
				done(null, chunk);
			},
			flush: (done) => {
				if (!this.dead) this.answers.push(Buffer.concat(chunks).toString());
				done();
			},
		});
		// What goes wrong on the way the node sees as well.
		return pipeline(body, watch, () => undefined);
	}

	private async point(): Promise<void> {
		this.points -= 1;
		if (this.points === 0) {
			// Whatever the node has seen already, it has also worked off.
			await new Promise((resolve) => setImmediate(resolve));
			this.kill();
		}
		if (this.dead) throw new Error('The process has died');
	}
}

const isPost = (value: unknown) => Object(value).method === 'POST';
