/** Reads the parameters that every generating operation has: the model, the prompt, and what follows the model. */
import type { IExecuteFunctions } from 'n8n-workflow';
import type { Draft } from '../media/input';
import { booleanOf, numberOf, parameter, textOf } from '../tasks/parameters';
import { readGenerationOptions } from './generationOptions';

/** The common part of a draft; what is hidden or empty is undefined. */
export function readModelParameters(
	context: IExecuteFunctions,
	itemIndex: number,
): Omit<Draft, 'task'> {
	const get = (name: string) => parameter(context, name, itemIndex);
	return {
		model: String(get('model') ?? ''),
		prompt: textOf(get('prompt')),
		duration: numberOf(get('duration')),
		resolution: textOf(get('resolution')),
		aspectRatio: textOf(get('aspectRatio')),
		audio: booleanOf(get('audio')),
		...readGenerationOptions(context, itemIndex),
	};
}
