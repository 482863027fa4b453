/** The field that chooses the model. Its list follows the provider of the node's credential. */
import type {
	ILoadOptionsFunctions,
	INodeParameters,
	INodeProperties,
	INodePropertyOptions,
	INodeType,
} from 'n8n-workflow';
import { describeModel, modelsOf } from '../catalogue';
import type { VideoKind, ProviderId } from '../catalogue/types';
import { findProvider } from '../providers';
import type { TaskCondition } from './perModel';
import { fieldRows, providersOffering } from './rows';

/**
 * The property `model`, once for each task; Vidu's recommended one is the default. The editor asks
 * `modelLists` for the list; the one given here is for who reads the description alone.
 */
export function modelFields(conditions: readonly TaskCondition[]): INodeProperties[] {
	return conditions.map(({ task, show }) => {
		const options = everyModel(task);
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
				'Which model makes the video. The list is that of the provider in the credential. Durations, resolutions, aspect ratios and audio below follow the model. An expression may give the name, such as viduq3-turbo.',
		};
	});
}

/**
 * What n8n calls for the list: when the node is opened, when its credential changes, and when the
 * node is to do something else. One method for all tasks, since the editor asks by the name of the
 * method of the task before.
 */
export const modelLists: NonNullable<NonNullable<INodeType['methods']>['loadOptions']> = {
	async models(this: ILoadOptionsFunctions) {
		const parameters = this.getCurrentNodeParameters() ?? {};
		const task = taskOf(parameters);
		const provider = await providerOf(this);
		return provider === undefined ? everyModel(task) : modelsAt(provider, task, parameters.model);
	},
};

/** Of the parameters on which the model depends: operations are named like their tasks. */
function taskOf({ referenceType, task, operation }: INodeParameters): VideoKind {
	if (referenceType === 'media') return 'referenceMedia';
	return referenceType === 'subjects'
		? 'referenceSubjects'
		: ((operation === 'estimate' ? task : operation) as VideoKind);
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
function everyModel(task: VideoKind): INodePropertyOptions[] {
	return fieldRows(task).map(({ model }) => {
		const { name, description } = describeModel(model);
		return {
			name,
			value: model,
			description: `${description}. Offered by ${providersOffering(task, model).join(', ')}.`,
		};
	});
}

/**
 * Those of one provider. A chosen one that it lacks stays in the list and says so: the editor would
 * otherwise replace it by the default, unasked, when the credential changes.
 */
function modelsAt(
	{ id, name: seller }: { id: ProviderId; name: string },
	task: VideoKind,
	chosen: unknown,
): INodePropertyOptions[] {
	const models = modelsOf(id, task);
	const options = models.map((value) => ({ ...describeModel(value), value }));
	if (typeof chosen !== 'string' || chosen === '' || models.includes(chosen)) return options;
	const others = providersOffering(task, chosen);
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
