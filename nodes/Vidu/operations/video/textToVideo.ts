/** Text to video: a prompt alone. Source: platform.vidu.cn/docs, text to video. */
import { MODEL_FIELDS, PROMPT } from '../../fields/words';
import { tableOperation } from '../tableOperation';

export const textToVideo = tableOperation({
	resource: 'video',
	name: 'textToVideo',
	label: 'Text to Video',
	action: 'Make a video from text',
	description: 'A clip from a prompt alone',
	kind: 'textToVideo',
	makes: 'video',
	fields: () => ({ prompt: PROMPT, ...MODEL_FIELDS }),
});
