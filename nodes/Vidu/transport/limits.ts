/** Limits how much time and memory a server can take. Uses timers of Node that do not keep the process alive. */
import { isStopped, onStop, type Caller, type Worker } from './caller';

/** A stream of bytes as used by n8n's helpers. */
export type ByteStream = Exclude<
	Parameters<Worker['helpers']['prepareBinaryData']>[0],
	Buffer | Uint8Array
>;

/** The least that has to arrive in each period. */
export interface Pace {
	readonly bytes: number;
	/** Milliseconds. */
	readonly period: number;
}

/** The slowest acceptable download. */
export const LEAST_PACE: Pace = { bytes: 64_000, period: 60_000 };

/** The largest response to read into memory, in bytes after decoding. */
const MAX_ANSWER = 20_000_000;

/** A limit was reached; the message is for the user. */
export class LimitError extends Error {}

/** Tells a stream from a response that n8n has already read. */
export function isStream(body: unknown): body is ByteStream {
	return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}

/** A stream as n8n stores it. A community node cannot import Node's streams, but can take the class from one. */
export function streamOf(kin: ByteStream, bytes: AsyncGenerator<Buffer>): ByteStream {
	const { from } = kin.constructor as unknown as {
		from(bytes: AsyncGenerator<Buffer>, options: { objectMode: boolean }): ByteStream;
	};
	return from(bytes, { objectMode: false });
}

/** Closes a stream and its connection, ignoring its errors. */
export function discard(body: unknown, reason?: Error): void {
	if (!isStream(body)) return;
	body.on('error', () => undefined);
	body.destroy(reason);
}

/**
 * Runs `work` with a signal that aborts at n8n's Stop and after `milliseconds`, and then ends even if
 * `work` ignores the signal.
 * @throws LimitError in both cases, and whatever `work` throws
 */
export async function within<T>(
	caller: Caller,
	milliseconds: number,
	work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
	const limit = new AbortController();
	const deadline = AbortSignal.timeout(milliseconds);
	return await new Promise<T>((resolve, reject) => {
		const end = () => {
			const stopped = isStopped(caller);
			const why = stopped ? 'the execution was stopped' : 'the server did not respond in time';
			reject(new LimitError(why));
			limit.abort();
		};
		if (isStopped(caller)) return end();
		const forget = onStop(caller, end);
		deadline.addEventListener('abort', end);
		const done = () => {
			forget();
			deadline.removeEventListener('abort', end);
		};
		work(limit.signal).then(resolve, reject).finally(done);
	});
}

/**
 * Reads a stream to its end as text.
 * @throws LimitError if it is too large, and whatever the stream throws
 */
export async function readText(stream: ByteStream, signal: AbortSignal): Promise<string> {
	const close = () => discard(stream);
	if (signal.aborted) close();
	signal.addEventListener('abort', close);
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of stream) {
		size += (chunk as Buffer).length;
		// Throwing in the loop closes the stream.
		if (size > MAX_ANSWER) {
			throw new LimitError(`the response is larger than ${MAX_ANSWER / 1e6} MB`);
		}
		chunks.push(chunk as Buffer);
	}
	return Buffer.concat(chunks)
		.toString('utf8')
		.replace(/^\uFEFF/, '');
}

/**
 * Yields the bytes of a stream until they come too slowly or n8n's Stop is pressed. Time in which the
 * consumer does not ask for more does not count.
 * @throws LimitError in both cases, and whatever the stream throws
 */
export async function* paced(
	caller: Caller,
	stream: ByteStream,
	{ bytes, period }: Pace,
): AsyncGenerator<Buffer, void> {
	let [came, asked] = [0, true];
	const nextPeriod = () => {
		const timer = AbortSignal.timeout(period);
		timer.addEventListener('abort', check);
		return timer;
	};
	const check = () => {
		if (asked && came < bytes) {
			return discard(
				stream,
				new LimitError(`received less than ${bytes / 1000} kB in ${period / 1000} s`),
			);
		}
		came = 0;
		timer = nextPeriod();
	};
	const end = () => discard(stream, new LimitError('the execution was stopped'));
	let timer = nextPeriod();
	const forget = onStop(caller, end);
	try {
		if (isStopped(caller)) end();
		for await (const chunk of stream) {
			came += (chunk as Buffer).length;
			asked = false;
			yield chunk as Buffer;
			asked = true;
		}
	} finally {
		timer.removeEventListener('abort', check);
		forget();
	}
}
