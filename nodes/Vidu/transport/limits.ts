/** Bounds on what a server may take of time and memory, whatever it does. The timers are Node's own: they hold up no exit. */
import { isStopped, onStop, type Caller, type Worker } from './caller';

/** A stream of bytes, as n8n's helpers give and take it. */
export type ByteStream = Exclude<
	Parameters<Worker['helpers']['prepareBinaryData']>[0],
	Buffer | Uint8Array
>;

/** The least that has to come in each period. */
export interface Pace {
	readonly bytes: number;
	/** Milliseconds. */
	readonly period: number;
}

/** The least of a download. */
export const LEAST_PACE: Pace = { bytes: 64_000, period: 60_000 };

/** The largest answer that is read into memory, in bytes after decoding. */
const MAX_ANSWER = 20_000_000;

/** A bound was reached; the message is for the user. */
export class LimitError extends Error {}

/** Tells a stream from an answer that n8n has read already. */
export function isStream(body: unknown): body is ByteStream {
	return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}

/** Closes a stream and its connection, whatever it says about that. */
export function discard(body: unknown, reason?: Error): void {
	if (!isStream(body)) return;
	body.on('error', () => undefined);
	body.destroy(reason);
}

/**
 * Does `work` with a signal that aborts at n8n's Stop and when `milliseconds` are over, and ends
 * then even where `work` does not hear the signal.
 * @throws LimitError at either, and what `work` throws
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
			const why = stopped ? 'the execution was stopped' : 'the server did not answer in time';
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
 * The whole of a stream as text.
 * @throws LimitError when it is too large, and what the stream throws
 */
export async function readText(stream: ByteStream, signal: AbortSignal): Promise<string> {
	const close = () => discard(stream);
	if (signal.aborted) close();
	signal.addEventListener('abort', close);
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of stream) {
		size += (chunk as Buffer).length;
		// Leaving the loop closes the stream.
		if (size > MAX_ANSWER) {
			throw new LimitError(`the answer is larger than ${MAX_ANSWER / 1e6} MB`);
		}
		chunks.push(chunk as Buffer);
	}
	return Buffer.concat(chunks)
		.toString('utf8')
		.replace(/^\uFEFF/, '');
}

/**
 * The bytes of a stream, as long as they come at the pace and n8n's Stop is not pressed. Time in
 * which nobody asks for them does not count.
 * @throws LimitError otherwise, and what the stream throws
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
				new LimitError(`less than ${bytes / 1000} kB came in ${period / 1000} s`),
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
