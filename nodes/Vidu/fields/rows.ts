/** What the fields are built from: one row for each model of a task, whoever offers it. */
import { findRow, providersOf, rowsOf } from '../catalogue';
import type { VideoKind, ModelRow } from '../catalogue/types';
import { findProvider, PROVIDERS } from '../providers';

/**
 * Vidu's rows of a task, the recommended default first, then one for each model that only gateways
 * offer, with all that any of them takes.
 */
export function fieldRows(task: VideoKind): ModelRow[] {
	const rows = new Map<string, ModelRow>();
	for (const { id } of PROVIDERS) {
		for (const row of rowsOf(id).filter((one) => one.task === task)) {
			const known = rows.get(row.model);
			if (known === undefined) rows.set(row.model, row);
			else if (!offered('vidu', row)) rows.set(row.model, union(known, row));
		}
	}
	return [...rows.values()];
}

function offered(provider: Parameters<typeof findRow>[0], { task, model }: ModelRow): boolean {
	return findRow(provider, task, model) !== undefined;
}

function union(a: ModelRow, b: ModelRow): ModelRow {
	const { aspectRatios, anyAspectRatio, defaultAspectRatio } = a.aspectRatios === null ? b : a;
	const durations = [...new Set([...a.durations, ...b.durations])].sort((x, y) => x - y);
	const resolutions = [...new Set([...a.resolutions, ...b.resolutions])];
	resolutions.sort((x, y) => parseInt(x, 10) - parseInt(y, 10));
	return { ...a, durations, resolutions, aspectRatios, anyAspectRatio, defaultAspectRatio };
}

/** The names of the providers that offer a model for a task, Vidu first. */
export function providersOffering(task: VideoKind, model: string): string[] {
	return providersOf(task, model).map((id) => findProvider(id)?.name ?? id);
}

/** Says which providers offer the row's model, and have the field, but not with a value. */
export function providersRejecting<T>(
	{ task, model }: ModelRow,
	valuesOf: (row: ModelRow) => readonly T[],
): (value: T) => string[] {
	const sellers = PROVIDERS.filter(({ id }) => id !== 'custom').flatMap(({ id, name }) => {
		const row = findRow(id, task, model);
		const values = row === undefined ? [] : valuesOf(row);
		return values.length === 0 ? [] : [{ name, values }];
	});
	return (value) => sellers.flatMap(({ name, values }) => (values.includes(value) ? [] : [name]));
}
