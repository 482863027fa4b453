/** What a create answer repeats of its request. */
import type { Body } from '../../documents/values.mts';
import type { Task } from '../../tasks.mts';
import type { Provider } from '../dialect.mts';
import { createdAt } from './shapes.mts';

/** The create answer: the request with its defaults. */
export function created(task: Task): Record<string, unknown> {
	return {
		task_id: task.id,
		state: 'created',
		...task.echo,
		credits: task.credits,
		created_at: createdAt(task),
	};
}

/** Nobody sends back megabytes of base64. */
export const echoReference = (provider: Provider, value: string) =>
	value.startsWith('data:') ? `ssupload:?id=${provider.ids.next()}` : value;

/** "Without a seed, or with 0, a random one is used." */
export function seedOf({ seed }: Body): number {
	return typeof seed === 'number' && seed !== 0
		? seed
		: 1 + Math.floor(Math.random() * 2_147_483_646);
}

/** The watermark of a request, without its position's name where none was given. */
export const markOf = (body: Body) => ({
	watermark: body.watermark ?? false,
	wm_url: body.wm_url ?? '',
	wm_position: body.wm_position ?? 'unspecified',
	meta_data: body.meta_data ?? '',
});
