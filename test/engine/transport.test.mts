/** What servers may do to a request or a download, in n8n's own request helper. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import {
	createServer as createHttpServer,
	type IncomingMessage,
	type ServerResponse,
} from 'node:http';
import {
	createServer as createNetServer,
	type AddressInfo,
	type Server,
	type Socket,
} from 'node:net';
import { Readable } from 'node:stream';
import { createServer as createTlsServer } from 'node:tls';
import { gzipSync } from 'node:zlib';
import type { IExecuteFunctions, INodeType } from 'n8n-workflow';
import type { Connection, Task } from '../../nodes/Vidu/providers/types.ts';
import { unreadTask } from '../../nodes/Vidu/providers/types.ts';
import { vidu } from '../../nodes/Vidu/providers/vidu.ts';
import { uploadImage } from '../../nodes/Vidu/media/outgoing.ts';
import { downloadVideos, type DeliveryOptions } from '../../nodes/Vidu/tasks/deliver/download.ts';
import { itemContext } from '../../nodes/Vidu/tasks/context/itemContext.ts';
import { deliver } from '../../nodes/Vidu/tasks/deliver/output.ts';
import type { Session } from '../../nodes/Vidu/tasks/context/session.ts';
import { withoutStop } from '../../nodes/Vidu/transport/caller.ts';
import { sendRequest, putBytes } from '../../nodes/Vidu/transport/exchange.ts';
import { binaryData } from './harness/n8n.mts';
import { describeNode } from './harness/nodeTypes.mts';
import { startWorkflow } from './harness/run.mts';
import type { BinaryMode } from './harness/n8n.mts';
import { chain, node } from './harness/workflow.mts';

const asset = (name: string) =>
	readFileSync(new URL(`../../sandbox/assets/${name}`, import.meta.url));
const clip = asset('720p-16x9.mp4');
const picture = asset('cat.png');
const cover = asset('cover-16x9.jpg');

/** A server whose open connections are known; each request is answered as `handle` says. */
async function serve(server: Server) {
	const open = new Set<Socket>();
	let seen = 0;
	server.on('connection', (socket: Socket) => {
		seen++;
		open.add(socket.on('error', () => undefined).on('close', () => open.delete(socket)));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		port,
		url: `http://127.0.0.1:${port}`,
		connections: () => seen,
		/** How many stay open, after a while in which they may close. */
		async left() {
			for (let i = 0; i < 100 && open.size > 0; i++) await later(20);
			return open.size;
		},
		async close() {
			for (const socket of open) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

type Served = Awaited<ReturnType<typeof serve>>;
const later = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));

/** Writes a byte now and then, for ever. */
function trickle(
	response: { write(text: string): unknown; once(event: 'close', end: () => void): unknown },
	every = 20,
) {
	const timer = setInterval(() => response.write(' '), every);
	response.once('close', () => clearInterval(timer));
}

let server: Served;
afterEach(async () => {
	jest.restoreAllMocks();
	await server?.close();
});

const http = async (handle: (request: IncomingMessage, response: ServerResponse) => void) =>
	(server = await serve(createHttpServer(handle)));

/** Does `work` inside a node that n8n runs, and gives what it gave. */
async function inNode<T>(
	work: (context: IExecuteFunctions) => Promise<T>,
	{
		stopAfter,
		binaryMode,
		baseUrl = 'http://127.0.0.1:9',
	}: { stopAfter?: number; binaryMode?: BinaryMode; baseUrl?: string } = {},
): Promise<{ result: T; hints: string[]; bytes(binary: unknown): Promise<Buffer> }> {
	let result: T | undefined;
	const type: INodeType = {
		description: describeNode({
			displayName: 'Probe',
			name: 'test.probe',
			credentials: [{ name: 'viduApi' }],
			properties: [],
		}),
		async execute() {
			result = await work(this);
			return [[{ json: {} }]];
		},
	};
	const execution = await startWorkflow(
		chain([
			node({
				name: 'Probe',
				type: 'test.probe',
				credentials: { viduApi: { id: '1', name: 'Vidu' } },
			}),
		]),
		{
			nodeTypes: [type],
			binaryMode,
			credentials: {
				Vidu: {
					type: 'viduApi',
					data: { apiKey: 'vda_k', baseUrl } as never,
				},
			},
		},
	);
	if (stopAfter !== undefined) {
		await later(stopAfter);
		await execution.stop();
	}
	const run = await execution.finished;
	for (let i = 0; i < 100 && result === undefined && run.error === undefined; i++) await later(20);
	if (result === undefined) throw run.error ?? new Error('no result');
	return {
		result,
		hints: run.hints('Probe').map(({ message }) => message),
		bytes: async (binary) => await binaryData.getAsBuffer(binary as never),
	};
}

const at = (baseUrl: string): Connection => ({
	...{ provider: 'vidu', region: 'global', pathPrefix: '', queryPath: '', subjectKey: 'name' },
	baseUrl,
});
/** For what no timeout is to end, however busy the machine is; milliseconds. */
const AS_LONG_AS_IT_TAKES = 3_600_000;
const create = { method: 'POST', path: '/order', body: { prompt: 'a cat' } } as const;

/** Sends an order to `url`, with so many milliseconds in all. */
const order = async (url: string, timeout = 400, options = {}) =>
	(
		await inNode(
			async (context) => await sendRequest(withoutStop(context), at(url), create, timeout),
			{ baseUrl: url, ...options },
		)
	).result;

describe('what trickles for ever does not hold the node', () => {
	const SLOW = { kind: 'noAnswer', reason: 'the server did not respond in time', notSent: false };

	test('an answer that never ends is given up after its total time, and may have been sent', async () => {
		await http((_, response) => {
			response.writeHead(200, { 'Content-Type': 'application/json' });
			trickle(response.on('error', () => undefined));
		});
		expect(await order(server.url)).toMatchObject({ ...SLOW, stopped: false });
		expect(await server.left()).toBe(0);
	});

	test('so are headers that never end', async () => {
		server = await serve(
			createNetServer((socket) => {
				socket.write('HTTP/1.1 200 OK\r\nX-Slow: ');
				trickle(socket);
			}),
		);
		expect(await order(server.url)).toMatchObject(SLOW);
		expect(await server.left()).toBe(0);
	});

	test('so is a server that takes the request and says nothing', async () => {
		await http(() => undefined);
		expect(await order(server.url)).toMatchObject(SLOW);
		expect(await server.left()).toBe(0);
	});

	test('so is the answer to an upload', async () => {
		await http((request, response) => {
			request.resume();
			response.writeHead(200);
			trickle(response.on('error', () => undefined));
		});
		const { result } = await inNode(
			async (context) => await putBytes(context, server.url, picture, 'image/png', 400),
		);
		expect(result).toMatchObject(SLOW);
		expect(await server.left()).toBe(0);
	});

	test('Stop ends a status request in the middle of its answer, and not an order', async () => {
		await http((_, response) => {
			response.writeHead(200);
			trickle(response.on('error', () => undefined));
		});
		const { result } = await inNode(
			async (context) => await sendRequest(context, at(server.url), create, AS_LONG_AS_IT_TAKES),
			{ stopAfter: 300, baseUrl: server.url },
		);
		expect(result).toMatchObject({ reason: 'the execution was stopped', stopped: true });
		expect(await server.left()).toBe(0);
		expect(await order(server.url, 1500, { stopAfter: 300 })).toMatchObject({
			...SLOW,
			stopped: false,
		});
	});

	test('an answer that comes within its time is read, in whatever pieces', async () => {
		await http((_, response) => {
			const bytes = Buffer.from('{"task_id":1234567890123456789,"sagt":"Müll"}');
			bytes.forEach((byte, index) => setTimeout(() => response.write(Buffer.of(byte)), index));
			setTimeout(() => response.end(), bytes.length + 20);
		});
		expect(await order(server.url, AS_LONG_AS_IT_TAKES)).toMatchObject({
			...{ kind: 'answer', status: 200 },
			body: { task_id: '1234567890123456789', sagt: 'Müll' },
		});
		expect(await server.left()).toBe(0);
	});
});

describe('an answer is read up to 20 MB', () => {
	/** A list of so many texts, a kilobyte each; there is one byte more. */
	const listOf = (texts: number) =>
		Buffer.from(JSON.stringify(Array<string>(texts).fill('x'.repeat(997))));
	const tooLong = listOf(20_000);
	const long = listOf(19_999);

	test.each([
		['as it is', tooLong, {}],
		['packed', gzipSync(tooLong), { 'Content-Encoding': 'gzip' }],
	])('and no further, %s', async (_, bytes, headers) => {
		await http((_request, response) => {
			response
				.on('error', () => undefined)
				.writeHead(200, headers)
				.end(bytes);
		});
		expect(await order(server.url, AS_LONG_AS_IT_TAKES)).toMatchObject({
			kind: 'noAnswer',
			reason: 'the response is larger than 20 MB',
			notSent: false,
		});
		expect(await server.left()).toBe(0);
	});

	test('of hardly less in full', async () => {
		await http((_, response) => void response.end(long));
		const answer = await order(server.url, AS_LONG_AS_IT_TAKES);
		expect(answer.kind === 'answer' && answer.body).toHaveLength(19_999);
	});
});

describe('what was certainly not sent is told from what may have been', () => {
	test('nobody listens', async () => {
		await http(() => undefined);
		await server.close();
		expect(await order(server.url, AS_LONG_AS_IT_TAKES)).toMatchObject({
			reason: 'the server refused the connection',
			notSent: true,
		});
		const anyAddress = server.url.replace('127.0.0.1', 'localhost');
		expect(await order(anyAddress, AS_LONG_AS_IT_TAKES)).toMatchObject({ notSent: true });
	});

	test('the name of the server is unknown', async () => {
		await http(() => undefined);
		expect(await order('https://no-such-host.invalid', AS_LONG_AS_IT_TAKES)).toMatchObject({
			reason: 'the host name could not be resolved',
			notSent: true,
		});
	});

	test('the certificate is not trusted: no byte of the order went out', async () => {
		let received = 0;
		const tls = createTlsServer(selfSigned());
		tls.on('secureConnection', (socket) =>
			socket.on('error', () => undefined).on('data', ({ length }) => (received += length)),
		);
		tls.on('tlsClientError', () => undefined);
		server = await serve(tls);
		for (let i = 0; i < 5; i++) {
			expect(await order(server.url.replace('http:', 'https:'), AS_LONG_AS_IT_TAKES)).toMatchObject(
				{
					reason: expect.stringMatching(/^the server certificate is not trusted \(\w+\)$/),
					notSent: true,
				},
			);
		}
		expect(await server.left()).toBe(0);
		expect(received).toBe(0);
		expect(server.connections()).toBe(5);
	});

	test.each(['before', 'within'])(
		'a connection that is lost %s the answer: it may have been sent',
		async (when) => {
			await http((request, response) => {
				if (when === 'within') response.writeHead(200, { 'Content-Length': 100 }).write('{');
				request.resume().once('end', () => setTimeout(() => response.destroy(), 50));
			});
			expect(await order(server.url, AS_LONG_AS_IT_TAKES)).toMatchObject({
				reason: 'the connection was lost before the response arrived',
				notSent: false,
			});
		},
	);
});

describe('a download', () => {
	const task = (url: string, coverUrl: string | null = null): Task => ({
		...unreadTask('907'),
		state: 'succeeded',
		videos: [{ url, coverUrl, watermarkedUrl: null }],
	});
	const usual: DeliveryOptions = {
		...{ model: 'viduq2', makes: 'video', binaryPropertyName: 'data', downloadCover: false },
	};
	/** A busy machine is no slow server: only tests of what trickles are in a hurry. */
	const patient = { bytes: 1, period: 30_000 };
	const hurried = { bytes: 20_000, period: 500 };
	const fetchIt = async (
		url: string,
		options: Partial<DeliveryOptions> = {},
		pace = patient,
		more = {},
	) =>
		await inNode(
			async (context) =>
				await downloadVideos(
					context,
					task(url),
					{ ...usual, ...options },
					async () => undefined,
					pace,
				),
			more,
		);
	/** Answers with these bytes and headers. */
	const file = async (bytes: Buffer | string, headers: Record<string, string> = {}) =>
		await http((_, response) => void response.writeHead(200, headers).end(bytes));

	test.each(['filesystem', 'default'] as const)(
		'that trickles is given up, and the next try delivers (%s)',
		async (binaryMode) => {
			let tries = 0;
			await http((_, response) => {
				response.on('error', () => undefined).writeHead(200);
				if (++tries > 1) return void response.end(clip);
				response.write(clip.subarray(0, 1000));
				trickle(response);
			});
			const { result, bytes } = await fetchIt(server.url, {}, hurried, { binaryMode });
			const delivered = result.ok ? result.binary.data : undefined;
			expect((await bytes(delivered)).equals(clip)).toBe(true);
			expect(await server.left()).toBe(0);
		},
	);

	test('that trickles at every try ends with the id of the task, and no connection stays open', async () => {
		await http((request, response) => {
			if (request.url !== '/silent.mp4') response.writeHead(200).write(clip.subarray(0, 1000));
			trickle(response.on('error', () => undefined));
		});
		const { result } = await fetchIt(`${server.url}/clip.mp4?X-Signature=secret`, {}, hurried);
		expect(result).toMatchObject({
			ok: false,
			failure: {
				message: expect.stringContaining('received less than 20 kB in 0.5 s'),
				description: expect.stringContaining('907'),
			},
		});
		const { message, description } = result.ok ? { message: '', description: '' } : result.failure;
		expect(message + description).not.toContain('secret');
		expect(await server.left()).toBe(0);
	}, 60_000);

	test('that is slow but steady is taken, however large', async () => {
		const large = Buffer.concat([clip, freeBox(300_000)]);
		const pace = { bytes: 8_000, period: 7_777 };
		const real = AbortSignal.timeout.bind(AbortSignal);
		let endPeriod = () => {};
		jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
			if (ms !== pace.period) return real(ms);
			const timer = new AbortController();
			endPeriod = () => timer.abort();
			return timer.signal;
		});
		let stored = 0;
		let tries = 0;
		let periods = 0;
		await http((_, response) => {
			tries++;
			response.writeHead(200);
			void (async () => {
				// What decides the type is read before anything is stored.
				let sent = 100_000;
				response.write(large.subarray(0, sent));
				while (sent < large.length) {
					while (stored < sent && !response.destroyed) await new Promise(setImmediate);
					if (response.destroyed) return;
					endPeriod();
					periods++;
					response.write(large.subarray(sent, sent + 10_000));
					sent = Math.min(sent + 10_000, large.length);
				}
				response.end();
			})();
		});
		const { result, bytes } = await inNode(async (context) => {
			const store = context.helpers.prepareBinaryData.bind(context.helpers);
			jest.spyOn(context.helpers, 'prepareBinaryData').mockImplementation(async (body, ...type) => {
				async function* counted() {
					for await (const chunk of body as Readable) {
						stored += (chunk as Buffer).length;
						yield chunk as Buffer;
					}
				}
				return await store(Readable.from(counted(), { objectMode: false }), ...type);
			});
			return await downloadVideos(context, task(server.url), usual, async () => undefined, pace);
		});
		expect([tries, periods > 20]).toEqual([1, true]);
		expect(result.ok && (await bytes(result.binary.data)).length).toBe(large.length);
	}, 60_000);

	test.each([
		['text/html', {}],
		['application/octet-stream', {}],
		['video/x-unknown', {}],
		['', {}],
		['video/mp4', { 'Content-Encoding': 'gzip' }],
	])('of a clip that is served as %j %j is a clip', async (type, headers) => {
		const packed = 'Content-Encoding' in headers ? gzipSync(clip) : clip;
		await file(packed, {
			...headers,
			'Content-Type': type,
			'Content-Length': String(packed.length),
		});
		const { result, bytes } = await fetchIt(server.url);
		const delivered = result.ok ? result.binary.data : undefined;
		expect(delivered).toMatchObject({
			mimeType: 'video/mp4',
			fileName: 'viduq2-907.mp4',
			fileExtension: 'mp4',
			fileType: 'video',
		});
		expect((await bytes(delivered)).equals(clip)).toBe(true);
	});

	test.each([
		[
			'image',
			'image/svg+xml',
			'<svg><script>alert(1)</script></svg>',
			'an SVG drawing instead of an image',
		],
		['image', 'image/png', '{"error":"expired"}', 'JSON instead of an image'],
		['video', 'video/x-unknown', '<!doctype html><p>Hi', 'a web page (HTML) instead of a video'],
		['video', 'video/mp4', picture, 'image (png) instead of a video'],
		[null, 'video/mp4', '<html>', 'a web page (HTML) instead of a video'],
		['video', 'video/mp4', '', 'nothing instead of a video'],
	] as const)(
		'that should be %s and is sent as %s is refused when it is none',
		async (makes, type, bytes, said) => {
			await file(bytes as Buffer, { 'Content-Type': type });
			const { result } = await fetchIt(server.url, { makes });
			expect(result).toMatchObject({
				ok: false,
				failure: { message: expect.stringContaining(`the server sent ${said}`) },
			});
			expect(JSON.stringify(result)).toContain('907');
		},
	);

	test('of any kind is taken where the kind is not known', async () => {
		await file(picture, { 'Content-Type': 'video/mp4' });
		const { result } = await fetchIt(server.url, { makes: null });
		expect(result.ok && result.binary.data).toMatchObject({
			mimeType: 'image/png',
			fileExtension: 'png',
		});
	});

	test.each([
		['by its announced length', 'video', clip, { 'Content-Length': String(clip.length) }],
		['by its boxes', 'video', clip, {}],
		['by that alone', 'image', picture, { 'Content-Length': String(picture.length) }],
	] as const)(
		'that is cut off is noticed %s, and nothing of it is stored',
		async (_, makes, whole, headers) => {
			await http((_request, response) => {
				response.writeHead(200, headers);
				response.write(whole.subarray(0, whole.length - 5), () => {
					if ('Content-Length' in headers) setTimeout(() => response.destroy(), 20);
					else response.end();
				});
			});
			const stored = () =>
				readdirSync(String(process.env.N8N_USER_FOLDER), {
					recursive: true,
					withFileTypes: true,
				}).filter((entry) => entry.isFile()).length;
			const before = stored();
			const { result } = await fetchIt(server.url, { makes }, { bytes: 1, period: 5000 });
			expect(result).toMatchObject({
				ok: false,
				failure: { message: expect.stringMatching(/truncated|interrupted/) },
			});
			expect(stored()).toBe(before);
		},
		60_000,
	);

	test('says nothing of a signature when it is led astray', async () => {
		await http(
			(_, response) =>
				void response.writeHead(302, { Location: 'http://127.0.0.1:1/x?Signature=secret' }).end(),
		);
		const { result } = await fetchIt(`${server.url}/?Signature=secret`);
		const { message, description } = result.ok ? { message: '', description: '' } : result.failure;
		expect(message).toContain('could not be downloaded');
		expect(message + description).not.toContain('secret');
	});

	describe('of a cover that fails', () => {
		const asked = { ...usual, downloadCover: true, downloadVideo: true };
		const known = itemContext(0, 'referenceToVideo', asked);
		const withCover = async (bytes: Buffer | null) => {
			await http((request, response) => {
				if (request.url === '/clip.mp4') return void response.end(clip);
				response.writeHead(bytes === null ? 404 : 200).end(bytes);
			});
			return await inNode(async (context) => {
				const session = {
					...{ context, provider: vidu, connection: at(server.url), key: '' },
					fetchStatuses: async () => ({ tasks: new Map(), refused: new Map(), trouble: null }),
				} as Session;
				return await deliver(
					session,
					known,
					task(`${server.url}/clip.mp4`, `${server.url}/cover?s=secret`),
				);
			});
		};
		test('keeps the video, with a hint at the item', async () => {
			const { result } = await withCover(null);
			expect(result).toMatchObject({
				binary: { data: { mimeType: 'video/mp4' } },
				json: {
					hint: 'The cover of task 907 could not be downloaded: HTTP 404',
					state: 'succeeded',
				},
			});
		});

		test('is not said of one that comes', async () => {
			const { result } = await withCover(cover);
			expect(result).toMatchObject({ binary: { data: {}, dataCover: { mimeType: 'image/jpeg' } } });
			expect(result).not.toHaveProperty('json.hint');
		});
	});
});

