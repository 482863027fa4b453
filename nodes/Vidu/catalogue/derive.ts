/** Rows of a gateway, said as what differs from Vidu's own. */
import type { VideoKind, ModelRow } from './types';
import { viduRows } from './vidu';

/**
 * Vidu's rows of `models` at a task, in this order, with `changes` over each. Vidu's
 * disputed ratios speak of Vidu's documents and are not taken over. A model that Vidu lacks at the
 * task is derived from a similar one, with its own name among the changes.
 * Throws when Vidu has no row of a model at the task.
 */
export function derive(
	task: VideoKind,
	models: readonly string[],
	changes: Partial<ModelRow>,
): ModelRow[] {
	return models.map((model) => {
		const row = viduRows().find((own) => own.task === task && own.model === model);
		if (row === undefined) throw new Error(`Vidu has no ${model} at ${task} to derive from`);
		return { ...row, disputedAspectRatios: undefined, ...changes };
	});
}
