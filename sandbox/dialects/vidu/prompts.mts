/** Recommended prompts: the answer brings them. */
import type { FastifyInstance } from 'fastify';
import { imagesOf, strings, text, type Body } from '../../documents/values.mts';
import { promptPrice } from '../../documents/viduOperationPrices.mts';
import { promptCount, readRecommendation } from '../../documents/viduPrompts.mts';
import type { Task } from '../../tasks.mts';
import type { Provider } from '../dialect.mts';
import type { Draft } from '../orders.mts';
import { echoReference } from './echo.mts';
import { FILELESS, operation } from './operation.mts';
import { createdAt } from './shapes.mts';

const IDEAS = ['A slow push in', 'The wind rises', 'It turns to the camera', 'Snow begins to fall'];
const TEMPLATES = ['hugging', 'kissing', 'dragonboat_shot'];

export function promptRoutes(app: FastifyInstance, provider: Provider): void {
	operation(
		app,
		provider,
		'img2video-prompt-recommendation',
		(body) => recommend(provider, readRecommendation(body)),
		answer,
	);
}

function recommend(provider: Provider, body: Body): Draft {
	const count = promptCount(body);
	const types = strings(body, 'type');
	const resolution = text(body, 'resolution') || '360p';
	return {
		...FILELESS,
		credits: promptPrice(count * types.length),
		references: { images: imagesOf(body) },
		echo: {
			images: imagesOf(body).map(([, value]) => echoReference(provider, value)),
			count,
			prompts: types.flatMap((type) =>
				Array.from({ length: count }, (_, index) => prompt(type, index, resolution)),
			),
		},
	};
}

/** "prompt, template and resolution only with the type template." */
function prompt(type: string, index: number, resolution: string) {
	const content = `${IDEAS[index % IDEAS.length]} (${index + 1})`;
	if (type !== 'template') return { type, content };
	const template = TEMPLATES[index % TEMPLATES.length];
	return { type, content, prompt: `Video content\n${content}`, template, resolution };
}

/** The table calls the id `task_id`, the example `id`. */
const answer = (task: Task) => ({
	task_id: task.id,
	id: task.id,
	...task.echo,
	created_at: createdAt(task),
});
