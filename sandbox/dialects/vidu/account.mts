/** The balance. */
import type { FastifyInstance } from 'fastify';
import type { Provider } from '../dialect.mts';
import { authenticate } from './access.mts';
import { STATES } from './shapes.mts';

/** "At most five tasks at a time by default; more are queued." */
const CONCURRENCY = 5;

export function accountRoutes(app: FastifyInstance, provider: Provider): void {
	app.get<{ Querystring: { show_detail?: string } }>('/ent/v2/credits', async (request) =>
		credits(provider, authenticate(provider, request), request.query.show_detail === 'true'),
	);
}

function credits(provider: Provider, key: string, detailed: boolean) {
	const remain = provider.book.balance(key);
	const own = provider.book.all().filter((task) => task.key === key);
	const running = own.filter((task) => STATES.slice(0, 3).includes(provider.book.stage(task)));
	return {
		remains: [
			{
				type: 'metered',
				credit_remain: remain,
				concurrency_limit: CONCURRENCY,
				current_concurrency: Math.min(CONCURRENCY, running.length),
				queue_count: Math.max(0, running.length - CONCURRENCY),
			},
		],
		packages: detailed
			? [
					{
						id: '1',
						name: 'Sandbox',
						type: 'metered',
						concurrency: CONCURRENCY,
						credit_remain: remain,
					},
				]
			: [],
	};
}
