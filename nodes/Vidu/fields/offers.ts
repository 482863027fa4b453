/** What a row offers for a field that chooses a value, as n8n's options with their prices. */
import type { INodePropertyOptions } from 'n8n-workflow';
import { defaultAt, findRow, providersOf, valuesAt } from '../catalogue';
import type { ChoiceRule, FieldName, Rule } from '../catalogue/rules';
import type { Row } from '../catalogue/types';
import { durationPrice, resolutionPrice } from './prices';
import { optionOf } from './property';
import type { Words } from './words';

export interface Offer {
	/** With the default of these values. */
	readonly rule: Extract<Rule, { kind: 'seconds' | 'choice' | 'switch' }>;
	readonly values: ReadonlyArray<string | number | boolean>;
	/** The only duration at which it applies. */
	readonly at?: number;
	/** Durations at which it does not. */
	readonly except: readonly number[];
}

/** One offer, and one for each duration at which other values apply; none if the field chooses no value. */
export function offersOf(row: Row, name: FieldName): Offer[] {
	const rule: Rule | undefined = row.fields[name];
	switch (rule?.kind) {
		case 'switch':
			return [{ rule, values: [true, false], except: [] }];
		case 'seconds':
			return [{ rule, values: rule.values, except: [] }];
		case 'choice': {
			const choice = rule as ChoiceRule<string | number>;
			const exceptions = Object.keys(rule.at ?? {}).map(Number);
			return [undefined, ...exceptions].map((at) => ({
				rule: { ...choice, default: defaultAt(choice, at) } as ChoiceRule,
				values: valuesAt(choice, at),
				...(at === undefined ? { except: exceptions } : { at, except: [] }),
			}));
		}
		default:
			return [];
	}
}

/** The options of an offer, each with its price if the row has one. */
export function optionsOf(
	row: Row,
	name: FieldName,
	{ rule, values, at }: Offer,
	words: Words,
): INodePropertyOptions[] {
	return values.map((value) => {
		let price: string | undefined;
		if (name === 'duration') price = durationPrice(row, Number(value));
		else if (/resolution/i.test(name)) price = resolutionPrice(row, String(value), at);
		return { ...optionOf(rule, value, words), ...(price && { description: price }) };
	});
}

/** Whether some provider that offers the row's model does not have the field. */
export function isLackedBySome({ kind, model }: Row, name: FieldName): boolean {
	return providersOf(kind, model).some((provider) => {
		const row: Row | undefined = findRow(provider, kind, model);
		return row?.fields[name] === undefined;
	});
}
