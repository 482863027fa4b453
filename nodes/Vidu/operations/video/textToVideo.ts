/** Text to video: a prompt alone. Source: platform.vidu.cn/docs, text to video. */
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { modelFields } from '../../fields/model';
import { perModelFields } from '../../fields/perModel';
import type { Draft } from '../../media/input';
import { readModelParameters } from '../model';
import { optionsField, waitFields } from '../options';
import { draftOperation } from './draftOperation';
import { promptField } from './promptField';

const show = { resource: ['video'], operation: ['textToVideo'] };

const properties = (): INodeProperties[] => [
	...modelFields([{ task: 'textToVideo', show }]),
	{ ...promptField, required: true },
	...perModelFields([{ task: 'textToVideo', show }]),
	...waitFields(),
	optionsField([
		'bgm',
		'callbackUrl',
		'metaData',
		'movementAmplitude',
		'offPeak',
		'payload',
		'seed',
		'style',
		'watermark',
		'wmPosition',
		'wmUrl',
	]),
];

async function read(context: IExecuteFunctions, itemIndex: number): Promise<Draft> {
	return { ...readModelParameters(context, itemIndex), task: 'textToVideo' };
}

export const textToVideo = draftOperation({ name: 'textToVideo', properties, read });
