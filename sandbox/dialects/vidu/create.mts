/** The four create requests: text, first frame, start and end, reference. */
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ratioOf, type Size } from '../../assets/sizes.mts';
import { isObject, readVideoRequest, type VideoRequest } from '../../documents/vidu.mts';
import { Refusal } from '../../documents/viduErrors.mts';
import { price, type Endpoint } from '../../documents/viduPrices.mts';
import { readFaults, retryAfterHeader, type Faults } from '../../faults.mts';
import type { Provider } from '../dialect.mts';
import { DIALECT, authenticate } from './access.mts';
import { inspectReferences } from './references.mts';
import { createdAt } from './shapes.mts';

/** The `type` that answers give, as real ones did. */
const TYPES: Readonly<Record<Endpoint, string>> = {
	text2video: 'text2video',
	img2video: 'img2video',
	'start-end2video': 'headtailimg2video',
	reference2video: 'character2video',
};

const ENDPOINTS: readonly Endpoint[] = [
	'text2video',
	'img2video',
	'start-end2video',
	'reference2video',
];

export function createRoutes(app: FastifyInstance, provider: Provider): void {
	for (const endpoint of ENDPOINTS) {
		app.post(`/ent/v2/${endpoint}`, async (request, reply) => {
			return await create(provider, endpoint, request, reply);
		});
	}
}

async function create(
	provider: Provider,
	endpoint: Endpoint,
	request: FastifyRequest,
	reply: FastifyReply,
) {
	const key = authenticate(provider, request);
	const prompt = isObject(request.body) ? String(request.body.prompt ?? '') : '';
	const faults = readFaults(prompt, String(request.headers['x-sandbox-faults'] ?? ''));
	if (faults.slow > 0) await pause(faults.slow);
	refuseOnDemand(provider, faults, `${key} ${endpoint} ${prompt}`);
	// "The balance is checked before the model": an empty account hides every other mistake.
	if (provider.book.balance(key) <= 0)
		throw new Refusal('CreditInsufficient', 'credit insufficient');
	const video = readVideoRequest(endpoint, request.body);
	const { body, model, duration, resolution, audio, offPeak } = video;
	const { failure, frame } = await inspectReferences(provider.uploads, key, video);
	const cost = price(
		{ endpoint, model, duration, resolution, audio, offPeak, recommended: body.is_rec === true },
		provider.region,
	);
	provider.note(request, { model, credits: cost });
	if (provider.book.balance(key) < cost) {
		throw new Refusal('CreditInsufficient', 'credit insufficient');
	}
	const task = provider.book.accept({
		dialect: DIALECT,
		key,
		kind: endpoint,
		model,
		prompt: video.prompt,
		credits: cost,
		faults,
		clip: { seconds: duration, resolution, audio, aspect: aspectOf(video, frame) },
		echo: echo(provider, video),
		callbackUrl: String(body.callback_url ?? '') || undefined,
		failure,
	});
	provider.note(request, { taskId: task.id });
	provider.callbacks.follow(task);
	if (faults.create500) throw new Refusal('InternalServiceFailure', 'internal service failure');
	if (faults.drop) {
		reply.hijack();
		request.raw.socket.destroy();
		return reply;
	}
	return {
		task_id: task.id,
		state: 'created',
		...task.echo,
		credits: cost,
		created_at: createdAt(task),
	};
}

function refuseOnDemand(provider: Provider, faults: Faults, order: string): void {
	if (faults.reject !== undefined) {
		throw new Refusal(faults.reject, `${faults.reject} (as the prompt asked)`);
	}
	const refusals = provider.busy.get(order) ?? 0;
	if (refusals >= faults.busy) return;
	provider.busy.set(order, refusals + 1);
	throw new Refusal('QuotaExceeded', 'exceeded concurrency limit', 429, {
		'Retry-After': retryAfterHeader(faults, provider.clock.now()),
	});
}

/** Without a ratio in the request the picture decides; a picture that was not looked at is 16:9. */
function aspectOf({ aspect }: VideoRequest, frame: Size | null): string {
	const auto = aspect === undefined || aspect === 'auto';
	if (!auto && Number.isFinite(ratioOf(aspect))) return aspect;
	return frame === null ? '16:9' : `${frame.width}:${frame.height}`;
}

/** The fields that a create answer repeats. */
function echo(provider: Provider, video: VideoRequest): Record<string, unknown> {
	const { body } = video;
	const seed = typeof body.seed === 'number' ? body.seed : 0;
	return {
		type: TYPES[video.endpoint],
		model: video.model,
		style: body.style ?? 'general',
		prompt: video.prompt,
		images: video.images.map(([, value]) => echoReference(provider, value)),
		videos: video.videos.map(([, value]) => echoReference(provider, value)),
		duration: video.duration,
		seed: seed === 0 ? 1 + Math.floor(Math.random() * 2_147_483_646) : seed,
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

/** Nobody sends back megabytes of base64. */
const echoReference = (provider: Provider, value: string) =>
	value.startsWith('data:') ? `ssupload:?id=${provider.ids.next()}` : value;
