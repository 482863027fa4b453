/**
 * The object store behind Vidu's three-step upload: a signed PUT address for the bytes, and an
 * `ssupload:?id=…` name for the finished image. Each upload belongs to the key that began it.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Snowflakes } from './ids.mts';

/** "Less than 10 MB" (document "Image upload"). */
const MAX_BYTES = 10 * 1024 * 1024;
const LIFETIME_MS = 3600 * 1000;

export interface Upload {
	readonly id: string;
	readonly key: string;
	/** Path and raw query of the PUT address. */
	readonly target: string;
	/** Milliseconds. */
	readonly expiresAt: number;
	bytes?: Buffer;
	etag?: string;
	finished: boolean;
}

export class Uploads {
	private readonly byId = new Map<string, Upload>();

	constructor(
		private readonly ids: Snowflakes,
		private readonly now: () => number,
	) {}

	begin(key: string): Upload {
		const id = this.ids.next();
		const signature = encodeURIComponent(randomBytes(24).toString('base64'));
		const query = `X-Amz-Expires=${LIFETIME_MS / 1000}&X-Amz-Signature=a%2Bb%2F${signature}`;
		const target = `/uploads/${id}?${query}`;
		const expiresAt = this.now() + LIFETIME_MS;
		const upload: Upload = { id, key, target, expiresAt, finished: false };
		this.byId.set(id, upload);
		return upload;
	}

	/** An upload of this key, finished or not. */
	find(id: string, key: string): Upload | undefined {
		const upload = this.byId.get(id);
		return upload?.key === key ? upload : undefined;
	}

	/** The bytes behind an `ssupload:?id=…` URI; undefined unless the upload was finished. */
	resolve(uri: string, key: string): Buffer | undefined {
		const [, id = ''] = /^ssupload:\?id=(\d+)$/.exec(uri) ?? [];
		const upload = this.find(id, key);
		return upload?.finished ? upload.bytes : undefined;
	}

	clear(): void {
		this.byId.clear();
	}

	/** The PUT address. A signed URL wants no other authorization, and says so. */
	routes(app: FastifyInstance): void {
		app.addContentTypeParser(/^image\//, { parseAs: 'buffer' }, (_request, body, done) => {
			done(null, body);
		});
		app.put<{ Params: { id: string } }>(
			'/uploads/:id',
			{ bodyLimit: MAX_BYTES },
			async (request, reply) => {
				const upload = this.byId.get(request.params.id);
				if (request.headers.authorization !== undefined) {
					return await reply.code(400).send('InvalidArgument: only one auth mechanism allowed');
				}
				if (
					upload === undefined ||
					upload.target !== request.raw.url ||
					upload.expiresAt < this.now()
				) {
					return await reply.code(403).send('AccessDenied');
				}
				if (!Buffer.isBuffer(request.body)) return await reply.code(400).send('BadRequest');
				upload.bytes = request.body;
				upload.etag = createHash('md5').update(request.body).digest('hex');
				return await reply.header('ETag', `"${upload.etag}"`).send();
			},
		);
	}
}
