/** Model: get. The limits and prices of one model for one kind of use; sends no request. */
import type { INodeProperties } from 'n8n-workflow';
import { findRow, modelsOf } from '../../catalogue';
import { choiceOf, parameter, textOf } from '../../tasks/context/parameters';
import { notOffered } from '../../tasks/submit/offer';
import { validationFailure } from '../../tasks/submit/request';
import { freeOperation } from '../freeOperation';
import { kindOptions, modelKinds } from '../kinds';
import { MODEL_FIELDS, modelItem } from './describe';

const DEFAULT_KIND = 'referenceSubjects';

/** One field for all kinds, so that the kind may be an expression. */
function modelField(): INodeProperties {
	const ofKind = {
		type: 'options' as const,
		typeOptions: { loadOptionsMethod: 'models', loadOptionsDependsOn: ['kind'] },
		default: '',
	};
	return {
		displayName: 'Model',
		name: 'model',
		...ofKind,
		description: 'Model to describe. If empty, the recommended one.',
	};
}

export const getModel = freeOperation({
	resource: 'model',
	name: 'get',
	label: 'Get',
	action: 'Get model',
	description: 'Get the limits and prices of a model for one kind of use, without a request',
	properties: () => [
		{
			displayName: 'Kind',
			name: 'kind',
			type: 'options',
			default: DEFAULT_KIND,
			options: kindOptions(modelKinds()),
			description: 'What the model is to be used for',
		},
		modelField(),
	],
	output: MODEL_FIELDS,
	results: async ({ context, connection, provider }, itemIndex) => {
		const given = parameter(context, 'kind', itemIndex);
		const kind = choiceOf(given, 'Kind', modelKinds()) ?? DEFAULT_KIND;
		const [recommended = ''] = modelsOf(provider.id, kind);
		const model = textOf(parameter(context, 'model', itemIndex), 'Model') ?? recommended;
		const row = findRow(provider.id, kind, model);
		return await Promise.resolve(
			row === undefined
				? validationFailure([notOffered(provider, kind, model)])
				: [modelItem(row, provider, connection.region)],
		);
	},
});
