/** The values of the fields that follow the model, as the provider of the node's credential takes them. */
import type { ILoadOptionsFunctions, INodePropertyOptions, INodeType } from 'n8n-workflow';
import { findRow } from '../catalogue';
import type { FieldName } from '../catalogue/rules';
import type { Row } from '../catalogue/types';
import { kindOf, providerOf } from './model';
import { offersOf, optionsOf } from './offers';
import { optionOf } from './property';
import { fieldRows } from './rows';
import { MODEL_FIELDS, type Words } from './words';

/** Called by n8n for the options of each of these fields, from the catalogue alone. */
export const valueLists: NonNullable<NonNullable<INodeType['methods']>['loadOptions']> =
	Object.fromEntries(
		Object.entries(MODEL_FIELDS).map(([name, words]: [string, Words]) => [
			name,
			async function (this: ILoadOptionsFunctions) {
				return await valuesOf(this, name as FieldName, words);
			},
		]),
	);

/**
 * A chosen value that the provider does not accept stays in the list, marked as such: otherwise the
 * editor would silently replace it with the default when the credential changes. The same goes for the
 * default of a field that the provider does not have.
 */
async function valuesOf(
	context: ILoadOptionsFunctions,
	name: FieldName,
	words: Words,
): Promise<INodePropertyOptions[]> {
	const parameters = context.getCurrentNodeParameters() ?? {};
	const { model = null, duration, [name]: chosen } = parameters;
	const kind = kindOf(parameters);
	const rows: readonly Row[] = fieldRows(kind);
	const all = rows.find((row) => row.model === model || row.model === null);
	const usual = all && offerAt(all, name, duration);
	if (all === undefined || usual === undefined) return [];

	const provider = await providerOf(context);
	// All values for a model that the provider lacks: its own list says so.
	const row = (provider && findRow(provider.id, kind, all.model)) ?? all;
	// The prices are Vidu's.
	const priced = provider === undefined || provider.id === 'vidu' ? row : { ...row, price: null };
	const offer = offerAt(row, name, duration);
	const options =
		offer === undefined
			? [{ name: `Not Available with ${provider?.name}`, value: usual.rule.default }]
			: optionsOf(priced, name, offer, words);
	if (!isValue(chosen) || options.some(({ value }) => value === chosen)) return options;
	const label = optionOf(usual.rule, chosen, words).name;
	const seller = provider === undefined ? '' : ` by ${provider.name}`;
	return [...options, { name: `${label} (Not Accepted${seller})`, value: chosen }];
}

/** The offer that applies at a duration. */
function offerAt(row: Row, name: FieldName, duration: unknown) {
	const offers = offersOf(row, name);
	return offers.find(({ at }) => at === duration) ?? offers[0];
}

/** Not an expression that the editor could not resolve. */
function isValue(chosen: unknown): chosen is string | number | boolean {
	return typeof chosen === 'string'
		? chosen !== '' && !chosen.startsWith('=')
		: typeof chosen === 'number' || typeof chosen === 'boolean';
}
