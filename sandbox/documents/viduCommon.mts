/** Parameters that the pages of Vidu's other operations share, and the addresses that they take. */
import { flag, jsonText, oneOf, text, url, type Check, type Checks } from './fields.mts';
import { invalid } from './viduErrors.mts';

export const RESOLUTIONS = ['540p', '720p', '1080p'];
export const CALLBACK: Checks = { callback_url: url };
export const PAYLOAD: Checks = { payload: text(1_048_576) };
export const RETURNED: Checks = { ...PAYLOAD, ...CALLBACK };

const MARK: Checks = { watermark: flag, wm_url: url, meta_data: jsonText };
/** Multi-frame and extend name the corner, templates number it. */
export const NAMED_MARK: Checks = {
	...MARK,
	wm_position: oneOf('top_left', 'top_right', 'bottom_right', 'bottom_left'),
};
export const NUMBERED_MARK: Checks = { ...MARK, wm_position: oneOf(1, 2, 3, 4) };

const VIDEOS = ['mp4', 'mov', 'avi', 'flv', 'm3u8', 'mxf', 'ts', 'webm', 'mkv'];
const AUDIOS = ['wav', 'mp3', 'wma', 'm4a', 'aac', 'ogg'];
const OTHERS = ['png', 'jpg', 'jpeg', 'webp', 'gif', 'bmp', 'html', 'pdf', 'txt', 'json', 'zip'];
const KNOWN = [...VIDEOS, ...AUDIOS, ...OTHERS];

/** An address of a file; one that ends as another kind of file is refused, one that tells nothing is not. */
const fileUrl =
	(formats: readonly string[]): Check =>
	(field, value) => {
		url(field, value);
		const [, ending = ''] = /^[^?#]*\.(\w+)(?:[?#]|$)/.exec(String(value)) ?? [];
		const format = ending.toLowerCase();
		if (KNOWN.includes(format) && !formats.includes(format)) {
			throw invalid(field, `only ${formats.join(', ')}`);
		}
	};

/** Extend and upscale take any video; the operations on people three formats; cloning three sounds. */
export const anyVideo = fileUrl(VIDEOS);
export const plainVideo = fileUrl(['mp4', 'mov', 'avi']);
export const anyAudio = fileUrl(AUDIOS);
export const voiceAudio = fileUrl(['mp3', 'm4a', 'wav']);
