/** "Multi-frame", "Video extension" and "Upscale-pro": videos made from key frames and other videos. */
import { check } from './check.mts';
import { list, oneOf, table, text, texts, whole } from './fields.mts';
import { integer, objects, type Body } from './values.mts';
import { NAMED_MARK, RESOLUTIONS, RETURNED, anyVideo } from './viduCommon.mts';
import { invalid, lacking, unwanted } from './viduErrors.mts';

const MODELS = ['viduq2-turbo', 'viduq2-pro'];
const SECONDS = 5;

const KEY_FRAME = table(['key_image'], {
	key_image: text(),
	// The page gives no limit for the prompt of a key frame.
	prompt: text(),
	duration: whole(2, 7),
});

/** "At least 2 and at most 9 key frames." */
export const MULTIFRAME = table(['model', 'start_image', 'image_settings'], {
	model: oneOf(...MODELS),
	start_image: text(),
	image_settings: list(2, 9, KEY_FRAME),
	resolution: oneOf(...RESOLUTIONS),
	...NAMED_MARK,
	...RETURNED,
});

export const EXTEND = table(['model'], {
	model: oneOf(...MODELS),
	video_creation_id: text(),
	video_url: anyVideo,
	images: texts(1, 1),
	prompt: text(2000),
	duration: whole(1, 7),
	resolution: oneOf(...RESOLUTIONS),
	...NAMED_MARK,
	...RETURNED,
});

const UPSCALE = table([], {
	video_creation_id: text(),
	video_url: anyVideo,
	upscale_resolution: oneOf('1080p', '2K', '4K', '8K'),
	...RETURNED,
});

/** Seconds of each part of a multi-frame video, one part for each key frame. */
export const segmentsOf = (body: Body) =>
	objects(body, 'image_settings').map((frame) => integer(frame, 'duration') ?? SECONDS);

/** Seconds that a video is extended by. */
export const extensionOf = (body: Body) => integer(body, 'duration') ?? SECONDS;

/** @throws {Refusal} as do all readers of this file */
export const readMultiframe = (body: unknown): Body => check(MULTIFRAME, body);

/** "One of video_creation_id and video_url": with both, the second is one too many. */
export function readExtend(parameters: unknown): Body {
	const body = withSource(check(EXTEND, parameters));
	if (body.video_creation_id && body.video_url) throw unwanted('video_url');
	return body;
}

/** "If both are given, video_creation_id is used and video_url ignored." */
export const readUpscale = (parameters: unknown): Body => withSource(check(UPSCALE, parameters));

/** "Not shorter than 4 seconds, not longer than a minute": said of the URL alone. */
export function checkExtendable(field: string, seconds: number): void {
	if (seconds < 4 || seconds > 60) throw invalid(field, 'a video of 4 to 60 seconds is expected');
}

/** "Up to 300 seconds." */
export function checkUpscalable(field: string, seconds: number): void {
	if (seconds > 300) throw invalid(field, 'a video of at most 300 seconds is expected');
}

function withSource(body: Body): Body {
	if (!body.video_creation_id && !body.video_url) throw lacking('video_creation_id');
	return body;
}
