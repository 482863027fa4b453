/**
 * The operations beside the clips in Vidu's wire format: paths, names of fields, and answers that
 * are no tasks. Source: platform.vidu.com/docs and platform.vidu.cn/docs, August 2026.
 */
import type { OperationKind } from '../catalogue/operations/types';
import { asRecord, asArray, asText, withoutUndefined } from './read';
import type { OperationRequest, Task, WireRequest } from './types';

interface Wire {
	/** With `{id}` for the field of that name. */
	readonly path: string;
	readonly method?: 'PUT';
	/** Fields, also those of rows, that are not simply the node's name in snake case. */
	readonly names?: Readonly<Record<string, string>>;
	/** Corners have names here, and numbers elsewhere. */
	readonly namedCorners?: true;
	/** What the answer holds, where it is final and no task. */
	readonly yields?: (body: unknown) => Readonly<Record<string, unknown>>;
}

const CORNERS = ['', 'top_left', 'top_right', 'bottom_right', 'bottom_left'];

const subject = (body: unknown) => ({ subject: asRecord(body) });

const wire = (): Readonly<Record<OperationKind, Wire>> => ({
	cloneVoice: { path: '/audio-clone' },
	createSubject: { path: '/subjects', yields: subject },
	digitalHuman: { path: '/digital-human' },
	extend: { path: '/extend', names: { endImage: 'images' }, namedCorners: true },
	lipSync: { path: '/lip-sync', names: { faceImage: 'ref_photo_url' } },
	motionSync: { path: '/image2dance', names: { image: 'image_url' } },
	multiFrame: {
		path: '/multiframe',
		names: { keyFrames: 'image_settings', image: 'key_image' },
		namedCorners: true,
	},
	recommend: {
		path: '/img2video-prompt-recommendation',
		names: { image: 'images', types: 'type' },
		yields: (body) => ({ prompts: asArray(asRecord(body).prompts) }),
	},
	referenceToImage: { path: '/reference2image' },
	template: { path: '/template' },
	templateStory: { path: '/template-story' },
	textToAudio: { path: '/text2audio' },
	textToSpeech: {
		path: '/audio-tts',
		names: {
			voiceId: 'voice_setting_voice_id',
			speed: 'voice_setting_speed',
			volume: 'voice_setting_volume',
			pitch: 'voice_setting_pitch',
			emotion: 'voice_setting_emotion',
			pronunciations: 'pronunciation_dict_tone',
		},
	},
	timingToAudio: { path: '/timing2audio' },
	updateSubject: { path: '/subjects/{id}', method: 'PUT', yields: subject },
	upscale: { path: '/upscale-new' },
});

/** The request body but for the model. */
export function operationBody({ task, values }: OperationRequest): Record<string, unknown> {
	const { names = {}, namedCorners } = wire()[task];
	const spelled = (value: unknown): unknown => {
		if (Array.isArray(value)) return value.map(spelled);
		return typeof value === 'object' && value !== null ? body(asRecord(value)) : value;
	};
	const body = (given: Readonly<Record<string, unknown>>) =>
		withoutUndefined(
			Object.fromEntries(
				Object.entries(given).map(([name, value]) => [
					names[name] ?? name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`),
					spelled(value),
				]),
			),
		);
	const { wmPosition } = values;
	return body(namedCorners ? { ...values, wmPosition: CORNERS[Number(wmPosition)] } : values);
}

/** The whole request, below the prefix of the provider's paths. */
export function operationRequest(prefix: string, request: OperationRequest): WireRequest {
	const { path, method = 'POST' } = wire()[request.task];
	const { id, ...body } = operationBody(request);
	return {
		method,
		path: prefix + path.replace('{id}', encodeURIComponent(String(id))),
		body: { ...(request.model !== null && { model: request.model }), ...body },
	};
}

/** The task of an answer; one that is final and no task counts as one that has succeeded. */
export function readOperation(
	task: OperationKind,
	body: unknown,
	readTask: (body: unknown) => Task,
): Task {
	const read = readTask(body);
	const { yields } = wire()[task];
	if (yields === undefined || read.taskId === '') return read;
	return { ...read, state: 'succeeded', error: null, also: yields(body) };
}

/** What a finished task yields beside its files, for other operations to go on with. */
export function alsoOf(body: unknown): Readonly<Record<string, unknown>> {
	const source = asRecord(body);
	const creationIds = asArray(source.creations).flatMap(
		(creation) => asText(asRecord(creation).id) ?? [],
	);
	return {
		...(creationIds.length > 0 && { creationIds }),
		// Other answers repeat the voice that was asked for.
		...(asText(source.demo_audio) !== null && { voiceId: asText(source.voice_id) }),
	};
}
