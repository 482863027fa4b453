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
import { showFor, type Condition } from './perModel';
import { fieldRows, OTHER_MODEL, providersOffering } from './rows';

const OTHER: INodePropertyOptions = {
	name: 'Other Model (by Its Name)',
	value: OTHER_MODEL,
	description: 'A model that this version of the node does not know; nothing is checked',
};

const RECOMMENDED: INodePropertyOptions = { name: 'Recommended', value: '' };

/**
 * The property `model`, once for each kind with models, and the name of another one. Vidu's recommended
 * model is the default. The editor loads the list from `modelLists`; the list given here is for readers of the description.
 */
export function modelFields(conditions: readonly Condition[]): INodeProperties[] {
	const having = conditions.filter(({ kind }) => everyModel(kind).length > 0);
	const lists = having.map(({ kind, show }): INodeProperties => {
		const options = [...everyModel(kind), OTHER];
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
				'Model to use. The list depends on the provider in the credential, and the fields below depend on the model. An expression may return the name, such as viduq3-turbo.',
		};
	});
	return lists.length === 0 ? [] : [...lists, otherModelField(having)];
}

/** Hidden unless chosen: with `show`, n8n would show it for every expression as well. */
function otherModelField(conditions: readonly Condition[]): INodeProperties {
	const kinds = conditions.map(({ kind }) => kind);
	return {
		displayName: 'Model Name',
		name: 'otherModel',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. viduq5-pro',
		displayOptions: {
			show: showFor(conditions, kinds),
			hide: { model: [{ _cnd: { not: OTHER_MODEL } }] },
		},
		description:
			'Name from the documentation of the provider. Only what you set is sent, nothing is checked, and the price is not known.',
	};
}

/**
 * Called by n8n for the list: when the node is opened, and when its credential or operation changes.
 * One method for all kinds, because the editor calls the method of the previous kind.
 */
export const modelLists: NonNullable<NonNullable<INodeType['methods']>['loadOptions']> = {
	async models(this: ILoadOptionsFunctions) {
		const parameters = this.getCurrentNodeParameters() ?? {};
		const kind = kindOf(parameters);
		const provider = await providerOf(this);
		const known =
			provider === undefined ? everyModel(kind) : modelsAt(provider, kind, parameters.model);
		// Model → Get describes the models that are known, or the recommended one.
		return 'kind' in parameters ? [RECOMMENDED, ...known] : [...known, OTHER];
	},
};

/** The kind by the parameters on which the model depends: operations with models are named like their kinds. */
export function kindOf({ referenceType, kind, task, operation }: INodeParameters): Kind {
	if (referenceType === 'media') return 'referenceMedia';
	return referenceType === 'subjects'
		? 'referenceSubjects'
		: ((kind ?? (operation === 'estimate' ? task : operation)) as Kind);
}

/** Undefined if no credential can be read. */
export async function providerOf(context: ILoadOptionsFunctions) {
	try {
		const { provider } = await context.getCredentials('viduApi');
		return findProvider(provider as ProviderId);
	} catch {
		return undefined;
	}
}

/** The models of all providers, each with the providers that offer it. */
export function everyModel(kind: Kind): INodePropertyOptions[] {
	return fieldRows(kind).flatMap(({ model }) => {
		if (model === null) return [];
		const { name, description } = describeModel(model);
		const offering = providersOffering(kind, model).join(', ');
		const text = `${description}. Offered by ${offering}.`;
		return [{ name, value: model, description: text }];
	});
}

/**
 * The models of one provider. A chosen model that it lacks stays in the list, marked as such: otherwise
 * the editor would silently replace it with the default when the credential changes.
 */
function modelsAt(
	{ id, name: seller }: { id: ProviderId; name: string },
	kind: Kind,
	chosen: unknown,
): INodePropertyOptions[] {
	const models = modelsOf(id, kind);
	const options = models.map((value) => ({ ...describeModel(value), value }));
	if (typeof chosen !== 'string' || ['', OTHER_MODEL, ...models].includes(chosen)) return options;
	const others = providersOffering(kind, chosen);
	return [
		...options,
		{
			name: `${describeModel(chosen).name} (Not Offered by ${seller})`,
			value: chosen,
			description:
				others.length > 0
					? `For this, only ${others.join(', ')} ${others.length > 1 ? 'offer' : 'offers'} it`
					: 'No provider is known to offer it for this',
		},
	];
}