describe('an upload whose place is not named ends before an order with an empty image goes out', () => {
	test.each([
		['no id', { put_url: 'PUT' }, { uri: 'ssupload:?id=1' }],
		['no address', { id: '1' }, { uri: 'ssupload:?id=1' }],
		['nothing at all', {}, {}],
		['no URI in the end', { id: '1', put_url: 'PUT' }, {}],
	])('%s', async (_, begun, finished) => {
		await http((request, response) => {
			request.resume().once('end', () => {
				const ticket = { ...begun, ...('put_url' in begun && { put_url: `${server.url}/bytes` }) };
				response.end(JSON.stringify(request.method === 'POST' ? ticket : finished));
			});
		});
		const { result } = await inNode(
			async (context) =>
				await uploadImage(
					{ context, connection: at(server.url), provider: vidu },
					{
						kind: 'binary',
						type: 'image',
						label: 'image 1',
						binary: { data: picture.toString('base64'), mimeType: 'image/png' },
						file: { header: null, size: picture.length, mimeType: 'image/png' },
					},
				),
			{ baseUrl: server.url },
		);
		expect(result).toMatchObject({
			message: 'Vidu did not say where it stores image 1',
			description: 'Nothing was charged. Try again, or use a public URL',
		});
	});
});

/** An MP4 box that players skip. */
function freeBox(length: number): Buffer {
	const box = Buffer.alloc(length);
	box.writeUInt32BE(length, 0);
	box.write('free', 4, 'latin1');
	return box;
}

