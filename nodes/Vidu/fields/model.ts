/** The field that chooses the model, built from the catalogue. */
import type { INodeProperties } from 'n8n-workflow';
import { describeModel, modelsOf } from '../catalogue';
import type { TaskCondition } from './perModel';

/** The property `model`, once for each task, with the models that Vidu offers for it; the recommended one is the default. */
export function modelFields(conditions: readonly TaskCondition[]): INodeProperties[] {
	return conditions.map(({ task, show }) => {
		const models = modelsOf('vidu', task);
		const choice = {
			type: 'options' as const,
			default: models[0] ?? '',
			options: models.map((value) => ({ ...describeModel(value), value })),
		};
		return {
			displayName: 'Model',
			name: 'model',
			...choice,
			displayOptions: {
				show: Object.fromEntries(Object.entries(show).map(([key, values]) => [key, [...values]])),
			},
			description:
				'Which model makes the video. Durations, resolutions, aspect ratios and audio below follow it. An expression may give the name, such as viduq3-turbo.',
		};
	});
}
