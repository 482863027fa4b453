/** Lip sync, motion sync and digital humans. */
import type { FastifyInstance } from 'fastify';
import { imagesOf, integer, text, type Body } from '../../documents/values.mts';
import { speechSeconds } from '../../documents/viduAudio.mts';
import { humanPrice, lipSyncPrice, motionPrice } from '../../documents/viduOperationPrices.mts';
import {
	FACE_IMAGE,
	LIP_SECONDS,
	MOTION_IMAGE,
	MOTION_SECONDS,
	checkSeconds,
	readDigitalHuman,
	readLipSync,
	readMotionSync,
} from '../../documents/viduPeople.mts';
import type { Provider } from '../dialect.mts';
import type { Draft } from '../orders.mts';
import { created, echoReference } from './echo.mts';
import { UNSEEN, callbackOf, operation } from './operation.mts';
import { audioOf, videoOf, type Source } from './sources.mts';

export function peopleRoutes(app: FastifyInstance, provider: Provider): void {
	operation(
		app,
		provider,
		'lip-sync',
		(body) => lipSync(provider, readLipSync(body)),
		// The one create answer without `credits`.
		(task) => ({ ...created(task), credits: undefined }),
	);
	operation(app, provider, 'image2dance', (body) => motion(provider, readMotionSync(body)));
	operation(app, provider, 'digital-human', (body) => human(provider, readDigitalHuman(body)));
}

function lipSync(provider: Provider, body: Body): Draft {
	const video = videoOf(provider, text(body, 'video_url'));
	if (video.known) checkSeconds('video_url', video.seconds, LIP_SECONDS);
	const speech = speechOf(provider, body);
	if (speech.known) checkSeconds('audio_url', speech.seconds, LIP_SECONDS);
	const face = text(body, 'ref_photo_url');
	return {
		...UNSEEN,
		model: '',
		resolution: video.resolution ?? '720p',
		aspect: video.aspect ?? '16:9',
		audio: true,
		duration: speech.seconds,
		credits: lipSyncPrice(speech.seconds),
		references: { images: face === '' ? [] : [['ref_photo_url', face]], limits: FACE_IMAGE },
		failure: video.failure ?? speech.failure,
		callbackUrl: callbackOf(body),
		echo: { payload: body.payload ?? '' },
	};
}

/** "Resolution and ratio of the video are those of the image." */
function motion(provider: Provider, body: Body): Draft {
	const video = videoOf(provider, text(body, 'video_url'));
	if (video.known) checkSeconds('video_url', video.seconds, MOTION_SECONDS);
	return {
		...UNSEEN,
		model: '',
		resolution: '720p',
		audio: video.audio ?? false,
		duration: video.seconds,
		credits: motionPrice(video.seconds),
		references: { images: imagesOf(body), limits: MOTION_IMAGE },
		failure: video.failure,
		callbackUrl: callbackOf(body),
		echo: {
			image_url: echoReference(provider, text(body, 'image_url')),
			video_url: body.video_url,
			payload: body.payload ?? '',
		},
	};
}

function human(provider: Provider, body: Body): Draft {
	const speech = speechOf(provider, body);
	const [model, prompt] = [text(body, 'model'), text(body, 'prompt')];
	const resolution = text(body, 'resolution') || '720p';
	const { audio_url, text: words, voice_id } = body;
	return {
		model,
		prompt,
		resolution,
		audio: true,
		duration: speech.seconds,
		credits: humanPrice(model, speech.seconds, audio_url ? '' : text(body, 'text')),
		references: { images: imagesOf(body) },
		failure: speech.failure,
		callbackUrl: callbackOf(body),
		echo: {
			model,
			image: echoReference(provider, text(body, 'image')),
			prompt,
			...(audio_url ? { audio_url } : { text: words, voice_id: voice_id ?? '' }),
			resolution,
			payload: body.payload ?? '',
		},
	};
}

/** The speech of a request: its audio, which wins, or its text. */
function speechOf(provider: Provider, body: Body): Source {
	if (body.audio_url) return audioOf(provider, text(body, 'audio_url'));
	const seconds = speechSeconds(text(body, 'text'), integer(body, 'speed'));
	return { seconds, known: false };
}
