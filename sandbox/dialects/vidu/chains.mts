/** Multi-frame, extend and upscale. */
import type { FastifyInstance } from 'fastify';
import { RESOLUTIONS } from '../../assets/sizes.mts';
import { imagesOf, objects, text, type Body } from '../../documents/values.mts';
import {
	checkExtendable,
	checkUpscalable,
	extensionOf,
	readExtend,
	readMultiframe,
	readUpscale,
	segmentsOf,
} from '../../documents/viduChains.mts';
import { segmentPrice, upscalePrice } from '../../documents/viduOperationPrices.mts';
import type { Provider } from '../dialect.mts';
import type { Draft } from '../orders.mts';
import { echoReference, markOf } from './echo.mts';
import { UNSEEN, callbackOf, operation } from './operation.mts';
import { creationOf, videoOf, type Source } from './sources.mts';

export function chainRoutes(app: FastifyInstance, provider: Provider): void {
	operation(app, provider, 'multiframe', (body) => multiframe(provider, readMultiframe(body)));
	operation(app, provider, 'extend', (body, key) => extend(provider, key, readExtend(body)));
	operation(app, provider, 'upscale-new', (body, key) => upscale(provider, key, readUpscale(body)));
}

function multiframe(provider: Provider, body: Body): Draft {
	const model = text(body, 'model');
	const resolution = text(body, 'resolution') || '720p';
	const seconds = segmentsOf(body);
	return {
		...UNSEEN,
		model,
		resolution,
		duration: seconds.reduce((sum, part) => sum + part, 0),
		credits: seconds.reduce((sum, part) => sum + segmentPrice(model, resolution, part), 0),
		references: { images: imagesOf(body) },
		callbackUrl: callbackOf(body),
		echo: {
			model,
			start_image: echoReference(provider, text(body, 'start_image')),
			image_settings: objects(body, 'image_settings').map((frame, index) => ({
				prompt: frame.prompt ?? '',
				key_image: echoReference(provider, text(frame, 'key_image')),
				duration: seconds[index],
			})),
			resolution,
			...markOf(body),
			payload: body.payload ?? '',
		},
	};
}

function extend(provider: Provider, key: string, body: Body): Draft {
	const source = sourceOf(provider, key, body);
	if (body.video_url && source.known) checkExtendable('video_url', source.seconds);
	const [model, prompt] = [text(body, 'model'), text(body, 'prompt')];
	const resolution = text(body, 'resolution') || '720p';
	const duration = extensionOf(body);
	return {
		model,
		prompt,
		resolution,
		audio: source.audio ?? false,
		// The result is the video and what was added to it.
		duration: source.seconds + duration,
		aspect: source.aspect ?? '16:9',
		credits: segmentPrice(model, resolution, duration),
		references: { images: imagesOf(body) },
		failure: source.failure,
		callbackUrl: callbackOf(body),
		echo: {
			model,
			...named(body),
			images: imagesOf(body).map(([, value]) => echoReference(provider, value)),
			prompt,
			duration,
			resolution,
			...markOf(body),
			payload: body.payload ?? '',
		},
	};
}

function upscale(provider: Provider, key: string, body: Body): Draft {
	const source = sourceOf(provider, key, body);
	if (source.known)
		checkUpscalable(body.video_url ? 'video_url' : 'video_creation_id', source.seconds);
	const resolution = text(body, 'upscale_resolution') || '1080p';
	return {
		...UNSEEN,
		model: '',
		resolution,
		audio: source.audio ?? false,
		duration: source.seconds,
		aspect: source.aspect ?? '16:9',
		credits: upscalePrice(resolution, source.seconds),
		failure: source.failure ?? notAbove(source, resolution),
		callbackUrl: callbackOf(body),
		echo: { ...named(body), upscale_resolution: resolution, payload: body.payload ?? '' },
	};
}

/** "The resolution must be higher than the video's, or the task fails": no page says with what code. */
function notAbove({ resolution: from }: Source, to: string): string | undefined {
	const rank = (name: string | undefined) => RESOLUTIONS.findIndex((known) => known === name);
	return rank(to) > rank(from) ? undefined : 'VideoFormatInvalid';
}

const sourceOf = (provider: Provider, key: string, body: Body) =>
	body.video_creation_id
		? creationOf(provider, key, text(body, 'video_creation_id'))
		: videoOf(provider, text(body, 'video_url'));

/** "Only one of the two appears." */
const named = ({ video_creation_id, video_url }: Body) =>
	video_creation_id ? { video_creation_id } : { video_url };
