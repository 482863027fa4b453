/** Converts the media of a request for sending: unchanged, as data URIs, or uploaded first. */
import type { IExecuteFunctions } from 'n8n-workflow';
import {
	collectMedia,
	mapMedia,
	type BinaryMedia,
	type MediaInput,
	type WithoutMedia,
} from './input';
import type { Connection, Provider } from '../providers/types';
import { failure, refusal, type Failure } from '../transport/failure';
import { sendRequest, putBytes } from '../transport/exchange';
import { readBinary } from './binaryFile';
import { megabytes } from './mediaRules';
import { chooseUploads, inlineBytes } from './inline';

/** Milliseconds for one step of an upload. */
const UPLOAD_TIMEOUT = 120_000;

/** The files of a request to upload before it is sent. */
export type Uploads = ReadonlySet<MediaInput>;

/** Through whom files are sent, and where. */
interface Sender {
	readonly context: IExecuteFunctions;
	readonly connection: Connection;
	readonly provider: Provider;
}

/** Bytes of a file that travels inside the request; 0 for an address. */
function decodedBytes(input: MediaInput): number {
	if (input.kind === 'binary') return input.file.size;
	const { value } = input;
	const base64 = value.startsWith('data:') ? value.slice(value.indexOf(',') + 1) : '';
	return Buffer.byteLength(base64, 'base64');
}

const withoutBinary = (key: string, value: unknown) => (key === 'binary' ? undefined : value);

const NONE: Uploads = new Set();

/** Which of the files in a request have to be uploaded, or why it cannot be made to fit. Sends nothing. */
export function planUploads(
	request: unknown,
	media: readonly MediaInput[],
	provider: Provider,
): Uploads | string {
	const { maxInlineBytes = Infinity } = provider;
	// Addresses take no place, which saves the many requests that have no more.
	if (media.every((input) => decodedBytes(input) === 0)) return NONE;
	const large = media.find((input) => decodedBytes(input) >= maxInlineBytes);
	if (large !== undefined) {
		return `${provider.name} accepts files below ${megabytes(maxInlineBytes)} inside a request, but ${large.label} is ${megabytes(decodedBytes(large))}. Use a smaller file or a public URL`;
	}
	const binaries = media.filter((input): input is BinaryMedia => input.kind === 'binary');
	// No document says that anything but images can be uploaded.
	const images = binaries.filter(({ type }) => type === 'image');
	const text =
		binaries.length > 0 ? JSON.stringify(request, withoutBinary) : JSON.stringify(request);
	const others = binaries.filter(({ type }) => type !== 'image');
	const sum = (sizes: number[]) => sizes.reduce((total, size) => total + size, 0);
	const rest = Buffer.byteLength(text) + sum(others.map(({ file }) => inlineBytes(file.size)));
	const sizes = images.map(({ file }) => file.size);
	const limit = provider.upload?.maxBytes ?? 0;
	const chosen = chooseUploads(sizes, rest, provider.maxBodyBytes, limit);
	if (chosen !== null) return new Set(images.filter((_, index) => chosen.has(index)));
	const total = megabytes(sum(binaries.map(({ file }) => file.size)));
	const upload = limit > 0 ? `, and an uploaded image at most ${megabytes(limit)}` : '';
	return `The files total ${total}, but a request to ${provider.name} can have at most ${megabytes(provider.maxBodyBytes)} (base64 adds a third)${upload}. Use smaller files or public URLs`;
}

/** Reads and uploads the files, and returns the request to send. Does not throw for the provider's responses. */
export async function resolveMedia<T>(
	sender: Sender,
	request: T,
	uploads: Uploads,
): Promise<WithoutMedia<T> | Failure> {
	const resolved = new Map<MediaInput, string>();
	for (const input of collectMedia(request)) {
		if (input.kind === 'reference') continue;
		if (uploads.has(input)) {
			const uploaded = await uploadImage(sender, input);
			if (typeof uploaded !== 'string') return uploaded;
			resolved.set(input, uploaded);
		} else {
			const bytes = await readBinary(sender.context, input.binary);
			resolved.set(input, `data:${input.file.mimeType};base64,${bytes.toString('base64')}`);
		}
	}
	return mapMedia(request, (input) =>
		input.kind === 'reference' ? input.value : (resolved.get(input) ?? ''),
	);
}

/**
 * The three steps of Vidu's image upload. It is free, hence a failure only has to be reported.
 * @returns the URI of the image for use in a request
 */
export async function uploadImage(
	{ context, connection, provider }: Sender,
	{ binary, file, label }: BinaryMedia,
): Promise<string | Failure> {
	const api = provider.upload;
	if (api === undefined) return failure(`${provider.name} has no upload, which ${label} needs`, '');
	const failed = (answer: Awaited<ReturnType<typeof sendRequest>>): Failure => {
		if (answer.kind === 'noAnswer') {
			return failure(
				`${label} could not be uploaded: ${answer.reason}`,
				'Nothing was charged. Try again',
			);
		}
		return refusal(
			provider.name,
			provider.readError(answer.status, answer.body),
			`to store ${label}`,
		);
	};
	const begun = await sendRequest(context, connection, api.begin(), UPLOAD_TIMEOUT);
	if (!begun.ok) return failed(begun);
	const { id, putUrl } = api.readBegin(begun.body);
	if (id === '' || putUrl === '') return withoutPlace(provider, label);
	const bytes = await readBinary(context, binary);
	const put = await putBytes(context, putUrl, bytes, file.mimeType, UPLOAD_TIMEOUT);
	if (!put.ok) return failed(put);
	const etag = String(put.headers.etag ?? '').replace(/^"|"$/g, '');
	const finished = await sendRequest(context, connection, api.finish(id, etag), UPLOAD_TIMEOUT);
	if (!finished.ok) return failed(finished);
	const uri = api.readFinish(finished.body);
	return uri === '' ? withoutPlace(provider, label) : uri;
}

/** Ends the item, because a request with an empty image would be charged. */
function withoutPlace({ name }: Provider, label: string): Failure {
	return failure(
		`${name} did not say where it stores ${label}`,
		'Nothing was charged. Try again, or use a public URL',
	);
}
