/** Upscale: a video in a higher resolution. */
import { tableOperation } from '../tableOperation';
import { sourceFields } from './sourceFields';

export const upscale = tableOperation({
	name: 'upscale',
	task: 'upscale',
	makes: 'video',
	fields: () => [
		...sourceFields(),
		{
			key: 'upscaleResolution',
			label: 'Upscale Resolution',
			description: 'The new resolution, which has to be above that of the video; more costs more',
		},
	],
});
