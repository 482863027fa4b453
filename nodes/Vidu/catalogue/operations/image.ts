/** Pictures from references or from text alone. */
import { RETURNED } from './video';
import type { OperationRow } from './types';

const FIVE = ['16:9', '9:16', '1:1', '3:4', '4:3'];

const common = {
	task: 'referenceToImage',
	options: [...RETURNED, 'seed'],
	sources: ['platform.vidu.cn/docs, image generation; prices: platform.vidu.cn/docs/pricing'],
} as const;
const prompt = { kind: 'text', required: true, max: 2000 } as const;

export const imageRows: readonly OperationRow[] = [
	{
		...common,
		model: 'viduq2',
		fields: {
			prompt,
			images: { kind: 'images', min: 0, max: 7 },
			aspectRatio: {
				kind: 'choice',
				values: [...FIVE, '21:9', '2:3', '3:2', 'auto'],
				preset: '16:9',
			},
			resolution: { kind: 'choice', values: ['1080p', '2K', '4K'], preset: '1080p' },
		},
		price: {
			by: 'pictures',
			rates: [
				{ upTo: 0, credits: { '1080p': 6, '2K': 8, '4K': 10 } },
				{ upTo: 3, credits: { '1080p': 8, '2K': 12, '4K': 20 } },
				{ upTo: 7, credits: { '1080p': 10, '2K': 16, '4K': 30 } },
			],
		},
	},
	{
		...common,
		model: 'viduq1',
		fields: {
			prompt,
			images: { kind: 'images', min: 1, max: 7 },
			aspectRatio: { kind: 'choice', values: FIVE, preset: '16:9' },
			resolution: { kind: 'choice', values: ['1080p'], preset: '1080p' },
		},
		price: { by: 'task', credits: 20 },
	},
];
