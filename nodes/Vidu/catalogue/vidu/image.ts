/** Images from references or from text alone. */
import { ALL_RATIOS, RETURNED, options, prompt, ratios, resolutions } from '../fields';
import type { Rules } from '../rules';
import type { RowOf } from '../types';

/** Source: platform.vidu.cn/docs, image generation; prices: platform.vidu.cn/docs/pricing. */
const body = {
	prompt: prompt(2000, 'required'),
	images: { kind: 'images', min: 0, max: 7 },
	...RETURNED,
	...options('seed'),
} satisfies Rules;

const kind = 'referenceToImage';

export const referenceToImage = (): ReadonlyArray<RowOf<'referenceToImage'>> => [
	{
		kind,
		model: 'viduq2',
		fields: {
			...body,
			aspectRatio: ratios([...ALL_RATIOS, '21:9', '2:3', '3:2', 'auto']),
			resolution: resolutions(['1080p', '2K', '4K']),
		},
		price: {
			by: 'images',
			rates: [
				{ upTo: 0, credits: { '1080p': 6, '2K': 8, '4K': 10 } },
				{ upTo: 3, credits: { '1080p': 8, '2K': 12, '4K': 20 } },
				{ upTo: 7, credits: { '1080p': 10, '2K': 16, '4K': 30 } },
			],
		},
	},
	{
		kind,
		model: 'viduq1',
		fields: {
			...body,
			images: { ...body.images, min: 1 },
			aspectRatio: ratios(ALL_RATIOS),
			resolution: resolutions(['1080p']),
		},
		price: { by: 'task', credits: 20 },
	},
];
