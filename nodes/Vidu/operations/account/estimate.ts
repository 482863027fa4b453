/** Account: estimate. What a task would cost, from the price list; sends no request. */
import type { INodeProperties } from 'n8n-workflow';
import { estimate as estimateRequest, findRow, rowsOf, type Estimate } from '../../catalogue';
import { creditsText, moneyOf, type Money } from '../../catalogue/money';
import { openRate, PRICED_BY } from '../../catalogue/rates';
import { entriesOf, type FieldName, type Rules } from '../../catalogue/rules';
import type { Kind, Row } from '../../catalogue/types';
import { modelFields } from '../../fields/model';
import { optionProperties } from '../../fields/options';
import { fieldProperties, type Condition } from '../../fields/perModel';
import { MODEL_FIELDS, type Words, type WordsByName } from '../../fields/words';
import type { Draft } from '../../media/input';
import { choiceOf, parameter } from '../../tasks/context/parameters';
import type { Session } from '../../tasks/context/session';
import { notOffered } from '../../tasks/submit/offer';
import { validationFailure } from '../../tasks/submit/request';
import { MONEY } from '../../tasks/deliver/fields';
import { NUMBER, orNull, SWITCH, TEXT, type ItemOf } from '../../tasks/deliver/schema';
import { isFailure, type Failure } from '../../transport/failure';
import { check } from '../../tasks/validate';
import { freeOperation } from '../freeOperation';
import { kindOptions, pricedKinds } from '../kinds';
import { optionsField } from '../options';
import { readAsked } from '../readValues';

const DEFAULT_KIND: Kind = 'referenceSubjects';

const conditionOf = (kind: Kind): Condition => ({ kind, show: { task: [kind] } });

/** The words of the fields on which prices depend. */
const WORDS: WordsByName = {
	...MODEL_FIELDS,
	upscaleResolution: { description: 'New resolution' },
	keyFrames: {
		placeholder: 'Add Key Frame',
		description: 'The 2 to 9 images that the video passes through after the first',
		fields: { duration: { description: 'Length of this part: 2 to 7' } },
	},
	images: { description: 'Reference images, which are counted' },
	text: { lines: 3, description: 'Text to speak, whose characters are counted' },
	count: { description: 'Number of prompts to recommend' },
};

/** The rules of what the price depends on, of the given rows of a kind. */
function pricedBy(kind: Kind, rows: readonly Row[]): Rules {
	const atVidu: readonly Row[] = rowsOf('vidu', kind);
	const names = atVidu.flatMap(({ price }) => (price === null ? [] : PRICED_BY[price.by]));
	const rules = rows.flatMap(({ fields }) => entriesOf(fields));
	const { keyFrames, images, ...others }: Rules = Object.fromEntries(
		rules.filter(([name]) => names.includes(name)),
	);
	return {
		...others,
		...(keyFrames && { keyFrames: { ...keyFrames, of: { duration: keyFrames.of.duration } } }),
		...(images && { images: { ...images, min: 0 } }),
	};
}

/** The fields of a name, for the kinds whose price depends on it. */
function fieldsOf(name: FieldName, words: Words): INodeProperties[] {
	const groups = new Map<string, Kind[]>();
	for (const kind of pricedKinds()) {
		const rule = pricedBy(kind, rowsOf('vidu', kind))[name];
		if (rule === undefined) continue;
		// A field that depends on the model is one for all kinds, any other one for each rule.
		const key = ['seconds', 'choice', 'switch'].includes(rule.kind)
			? rule.kind
			: JSON.stringify(rule);
		groups.set(key, [...(groups.get(key) ?? []), kind]);
	}
	return [...groups.values()].flatMap((kinds) =>
		fieldProperties(kinds.map(conditionOf), name, words, false).map((field) => {
			const show = { task: kinds, ...field.displayOptions?.show };
			return { ...field, displayOptions: { ...field.displayOptions, show } };
		}),
	);
}

const properties = (): INodeProperties[] => [
	{
		displayName: 'Task',
		name: 'task',
		type: 'options',
		noDataExpression: true,
		default: DEFAULT_KIND,
		options: kindOptions(pricedKinds()),
		description: 'What to estimate',
	},
	...modelFields(pricedKinds().map(conditionOf)),
	...Object.entries(WORDS).flatMap(([name, words]: [string, Words]) =>
		fieldsOf(name as FieldName, words),
	),
	optionsField(
		optionProperties(pricedKinds(), {}).filter(({ name }) =>
			['offPeak', 'isRec', 'sourceSeconds'].includes(name),
		),
	),
];

const OUTPUT = {
	credits: orNull(NUMBER),
	atMost: orNull(NUMBER),
	cost: orNull(MONEY),
	note: orNull(TEXT),
	task: TEXT,
	model: orNull(TEXT),
	duration: orNull(NUMBER),
	resolution: orNull(TEXT),
	audio: SWITCH,
	offPeak: SWITCH,
};

/** The item of an estimate, or why the provider would not accept the request. */
function priceTag(
	{ connection, provider }: Session,
	row: Row,
	given: Draft,
): ItemOf<typeof OUTPUT> | Failure {
	const { kind, model, price: rate, unconfirmed } = row;
	const fields = pricedBy(kind, [row]);
	const priced: Row = { kind, model, price: rate, fields, ...(unconfirmed && { unconfirmed }) };
	const { values, problems, beyond } = check(priced, given, provider.name);
	if (problems.length > 0) return validationFailure(problems);

	// The prices of the catalogue are those of the values that it knows.
	const known = beyond.length > 0 ? { ...priced, price: null } : priced;
	const price = estimateRequest(known, values, connection.region);
	const { atMost } = price;
	const cost = moneyOf(provider.id, connection.region, atMost);
	return {
		...price,
		cost: cost === null ? null : { ...cost },
		note:
			openRate(rate, values, (credits) => creditsText(provider.id, connection.region, credits)) ??
			noteOn(provider, price, cost),
		task: kind,
		model,
		duration: values.duration ?? null,
		resolution: values.resolution ?? values.upscaleResolution ?? null,
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
	action: 'Estimate credits',
	description: 'Estimate what a task would cost, from the price list, without a request',
	properties,
	output: OUTPUT,
	results: async (session, itemIndex) => {
		const given = parameter(session.context, 'task', itemIndex);
		const kinds = pricedKinds();
		const kind = choiceOf(given, 'Task', kinds) ?? DEFAULT_KIND;
		const { model, values } = await readAsked(session.context, itemIndex, kind, kinds);
		const row = findRow(session.provider.id, kind, model);
		if (row === undefined) return validationFailure([notOffered(session.provider, kind, model)]);
		const price = priceTag(session, row, values);
		return isFailure(price) ? price : [price];
	},
});