/** A key, and a certificate for "localhost" that it signs itself (RFC 5280, in DER by hand). */
function selfSigned(): { key: string; cert: string } {
	const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const der = (tag: number, ...parts: Buffer[]): Buffer => {
		const content = Buffer.concat(parts);
		const { length } = content;
		const size =
			length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
		return Buffer.concat([Buffer.from([tag, ...size]), content]);
	};
	const hex = (text: string) => Buffer.from(text, 'hex');
	// ecdsa-with-SHA256, and the attribute commonName.
	const algorithm = der(0x30, der(0x06, hex('2a8648ce3d040302')));
	const commonName = der(0x30, der(0x06, hex('550403')), der(0x0c, Buffer.from('localhost')));
	const name = der(0x30, der(0x31, commonName));
	const validity = der(
		0x30,
		der(0x17, Buffer.from('200101000000Z')),
		der(0x17, Buffer.from('490101000000Z')),
	);
	const body = der(
		0x30,
		der(0xa0, der(0x02, hex('02'))),
		...[der(0x02, hex('01')), algorithm, name, validity, name],
		publicKey.export({ type: 'spki', format: 'der' }),
	);
	const signature = der(0x03, hex('00'), sign('sha256', body, privateKey));
	const certificate = der(0x30, body, algorithm, signature).toString('base64');
	return {
		key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
		cert: `-----BEGIN CERTIFICATE-----\n${certificate}\n-----END CERTIFICATE-----\n`,
	};
}
