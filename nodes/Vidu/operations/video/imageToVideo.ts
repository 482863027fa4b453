/** Image to video: a picture starts to move. Source: platform.vidu.com/docs/image-to-video (seed 004). */
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

const show = { resource: ['video'], operation: ['imageToVideo'] };

const properties = (): INodeProperties[] => [
	...modelFields([{ task: 'imageToVideo', show }]),
	{
		displayName: 'Image URL',
		name: 'imageUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/bottle.png',
		description: 'The first picture of the clip: a public URL, a data URI or an ssupload: URI',
	},
	{
		displayName: 'Input Binary Field',
		name: 'binaryPropertyName',
		type: 'string',
		default: '',
		placeholder: 'e.g. data',
		description:
			'Name of the binary field of the incoming item that holds the picture, in place of a URL',
	},
	promptField,
	...perModelFields([{ task: 'imageToVideo', show }]),
	...waitFields(),
	optionsField([
		'audioType',
		'bgm',
		'callbackUrl',
		'isRec',
		'metaData',
		'movementAmplitude',
		'offPeak',
		'payload',
		'seed',
		'voiceId',
		'watermark',
		'wmPosition',
		'wmUrl',
	]),
];

async function read(context: IExecuteFunctions, itemIndex: number): Promise<Draft> {
	const get = (name: string) => parameter(context, name, itemIndex);
	return {
		...readModelParameters(context, itemIndex),
		task: 'imageToVideo',
		images: await readImages(context, itemIndex, {
			urls: get('imageUrl'),
			urlsLabel: 'Image URL',
			binaryNames: get('binaryPropertyName'),
			binariesLabel: 'Input Binary Field',
		}),
	};
}

export const imageToVideo = draftOperation({ name: 'imageToVideo', properties, read });
