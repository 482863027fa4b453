/** How a task looks on the wire. */
import type { ResultFile } from '../../results.mts';
import type { Task } from '../../tasks.mts';
import type { Provider } from '../dialect.mts';

/** The documented states. */
export const STATES = ['created', 'queueing', 'processing', 'success', 'failed'];

/** Vidu writes times with nanoseconds. */
export const createdAt = (task: Task) =>
	new Date(task.acceptedAt).toISOString().replace('Z', '371761Z');

/** Cancelled tasks are reported as failed, with `UserCancelled`. */
export function stateOf({ book }: Provider, task: Task): { state: string; err_code: string } {
	const stage = book.stage(task);
	if (stage === 'cancelled') return { state: 'failed', err_code: 'UserCancelled' };
	return { state: stage, err_code: stage === 'failed' ? (task.failure ?? 'Unknown') : '' };
}

/** The answer of Get Generation, which is also the body of a callback. */
export function generation(provider: Provider, task: Task): Record<string, unknown> {
	const { payload = '', bgm = false, off_peak = false } = task.echo;
	return {
		id: task.id,
		...stateOf(provider, task),
		credits: provider.book.charged(task),
		payload,
		bgm,
		off_peak,
		creations: creations(provider, task),
	};
}

/** What a finished task made, with fresh URLs; empty before. */
export function creations(provider: Provider, task: Task): Array<Record<string, unknown>> {
	if (provider.book.stage(task) !== 'success') return [];
	const { medium = 'video' } = task.clip;
	if (medium === 'none') return [];
	const seen: readonly ResultFile[] = medium === 'speech' || medium === 'sound' ? [] : ['cover'];
	const marked: readonly ResultFile[] = task.echo.watermark === true ? ['watermarked'] : [];
	const urls = provider.results.issue(task, [medium, ...seen, ...marked]);
	return [
		{
			id: task.creationId,
			url: urls[medium],
			cover_url: urls.cover ?? '',
			watermarked_url: urls.watermarked ?? '',
		},
	];
}
