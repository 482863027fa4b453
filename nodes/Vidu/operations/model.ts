/** Reads the parameters that every generating operation has: the model, the prompt, and what follows the model. */
import type { IExecuteFunctions } from 'n8n-workflow';
import type { Draft } from '../media/input';
import { booleanOf, numberOf, parameter, textOf } from '../tasks/context/parameters';
import { readGenerationOptions } from './generationOptions';

/** The common part of a draft; what is hidden or empty is undefined. */
export function readModelParameters(
	context: IExecuteFunctions,
	itemIndex: number,
): Omit<Draft, 'task'> {
	const get = (name: string) => parameter(context, name, itemIndex);
	return {
		model: textOf(get('model'), 'Model') ?? '',
		prompt: textOf(get('prompt'), 'Prompt'),
		duration: numberOf(get('duration'), 'Duration'),
		resolution: textOf(get('resolution'), 'Resolution'),
		aspectRatio: textOf(get('aspectRatio'), 'Aspect Ratio'),
		audio: booleanOf(get('audio'), 'Audio'),
		...readGenerationOptions(context, itemIndex),
	};
}
