/** Operations that make a clip with a model of the catalogue: only reading the parameters is their own. */
import type { IExecuteFunctions } from 'n8n-workflow';
import type { Draft } from '../../media/input';
import { requestFromDraft } from '../../tasks/submit/generationRequest';
import type { GenerationOperation } from '../types';

export interface DraftOperation extends Pick<GenerationOperation, 'name' | 'properties'> {
	/**
	 * Reads the parameters of one item.
	 * @throws Error when a value cannot be understood, or a binary field is missing
	 */
	read(context: IExecuteFunctions, itemIndex: number): Promise<Draft>;
}

/** The operation of these fields and this reading. */
export function draftOperation({ name, properties, read }: DraftOperation): GenerationOperation {
	return {
		name,
		makes: 'video',
		properties,
		buildRequest: async (session, itemIndex) =>
			requestFromDraft(session, await read(session.context, itemIndex)),
	};
}
