/** The field that chooses the model. Its list follows the provider of the node's credential. */
import type {
	ILoadOptionsFunctions,
	INodeParameters,
	INodeProperties,
	INodePropertyOptions,
	INodeType,
} from 'n8n-workflow';
import { describeModel, modelsOf } from '../catalogue';
import type { Kind, ProviderId } from '../catalogue/types';
import { findProvider } from '../providers';
import type { Condition } from './perModel';
import { fieldRows, providersOffering } from './rows';

/**
 * The property `model`, once for each kind that has a choice; Vidu's recommended one is the default.
 * The editor asks `modelLists` for the list; the one given here is for who reads the description alone.
 */
export function modelFields(conditions: readonly Condition[]): INodeProperties[] {
	return conditions.flatMap(({ kind, show }) => {
		const options = everyModel(kind);
		if (options.length < 2) return [];
		const choice = {
			type: 'options' as const,
			typeOptions: { loadOptionsMethod: 'models', loadOptionsDependsOn: Object.keys(show) },
			default: options[0]?.value ?? '',
			options,
		};
		return {
			displayName: 'Model',
			name: 'model',
			...choice,
			displayOptions: {
				show: Object.fromEntries(Object.entries(show).map(([key, values]) => [key, [...values]])),
			},
			description:
				'Which model makes it. The list is that of the provider in the credential. Durations, resolutions and the like below follow the model. An expression may give the name, such as viduq3-turbo.',
		};
	});
}

/**
 * What n8n calls for the list: when the node is opened, when its credential changes, and when the
 * node is to do something else. One method for all kinds, since the editor asks by the name of the
 * method of the kind before.
 */
export const modelLists: NonNullable<NonNullable<INodeType['methods']>['loadOptions']> = {
	async models(this: ILoadOptionsFunctions) {
		const parameters = this.getCurrentNodeParameters() ?? {};
		const kind = kindOf(parameters);
		const provider = await providerOf(this);
		return provider === undefined ? everyModel(kind) : modelsAt(provider, kind, parameters.model);
	},
};

/** Of the parameters on which the model depends: operations with models are named like their kinds. */
function kindOf({ referenceType, task, operation }: INodeParameters): Kind {
	if (referenceType === 'media') return 'referenceMedia';
	return referenceType === 'subjects'
		? 'referenceSubjects'
		: ((operation === 'estimate' ? task : operation) as Kind);
}

/** Undefined while there is no credential that can be read. */
async function providerOf(context: ILoadOptionsFunctions) {
	try {
		const { provider } = await context.getCredentials('viduApi');
		return findProvider(provider as ProviderId);
	} catch {
		return undefined;
	}
}

/** Of all providers, each with those who offer it. */
function everyModel(kind: Kind): INodePropertyOptions[] {
	return fieldRows(kind).flatMap(({ model }) => {
		if (model === null) return [];
		const { name, description } = describeModel(model);
		const offering = providersOffering(kind, model).join(', ');
		const text = `${description}. Offered by ${offering}.`;
		return [{ name, value: model, description: text }];
	});
}

/**
 * Those of one provider. A chosen one that it lacks stays in the list and says so: the editor would
 * otherwise replace it by the default, unasked, when the credential changes.
 */
function modelsAt(
	{ id, name: seller }: { id: ProviderId; name: string },
	kind: Kind,
	chosen: unknown,
): INodePropertyOptions[] {
	const models = modelsOf(id, kind);
	const options = models.map((value) => ({ ...describeModel(value), value }));
	if (typeof chosen !== 'string' || chosen === '' || models.includes(chosen)) return options;
	const others = providersOffering(kind, chosen);
	return [
		...options,
		{
			name: `${describeModel(chosen).name} (Not Offered by ${seller})`,
			value: chosen,
			description:
				others.length > 0
					? `For this, only ${others.join(', ')} ${others.length > 1 ? 'offer' : 'offers'} it`
					: 'Nobody is known to offer it for this',
		},
	];
}
