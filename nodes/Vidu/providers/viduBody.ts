/**
 * Vidu's format of requests: paths, field names, and responses that are not tasks.
 * Source: platform.vidu.com/docs and platform.vidu.cn/docs, August 2026.
 */
import type { Kind } from '../catalogue/types';
import { asArray, asRecord, asText, withoutUndefined } from './read';
import type { CreateRequest, SubjectKey, Task, WireRequest } from './types';

interface Wire {
	/** With `{subjectId}` for the field of that name. */
	readonly path: string;
	readonly method?: 'PUT';
	/** Fields, also those of rows, that are not simply the node's name in snake case. */
	readonly names?: Readonly<Record<string, string>>;
	/** Corners have names here, and numbers elsewhere. */
	readonly namedCorners?: true;
	/** What the response has, if it is final and not a task. */
	readonly yields?: (body: unknown) => Readonly<Record<string, unknown>>;
}

const CORNERS = ['', 'top_left', 'top_right', 'bottom_right', 'bottom_left'];

const subject = (body: unknown) => ({ subject: asRecord(body) });

const wire = (): Readonly<Record<Kind, Wire>> => ({
	referenceSubjects: { path: '/reference2video' },
	referenceMedia: { path: '/reference2video' },
	imageToVideo: { path: '/img2video' },
	startEndToVideo: {
		path: '/start-end2video',
		names: { startImage: 'images', endImage: 'images' },
	},
	textToVideo: { path: '/text2video' },
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
		names: { types: 'type' },
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
	updateSubject: { path: '/subjects/{subjectId}', method: 'PUT', yields: subject },
	upscale: { path: '/upscale-new' },
});

/** The request body without the model, and with what the user adds; unset fields are omitted, because unknown ones can be refused (`FieldUnwanted`). */
export function bodyOf(
	{ kind, values, additional }: CreateRequest,
	subjectKey: SubjectKey,
): Record<string, unknown> {
	const { names = {}, namedCorners } = wire()[kind];
	const spelling = kind === 'referenceSubjects' ? { name: subjectKey } : names;
	const spelled = (value: unknown): unknown => {
		if (Array.isArray(value)) return value.map(spelled);
		return typeof value === 'object' && value !== null ? body(value) : value;
	};
	const body = (given: object) => {
		const fields: Record<string, unknown> = {};
		for (const [name, value] of Object.entries(given)) {
			const key =
				spelling[name] ?? name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
			// Two fields of one name are the entries of a list.
			fields[key] = key in fields ? [fields[key], spelled(value)].flat() : spelled(value);
		}
		return withoutUndefined(fields);
	};
	const corner = namedCorners && { wmPosition: CORNERS[values.wmPosition ?? NaN] };
	// The ID of a subject is in the path.
	return { ...body({ ...values, ...corner, subjectId: undefined }), ...additional };
}

/** The whole request, below the prefix of the provider's paths. */
export function createRequest(
	prefix: string,
	request: CreateRequest,
	subjectKey: SubjectKey,
): WireRequest {
	const { path, method = 'POST' } = wire()[request.kind];
	const id = encodeURIComponent(request.values.subjectId ?? '');
	return {
		method,
		path: prefix + path.replace('{subjectId}', id),
		body: {
			...(request.model !== null && { model: request.model }),
			...bodyOf(request, subjectKey),
		},
	};
}

/** The results of a final response that is not a task, which counts as a successful task. */
export function withYield(task: Task, kind: Kind | null, body: unknown): Task {
	const yields = kind === null ? undefined : wire()[kind].yields;
	if (yields === undefined || task.taskId === '') return task;
	return { ...task, state: 'succeeded', error: null, also: yields(body) };
}

/** The results of a finished task other than files, for use by other operations. */
export function alsoOf(body: unknown): Readonly<Record<string, unknown>> {
	const source = asRecord(body);
	const creationIds = asArray(source.creations).flatMap(
		(creation) => asText(asRecord(creation).id) ?? [],
	);
	return {
		...(creationIds.length > 0 && { creationIds }),
		// Other responses repeat the requested voice.
		...(asText(source.demo_audio) !== null && { voiceId: asText(source.voice_id) }),
	};
}
