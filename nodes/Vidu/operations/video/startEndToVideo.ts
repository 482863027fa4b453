/** Start and end to video: from one picture to another. Source: platform.vidu.cn/docs, start-end to video. */
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { modelFields } from '../../fields/model';
import { perModelFields } from '../../fields/perModel';
import type { Draft } from '../../media/input';
import { parameter } from '../../tasks/context/parameters';
import { readImages } from '../images';
import { readModelParameters } from '../model';
import { optionsField, waitFields } from '../options';
import { draftOperation } from './draftOperation';
import { promptField } from './promptField';

const show = { resource: ['video'], operation: ['startEndToVideo'] };

const FRAMES = [
	{ word: 'Start', prefix: 'start', which: 'first' },
	{ word: 'End', prefix: 'end', which: 'last' },
] as const;

const frameFields = (): INodeProperties[] =>
	FRAMES.flatMap(({ word, prefix, which }) => [
		{
			displayName: `${word} Image URL`,
			name: `${prefix}ImageUrl`,
			type: 'string' as const,
			default: '',
			placeholder: `e.g. https://example.com/${prefix}.png`,
			description: `The ${which} picture of the clip: a public URL, a data URI or an ssupload: URI`,
		},
		{
			displayName: `${word} Input Binary Field`,
			name: `${prefix}BinaryPropertyName`,
			type: 'string' as const,
			default: '',
			placeholder: `e.g. ${prefix}`,
			description: `Name of the binary field of the incoming item that holds the ${which} picture, in place of a URL`,
		},
	]);

const properties = (): INodeProperties[] => [
	...modelFields([{ task: 'startEndToVideo', show }]),
	...frameFields(),
	promptField,
	...perModelFields([{ task: 'startEndToVideo', show }]),
	...waitFields(),
	optionsField([
		'bgm',
		'callbackUrl',
		'isRec',
		'metaData',
		'movementAmplitude',
		'offPeak',
		'payload',
		'seed',
		'watermark',
		'wmPosition',
		'wmUrl',
	]),
];

async function read(context: IExecuteFunctions, itemIndex: number): Promise<Draft> {
	const get = (name: string) => parameter(context, name, itemIndex);
	const frames = await Promise.all(
		FRAMES.map(
			async ({ word, prefix }) =>
				await readImages(context, itemIndex, {
					urls: get(`${prefix}ImageUrl`),
					urlsLabel: `${word} Image URL`,
					binaryNames: get(`${prefix}BinaryPropertyName`),
					binariesLabel: `${word} Input Binary Field`,
				}),
		),
	);
	return {
		...readModelParameters(context, itemIndex),
		task: 'startEndToVideo',
		images: frames.flat(),
	};
}

export const startEndToVideo = draftOperation({ name: 'startEndToVideo', properties, read });
