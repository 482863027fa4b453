/** Upscale: a video in a higher resolution. */
import { tableOperation } from '../tableOperation';
import { sourceFields } from './sourceFields';

export const upscale = tableOperation({
	resource: 'video',
	name: 'upscale',
	label: 'Upscale',
	action: 'Upscale a video',
	description: 'The same video in a higher resolution, up to 8K',
	kind: 'upscale',
	makes: 'video',
	fields: () => ({
		...sourceFields(),
		upscaleResolution: {
			description: 'The new resolution, which has to be above that of the video; more costs more',
		},
	}),
});
