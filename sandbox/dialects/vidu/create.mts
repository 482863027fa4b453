/** The four create requests: text, first frame, start and end, reference. */
import type { FastifyInstance } from 'fastify';
import { readVideoRequest, type VideoRequest } from '../../documents/vidu.mts';
import { FORMS } from '../../documents/viduModels.mts';
import { price, type Endpoint } from '../../documents/viduPrices.mts';
import { USUAL } from '../../images.mts';
import type { Provider } from '../dialect.mts';
import { place, type Draft } from '../orders.mts';
import { DIALECT, authenticate } from './access.mts';
import { created, echoReference, seedOf } from './echo.mts';
import { checkLibrary } from './subjects.mts';

/** The `type` that answers give, as real ones did. */
const TYPES: Readonly<Record<Endpoint, string>> = {
	text2video: 'text2video',
	img2video: 'img2video',
	'start-end2video': 'headtailimg2video',
	reference2video: 'character2video',
};

/** The last part of the paths. */
export const ENDPOINTS: readonly Endpoint[] = [
	'text2video',
	'img2video',
	'start-end2video',
	'reference2video',
];

export function createRoutes(app: FastifyInstance, provider: Provider): void {
	for (const endpoint of ENDPOINTS) {
		app.post(`/ent/v2/${endpoint}`, async (request, reply) => {
			const key = authenticate(provider, request);
			const parameters = request.body;
			return await place(
				provider,
				{ dialect: DIALECT, key, kind: endpoint, request, reply, parameters },
				(body) => {
					const video = readVideoRequest(endpoint, body);
					checkLibrary(provider, key, video);
					return draft(provider, video);
				},
				created,
			);
		});
	}
}

/** What a request in Vidu's own format orders, at Vidu's price. */
export function draft(provider: Provider, video: VideoRequest): Draft {
	const { endpoint, body, form, model, prompt, duration, resolution, audio, offPeak } = video;
	const maxRatio = FORMS[form].models[model]?.maxImageRatio ?? USUAL.maxRatio;
	// "At least 128 px": of references only.
	const minSide = form === 'firstFrame' ? 1 : USUAL.minSide;
	return {
		model,
		prompt,
		duration,
		resolution,
		audio,
		aspect: video.aspect,
		references: {
			images: video.images,
			videos: video.videos,
			frames: form === 'startEnd',
			limits: { ...USUAL, minSide, maxRatio },
		},
		credits: price(
			{ endpoint, model, duration, resolution, audio, offPeak, recommended: body.is_rec === true },
			provider.region,
		),
		echo: echo(provider, video),
		callbackUrl: String(body.callback_url ?? '') || undefined,
	};
}

/** The fields that a create answer repeats. */
function echo(provider: Provider, video: VideoRequest): Record<string, unknown> {
	const { body } = video;
	return {
		type: TYPES[video.endpoint],
		model: video.model,
		style: body.style ?? 'general',
		prompt: video.prompt,
		images: video.images.map(([, value]) => echoReference(provider, value)),
		videos: video.videos.map(([, value]) => echoReference(provider, value)),
		duration: video.duration,
		seed: seedOf(body),
		...(video.aspect === undefined ? {} : { aspect_ratio: video.aspect }),
		resolution: video.resolution,
		bgm: body.bgm ?? false,
		audio: video.audio,
		audio_type: video.audio ? (body.audio_type ?? 'all') : '',
		movement_amplitude: body.movement_amplitude ?? 'auto',
		payload: body.payload ?? '',
		off_peak: video.offPeak,
		watermark: body.watermark ?? false,
		is_rec: body.is_rec ?? false,
	};
}
