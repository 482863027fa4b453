/** Reference to image, and text to image. */
import type { FastifyInstance } from 'fastify';
import { imagesOf, text } from '../../documents/values.mts';
import { readImage } from '../../documents/viduImages.mts';
import { imagePrice } from '../../documents/viduOperationPrices.mts';
import type { Provider } from '../dialect.mts';
import type { Draft } from '../orders.mts';
import { echoReference, seedOf } from './echo.mts';
import { callbackOf, operation } from './operation.mts';

/** The last part of the path, which gateways have too. */
export const IMAGE_PATH = 'reference2image';

export function imageRoutes(app: FastifyInstance, provider: Provider): void {
	operation(app, provider, IMAGE_PATH, (body) => imageDraft(provider, body));
}

/** @throws {Refusal} */
export function imageDraft(provider: Provider, parameters: unknown): Draft {
	const { body, aspect, resolution, images } = readImage(parameters);
	const [model, prompt] = [text(body, 'model'), text(body, 'prompt')];
	return {
		model,
		prompt,
		aspect,
		resolution,
		audio: false,
		duration: 0,
		medium: 'image',
		credits: imagePrice(model, resolution, images),
		references: { images: imagesOf(body) },
		callbackUrl: callbackOf(body),
		echo: {
			model,
			prompt,
			images: imagesOf(body).map(([, value]) => echoReference(provider, value)),
			seed: seedOf(body),
			aspect_ratio: aspect,
			resolution,
			callback_url: body.callback_url ?? '',
			payload: body.payload ?? '',
		},
	};
}
