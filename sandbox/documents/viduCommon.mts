/** Parameters that the pages of Vidu's other operations share, and the addresses that they take. */
import { flag, jsonText, oneOf, text, url, type Fields } from './fields.mts';

export const RESOLUTIONS = ['540p', '720p', '1080p'];
export const CALLBACK: Fields = { callback_url: url };
export const PAYLOAD: Fields = { payload: text(1_048_576) };
export const RETURNED: Fields = { ...PAYLOAD, ...CALLBACK };

const MARK: Fields = { watermark: flag, wm_url: url, meta_data: jsonText };
/** Multi-frame and extend name the corner, templates number it. */
export const NAMED_MARK: Fields = {
	...MARK,
	wm_position: oneOf('top_left', 'top_right', 'bottom_right', 'bottom_left'),
};
export const NUMBERED_MARK: Fields = { ...MARK, wm_position: oneOf(1, 2, 3, 4) };

/** Extend and upscale take any video; the operations on people three formats; cloning three sounds. */
export const anyVideo = {
	...url,
	endings: ['mp4', 'mov', 'avi', 'flv', 'm3u8', 'mxf', 'ts', 'webm', 'mkv'],
};
export const plainVideo = { ...url, endings: ['mp4', 'mov', 'avi'] };
export const anyAudio = { ...url, endings: ['wav', 'mp3', 'wma', 'm4a', 'aac', 'ogg'] };
export const voiceAudio = { ...url, endings: ['mp3', 'm4a', 'wav'] };
