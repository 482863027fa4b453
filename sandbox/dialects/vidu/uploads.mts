/** The first and the last step of an upload; the bytes go to the object store. */
import type { FastifyInstance } from 'fastify';
import { check } from '../../documents/check.mts';
import { oneOf, table, text } from '../../documents/fields.mts';
import { Refusal, invalid } from '../../documents/viduErrors.mts';
import type { Provider } from '../dialect.mts';
import { authenticate } from './access.mts';

const BEGIN = table(['scene'], { scene: oneOf('vidu') });
const FINISH = table(['etag'], { etag: text() });

export function uploadRoutes(app: FastifyInstance, provider: Provider): void {
	const { uploads } = provider;
	app.post('/tools/v2/files/uploads', async (request) => {
		const key = authenticate(provider, request);
		check(BEGIN, request.body);
		const { id, target, expiresAt } = uploads.begin(key);
		const expires = new Date(expiresAt).toISOString();
		return { id, put_url: `${provider.url()}${target}`, expires_at: expires };
	});
	app.put<{ Params: { id: string } }>('/tools/v2/files/uploads/:id/finish', async (request) => {
		const upload = uploads.find(request.params.id, authenticate(provider, request));
		if (upload === undefined) throw new Refusal('NotFound', 'upload not found');
		const etag = String(check(FINISH, request.body).etag);
		if (upload.etag === undefined || etag.replaceAll('"', '') !== upload.etag) {
			throw invalid('etag', 'it is not the one of the uploaded bytes');
		}
		upload.finished = true;
		return { uri: `ssupload:?id=${upload.id}` };
	});
}
