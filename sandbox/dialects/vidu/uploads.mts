/** The first and the last step of an upload; the bytes go to the object store. */
import type { FastifyInstance } from 'fastify';
import { isObject } from '../../documents/fields.mts';
import { Refusal, invalid, lacking } from '../../documents/viduErrors.mts';
import type { Provider } from '../dialect.mts';
import { authenticate } from './access.mts';

export function uploadRoutes(app: FastifyInstance, provider: Provider): void {
	const { uploads } = provider;
	app.post('/tools/v2/files/uploads', async (request) => {
		const key = authenticate(provider, request);
		const scene = isObject(request.body) ? request.body.scene : undefined;
		if (scene === undefined) throw lacking('scene');
		if (scene !== 'vidu') throw invalid('scene', 'only vidu');
		const { id, target, expiresAt } = uploads.begin(key);
		const expires = new Date(expiresAt).toISOString();
		return { id, put_url: `${provider.url()}${target}`, expires_at: expires };
	});
	app.put<{ Params: { id: string } }>('/tools/v2/files/uploads/:id/finish', async (request) => {
		const upload = uploads.find(request.params.id, authenticate(provider, request));
		if (upload === undefined) throw new Refusal('NotFound', 'upload not found');
		const etag = isObject(request.body) ? request.body.etag : undefined;
		if (typeof etag !== 'string' || etag === '') throw lacking('etag');
		if (upload.etag === undefined || etag.replaceAll('"', '') !== upload.etag) {
			throw invalid('etag', 'it is not the one of the uploaded bytes');
		}
		upload.finished = true;
		return { uri: `ssupload:?id=${upload.id}` };
	});
}
