/** Account: estimate. What a clip would cost, from the price list; calls nobody. */
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { findRow, type Estimate } from '../../catalogue';
import { moneyOf, type Money } from '../../catalogue/money';
import type { VideoKind } from '../../catalogue/types';
import { modelFields } from '../../fields/model';
import { perModelFields, type TaskCondition } from '../../fields/perModel';
import type { Draft } from '../../media/input';
import { taskName } from '../../tasks/validate';
import type { Case } from '../../tasks/validate/case';
import { checkAudio } from '../../tasks/validate/fields';
import { checkDurationAndResolution } from '../../tasks/validate/format';
import {
	estimate as estimateDraft,
	validationFailure,
	unknownModel,
} from '../../tasks/submit/generationRequest';
import { parameter } from '../../tasks/context/parameters';
import { forEachItem, isFailure, openSession, type Session } from '../../tasks/context/session';
import { generationOptions } from '../generationOptions';
import { readModelParameters } from '../model';
import type { RequestOperation } from '../types';

const TASKS = [
	{ name: 'Image to Video', value: 'imageToVideo' },
	{ name: 'Reference to Video, Media', value: 'referenceMedia' },
	{ name: 'Reference to Video, Subjects', value: 'referenceSubjects' },
	{ name: 'Start and End to Video', value: 'startEndToVideo' },
	{ name: 'Text to Video', value: 'textToVideo' },
] as const satisfies ReadonlyArray<{ name: string; value: VideoKind }>;

const conditions: TaskCondition[] = TASKS.map(({ value }) => ({
	task: value,
	show: { task: [value] },
}));

const properties = (): INodeProperties[] => [
	{
		displayName: 'Task',
		name: 'task',
		type: 'options',
		noDataExpression: true,
		default: 'referenceSubjects',
		options: [...TASKS],
		description: 'What is to be made',
	},
	...modelFields(conditions),
	...perModelFields(conditions).filter(({ name }) => name !== 'aspectRatio'),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: generationOptions().filter(({ name }) => name === 'offPeak' || name === 'isRec'),
	},
];

async function execute(context: IExecuteFunctions) {
	const session = await openSession(context);
	return await forEachItem(context, async (itemIndex) => {
		const task = parameter(context, 'task', itemIndex) as VideoKind;
		const json = priceTag(session, { ...readModelParameters(context, itemIndex), task });
		return isFailure(json) ? json : [{ json, pairedItem: { item: itemIndex } }];
	});
}

/** The item of an estimate, or why the provider would not take the order. */
function priceTag(session: Session, given: Draft) {
	const { connection, provider } = session;
	const { task, model } = given;
	const row = findRow(provider.id, task, model);
	if (row === undefined) return validationFailure([unknownModel(session, given)]);
	const who = `${model} (${provider.name}, ${taskName(task)})`;
	const { baseUrl } = connection;
	const checked: Case = { row, who, baseUrl, draft: { ...given }, problems: [], hints: [] };
	checkDurationAndResolution(checked);
	checkAudio(checked);
	if (checked.problems.length > 0) return validationFailure(checked.problems);

	const { draft } = checked;
	const price = estimateDraft(row, draft, connection);
	const { atMost } = price;
	const cost = atMost === null ? null : moneyOf(provider.id, connection.region, atMost);
	return {
		...price,
		cost: cost === null ? null : { ...cost },
		note: noteOn(session, price, cost),
		provider: provider.id,
		operation: 'estimate',
		task,
		model,
		duration: draft.duration ?? null,
		resolution: draft.resolution ?? null,
		audio: draft.audio ?? false,
		offPeak: draft.offPeak ?? false,
	};
}

/** Why something is null. */
function noteOn(
	{ provider }: Session,
	{ credits, atMost }: Estimate,
	cost: Money | null,
): string | null {
	if (atMost === null) return `No price in credits is documented for this at ${provider.name}`;
	if (cost === null)
		return `The credits are those of Vidu's list; what one costs at ${provider.name} is not documented`;
	return credits === null
		? 'The model chooses the duration; the cost is that of the longest'
		: null;
}

export const estimate: RequestOperation = { name: 'estimate', properties, execute };
