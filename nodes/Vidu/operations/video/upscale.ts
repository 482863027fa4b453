import { tableOperation } from '../tableOperation';
import { sourceFields } from './sourceFields';

export const upscale = tableOperation({
	resource: 'video',
	label: 'Upscale',
	action: 'Upscale video',
	description: 'Increase the resolution of a video, up to 8K',
	kind: 'upscale',
	fields: () => ({
		...sourceFields(),
		upscaleResolution: {
			description: 'New resolution, higher than that of the video; a higher one costs more',
		},
	}),
});
