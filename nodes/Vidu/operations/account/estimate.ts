/** Account: estimate. What a video would cost, from the price list; sends no request. */
import type { INodeProperties } from 'n8n-workflow';
import { estimate as estimateRequest, findRow, type Estimate } from '../../catalogue';
import { moneyOf, type Money } from '../../catalogue/money';
import { VIDEO_KINDS, type ClipRow, type VideoKind } from '../../catalogue/types';
import { modelFields } from '../../fields/model';
import { optionProperties } from '../../fields/options';
import { perModelFields, type Condition } from '../../fields/perModel';
import type { Draft } from '../../media/input';
import { choiceOf, parameter } from '../../tasks/context/parameters';
import { isFailure, type Session } from '../../tasks/context/session';
import { notOffered, validationFailure } from '../../tasks/submit/request';
import { check } from '../../tasks/validate';
import { freeOperation } from '../freeOperation';
import { byLabel } from '../options';
import { readAsked } from '../readValues';

const KINDS = [
	{ name: 'Image to Video', value: 'imageToVideo' },
	{ name: 'Reference to Video, Media', value: 'referenceMedia' },
	{ name: 'Reference to Video, Subjects', value: 'referenceSubjects' },
	{ name: 'Start and End to Video', value: 'startEndToVideo' },
	{ name: 'Text to Video', value: 'textToVideo' },
] as const satisfies ReadonlyArray<{ name: string; value: VideoKind }>;

const DEFAULT_KIND: VideoKind = 'referenceSubjects';

const conditions: Condition[] = KINDS.map(({ value }) => ({
	kind: value,
	show: { task: [value] },
}));

const properties = (): INodeProperties[] => [
	{
		displayName: 'Task',
		name: 'task',
		type: 'options',
		noDataExpression: true,
		default: DEFAULT_KIND,
		options: [...KINDS],
		description: 'Kind of video to estimate',
	},
	...modelFields(conditions),
	...perModelFields(conditions).filter(({ name }) => name !== 'aspectRatio'),
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: optionProperties(
			KINDS.map(({ value }) => value),
			{},
		)
			.filter(({ name }) => name === 'offPeak' || name === 'isRec')
			.sort(byLabel),
	},
];

/** The rules of what the price depends on. */
function pricedBy({ fields }: ClipRow): ClipRow['fields'] {
	const { duration, resolution, audio, offPeak, isRec } = fields;
	return { prompt: { kind: 'text' }, duration, resolution, audio, offPeak, isRec };
}

/** The item of an estimate, or why the provider would not accept the request. */
function priceTag({ connection, provider }: Session, row: ClipRow, given: Draft) {
	const { kind, model } = row;
	const { values, problems } = check({ ...row, fields: pricedBy(row) }, given, provider.name);
	if (problems.length > 0) return validationFailure(problems);

	const price = estimateRequest(row, values, connection.region);
	const { atMost } = price;
	const cost = atMost === null ? null : moneyOf(provider.id, connection.region, atMost);
	return {
		...price,
		cost: cost === null ? null : { ...cost },
		note: noteOn(provider, price, cost),
		task: kind,
		model,
		duration: values.duration ?? null,
		resolution: values.resolution ?? null,
		audio: values.audio ?? false,
		offPeak: values.offPeak ?? false,
	};
}

/** Why something is null. */
function noteOn(
	provider: Session['provider'],
	{ credits, atMost }: Estimate,
	cost: Money | null,
): string | null {
	if (atMost === null) return `${provider.name} documents no price in credits for this`;
	if (cost === null)
		return `The credits are from Vidu's price list; ${provider.name} does not document the price of a credit`;
	return credits === null
		? 'The model chooses the duration; the cost is for the longest one'
		: null;
}

export const estimate = freeOperation({
	resource: 'account',
	name: 'estimate',
	label: 'Estimate',
	action: 'Estimate credits of video',
	description: 'Estimate what a video would cost, from the price list, without a request',
	properties,
	results: async (session, itemIndex) => {
		const given = parameter(session.context, 'task', itemIndex);
		const kind = choiceOf(given, 'Task', VIDEO_KINDS) ?? DEFAULT_KIND;
		const { model, values } = await readAsked(session.context, itemIndex, kind);
		const row = findRow(session.provider.id, kind, model);
		if (row === undefined) return validationFailure([notOffered(session.provider, kind, model)]);
		const price = priceTag(session, row, values);
		return isFailure(price) ? price : [price];
	},
});
