/** Text to video: a prompt alone. Source: platform.vidu.cn/docs, text to video. */
import { MODEL_FIELDS, PROMPT } from '../../fields/words';
import { tableOperation } from '../tableOperation';

export const textToVideo = tableOperation({
	resource: 'video',
	label: 'Text to Video',
	action: 'Make video from text',
	description: 'Make a video from a prompt alone',
	kind: 'textToVideo',
	fields: () => ({ prompt: PROMPT, ...MODEL_FIELDS }),
});
