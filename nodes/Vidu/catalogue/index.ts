/** Look-ups in the catalogue, by provider. Pure; imports nothing above it. */
import { JIEKOU } from './jiekou';
import { KKIAI } from './kkiai';
import { kindLabel } from './labels';
import { OCTOPUSX } from './octopusx';
import { isFree } from './rates';
import { entriesOf, type ChoiceRule, type Rules } from './rules';
import type { Kind, Offer, ProviderId, Row, RowOf } from './types';
import { VIDU } from './vidu';
import { VTRIX } from './vtrix';

export { estimate, partsOf, type Estimate } from './estimate';
export { expectedSeconds } from './expectedSeconds';
export { kindLabel, kindName, labelOf } from './labels';
export { describeModel } from './models';

/** A custom provider has Vidu's format and rows. */
const OFFERS: Readonly<Record<ProviderId, Partial<Offer>>> = {
	vidu: VIDU,
	octopusx: OCTOPUSX,
	kkiai: KKIAI,
	vtrix: VTRIX,
	jiekou: JIEKOU,
	custom: VIDU,
};

/** Every kind of request, in the order of their labels. */
export const KINDS = (Object.keys(VIDU) as Kind[]).sort((a, b) =>
	kindLabel(a) < kindLabel(b) ? -1 : 1,
);

const PROVIDER_IDS = Object.keys(OFFERS) as ProviderId[];

const made = new Map<ProviderId, Map<Kind, readonly unknown[]>>();

/** The rows of a provider for a kind, one for each model, the recommended first; empty if it is not offered. */
export function rowsOf<K extends Kind>(provider: ProviderId, kind: K): ReadonlyArray<RowOf<K>> {
	const own = made.get(provider) ?? new Map<Kind, readonly unknown[]>();
	const rows = own.get(kind) ?? OFFERS[provider][kind]?.() ?? [];
	if (!own.has(kind)) made.set(provider, own.set(kind, rows));
	return rows as ReadonlyArray<RowOf<K>>;
}

const united = new Map<Kind, Rules>();

/** The first rule of each field that any provider has for a kind: Vidu's, if it has one. */
export function rulesOf(kind: Kind): Rules {
	const known = united.get(kind);
	if (known !== undefined) return known;
	const rows = PROVIDER_IDS.flatMap((provider): readonly Row[] => rowsOf(provider, kind));
	const rules = Object.fromEntries(rows.reverse().flatMap(({ fields }) => entriesOf(fields)));
	united.set(kind, rules);
	return rules;
}

/** The row of one model at one kind; `undefined` when the provider does not offer it. */
export function findRow<K extends Kind>(
	provider: ProviderId,
	kind: K,
	model: string | null,
): RowOf<K> | undefined {
	return rowsOf(provider, kind).find((row) => row.model === model);
}

/** Whether Vidu documents a price for a kind, and it is not free. */
export function isPriced(kind: Kind): boolean {
	return rowsOf('vidu', kind).some(({ price }) => price !== null && !isFree(price));
}

/** The models that a provider offers for a kind, the recommended default first. */
export function modelsOf(provider: ProviderId, kind: Kind): string[] {
	return rowsOf(provider, kind).flatMap(({ model }) => model ?? []);
}

/** Whether any provider is known to have a model, for whatever kind. */
export function isKnownModel(model: string): boolean {
	return PROVIDER_IDS.some((provider) =>
		KINDS.some((kind) => modelsOf(provider, kind).includes(model)),
	);
}

/**
 * The providers that offer a kind, or a model for it, Vidu first; empty when none does. Without
 * `custom`, of which nothing is known.
 */
export function providersOf(kind: Kind, model?: string | null): ProviderId[] {
	return PROVIDER_IDS.filter(
		(provider) =>
			provider !== 'custom' &&
			rowsOf(provider, kind).some((row) => model === undefined || row.model === model),
	);
}

/** The values of a choice at a duration in seconds. */
export function valuesAt<T extends string | number>(
	{ values, at }: ChoiceRule<T>,
	duration: number | undefined,
): readonly T[] {
	return at?.[duration ?? NaN] ?? values;
}

/** The value of a choice at a duration in seconds when none is asked for. */
export function defaultAt<T extends string | number>(
	rule: ChoiceRule<T>,
	duration: number | undefined,
): T {
	const values = valuesAt(rule, duration);
	return values.includes(rule.default) ? rule.default : (values[0] ?? rule.default);
}
