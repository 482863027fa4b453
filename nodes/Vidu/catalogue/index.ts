/** Look-ups in the catalogue, by provider. Pure; imports nothing above it. */
import { jiekouRows } from './jiekou';
import { kkiaiRows } from './kkiai';
import { octopusxRows } from './octopusx';
import type { VideoKind, ModelRow, ProviderId } from './types';
import { viduRows } from './vidu';
import { vtrixRows } from './vtrix';

export { estimateOperation, operationProviders, operationRows, partsOf } from './operations';
export { estimateCredits, type Estimate, type EstimateInput } from './estimate';
export { expectedSeconds } from './expectedSeconds';
export { describeModel, type ModelDescription } from './models';

const ROWS: Readonly<Record<ProviderId, () => readonly ModelRow[]>> = {
	vidu: viduRows,
	octopusx: octopusxRows,
	kkiai: kkiaiRows,
	vtrix: vtrixRows,
	jiekou: jiekouRows,
	custom: viduRows,
};

const made: Partial<Record<ProviderId, readonly ModelRow[]>> = {};

/** All rows of a provider. A custom provider speaks Vidu's format and has Vidu's rows. */
export function rowsOf(provider: ProviderId): readonly ModelRow[] {
	return (made[provider] ??= ROWS[provider]());
}

/** The row of one model at one task; `undefined` when the provider does not offer it. */
export function findRow(
	provider: ProviderId,
	task: VideoKind,
	model: string,
): ModelRow | undefined {
	return rowsOf(provider).find((row) => row.task === task && row.model === model);
}

/** The models that a provider offers for a task, the recommended default first. */
export function modelsOf(provider: ProviderId, task: VideoKind): string[] {
	return rowsOf(provider)
		.filter((row) => row.task === task)
		.map((row) => row.model);
}

/**
 * The providers that offer a model for a task, Vidu first; empty when none does. Without `custom`,
 * of which nothing is known.
 */
export function providersOf(task: VideoKind, model: string): ProviderId[] {
	return (Object.keys(ROWS) as ProviderId[]).filter(
		(provider) => provider !== 'custom' && findRow(provider, task, model) !== undefined,
	);
}

/** The resolutions that a model takes at a duration in seconds. */
export function resolutionsAt(row: ModelRow, duration: number): readonly string[] {
	return row.resolutionsAt?.[duration] ?? row.resolutions;
}

/** The resolution that a model uses at a duration in seconds when none is asked for. */
export function defaultResolutionAt(row: ModelRow, duration: number): string {
	const resolutions = resolutionsAt(row, duration);
	if (resolutions.includes(row.defaultResolution)) return row.defaultResolution;
	return resolutions[0] ?? row.defaultResolution;
}
