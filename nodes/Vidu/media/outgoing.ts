/** Converts the images of a request for sending: unchanged, as data URIs, or uploaded first. */
import type { IExecuteFunctions } from 'n8n-workflow';
import { collectMedia, mapMedia, type MediaInput, type WithoutMedia } from './input';
import type { Connection, Provider } from '../providers/types';
import { failure, refusal, type Failure } from '../transport/failure';
import { sendRequest, putBytes } from '../transport/exchange';
import { readBinary } from './binaryImage';
import { megabytes } from './imageRules';
import { chooseUploads } from './inline';

/** Milliseconds for one step of an upload. */
const UPLOAD_TIMEOUT = 120_000;

type Binary = Extract<MediaInput, { kind: 'binary' }>;
export type Resolved<T> =
	| { readonly ok: true; readonly request: WithoutMedia<T> }
	| { readonly ok: false; readonly failure: Failure };

/** Bytes of an image that travels inside the request; 0 for an address. */
function decodedBytes(input: MediaInput): number {
	if (input.kind === 'binary') return input.image.size;
	const { value } = input;
	const base64 = value.startsWith('data:') ? value.slice(value.indexOf(',') + 1) : '';
	return Buffer.byteLength(base64, 'base64');
}

const withoutBinary = (key: string, value: unknown) => (key === 'binary' ? undefined : value);

/** Which images of a request have to be uploaded, or why it cannot be made to fit. Sends nothing. */
export function planUploads(request: unknown, provider: Provider): ReadonlySet<Binary> | string {
	const { maxInlineBytes = Infinity } = provider;
	const images = collectMedia(request);
	const large = images.find((input) => decodedBytes(input) >= maxInlineBytes);
	if (large !== undefined) {
		return `${provider.name} accepts images below ${megabytes(maxInlineBytes)} inside a request, but ${large.label} is ${megabytes(decodedBytes(large))}. Use a smaller image or a public URL`;
	}
	const binaries = images.filter((input): input is Binary => input.kind === 'binary');
	const text =
		binaries.length > 0 ? JSON.stringify(request, withoutBinary) : JSON.stringify(request);
	const sizes = binaries.map(({ image }) => image.size);
	const limit = provider.upload?.maxBytes ?? 0;
	const chosen = chooseUploads(sizes, Buffer.byteLength(text), provider.maxBodyBytes, limit);
	if (chosen !== null) return new Set(binaries.filter((_, index) => chosen.has(index)));
	const total = megabytes(sizes.reduce((sum, size) => sum + size, 0));
	const upload = limit > 0 ? `, and an uploaded image at most ${megabytes(limit)}` : '';
	return `The images total ${total}, but a request to ${provider.name} can have at most ${megabytes(provider.maxBodyBytes)} (base64 adds a third)${upload}. Use smaller images or public URLs`;
}

/** Reads and uploads the images, and returns the request to send. Does not throw for the provider's responses. */
export async function resolveMedia<T>(
	context: IExecuteFunctions,
	connection: Connection,
	provider: Provider,
	request: T,
): Promise<Resolved<T>> {
	const uploads = planUploads(request, provider);
	if (typeof uploads === 'string') return { ok: false, failure: failure(uploads, '') };
	const resolved = new Map<MediaInput, string>();
	for (const input of collectMedia(request)) {
		if (input.kind === 'reference') {
			resolved.set(input, input.value);
			continue;
		}
		if (uploads.has(input)) {
			const uploaded = await uploadImage(context, connection, provider, input);
			if (typeof uploaded !== 'string') return { ok: false, failure: uploaded };
			resolved.set(input, uploaded);
		} else {
			const bytes = await readBinary(context, input.binary);
			resolved.set(input, `data:${input.image.mimeType};base64,${bytes.toString('base64')}`);
		}
	}
	return { ok: true, request: mapMedia(request, (input) => resolved.get(input) ?? '') };
}

/**
 * The three steps of Vidu's image upload. It is free, hence a failure only has to be reported.
 * @returns the URI of the image for use in a request
 */
export async function uploadImage(
	context: IExecuteFunctions,
	connection: Connection,
	provider: Provider,
	{ binary, image, label }: Binary,
): Promise<string | Failure> {
	const api = provider.upload;
	if (api === undefined) return failure(`${provider.name} has no upload, which ${label} needs`, '');
	const failed = (answer: Awaited<ReturnType<typeof sendRequest>>): Failure | null => {
		if (answer.kind === 'noAnswer') {
			return failure(
				`${label} could not be uploaded: ${answer.reason}`,
				'Nothing was charged. Try again',
			);
		}
		if (answer.status < 300) return null;
		return refusal(
			provider.name,
			provider.readError(answer.status, answer.body),
			`to store ${label}`,
		);
	};
	const begun = await sendRequest(context, connection, api.begin(), UPLOAD_TIMEOUT);
	if (begun.kind === 'noAnswer' || begun.status >= 300) return failed(begun) as Failure;
	const { id, putUrl } = api.readBegin(begun.body);
	if (id === '' || putUrl === '') return withoutPlace(provider, label);
	const bytes = await readBinary(context, binary);
	const put = await putBytes(context, putUrl, bytes, image.mimeType, UPLOAD_TIMEOUT);
	if (put.kind === 'noAnswer' || put.status >= 300) return failed(put) as Failure;
	const etag = String(put.headers.etag ?? '').replace(/^"|"$/g, '');
	const finished = await sendRequest(context, connection, api.finish(id, etag), UPLOAD_TIMEOUT);
	if (finished.kind === 'noAnswer' || finished.status >= 300) return failed(finished) as Failure;
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
