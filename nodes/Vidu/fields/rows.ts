/** What the fields are built from: one row for each model of a kind, whoever offers it. */
import { findRow, providersOf, rowsOf } from '../catalogue';
import { RESOLUTIONS } from '../catalogue/fields';
import type { Row, RowOf, Kind } from '../catalogue/types';
import { findProvider, PROVIDERS } from '../providers';

/**
 * Vidu's rows of a kind, the recommended default first, then one for each model that only gateways
 * offer, with all that any of them takes.
 */
export function fieldRows<K extends Kind>(kind: K): Array<RowOf<K>> {
	const rows = new Map<string | null, RowOf<K>>();
	for (const { id } of PROVIDERS) {
		for (const row of rowsOf(id, kind)) {
			const known = rows.get(row.model);
			if (known === undefined) rows.set(row.model, row);
			else if (findRow('vidu', kind, row.model) === undefined)
				rows.set(row.model, union(known, row));
		}
	}
	return [...rows.values()];
}

function union<R extends Row>(a: R, b: R): R {
	const [durations, resolutions] = [a, b]
		.map(({ fields }) => fields)
		.reduce<[number[], string[]]>(
			([seconds, lines], { duration, resolution }) => [
				[...seconds, ...(duration?.kind === 'seconds' ? duration.values : [])],
				[...lines, ...(resolution?.values ?? [])],
			],
			[[], []],
		);
	const { duration, resolution } = a.fields;
	return {
		...a,
		fields: {
			...b.fields,
			...a.fields,
			duration: duration && {
				...duration,
				values: [...new Set(durations)].sort((x, y) => x - y),
			},
			resolution: resolution && {
				...resolution,
				values: RESOLUTIONS.filter((each) => resolutions.includes(each)),
			},
		},
	};
}

/** The names of the providers that offer a model for a kind, Vidu first. */
export function providersOffering(kind: Kind, model: string | null): string[] {
	return providersOf(kind, model).map((id) => findProvider(id)?.name ?? id);
}

/** Says which providers offer the row's model, and have the field, but not with a value. */
export function providersRejecting<T>(
	{ kind, model }: Row,
	valuesOf: (row: Row) => readonly T[],
): (value: T) => string[] {
	const offering = PROVIDERS.filter(({ id }) => id !== 'custom').flatMap(({ id, name }) => {
		const row = findRow(id, kind, model);
		const values = row === undefined ? [] : valuesOf(row);
		return values.length === 0 ? [] : [{ name, values }];
	});
	return (value) => offering.flatMap(({ name, values }) => (values.includes(value) ? [] : [name]));
}
