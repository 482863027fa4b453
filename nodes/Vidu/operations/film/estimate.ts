/** Film: estimate. Checks a shot list and adds up what its shots cost; sends nothing. */
import { moneyOf } from '../../catalogue/money';
import { MONEY } from '../../tasks/deliver/fields';
import { listOf, NUMBER, objectOf, orNull, TEXT } from '../../tasks/deliver/schema';
import { isFailure } from '../../transport/failure';
import { freeOperation } from '../freeOperation';
import { sumOf } from './filmItem';
import { shotListFields, shotListOf, shotRequests } from './shotRequests';

export const estimateFilm = freeOperation({
	resource: 'film',
	name: 'estimate',
	label: 'Estimate',
	action: 'Estimate film',
	description: 'Check a shot list and estimate what the film would cost, without a request',
	properties: shotListFields,
	output: {
		title: orNull(TEXT),
		shots: listOf(
			objectOf({
				prompt: orNull(TEXT),
				model: orNull(TEXT),
				estimatedCredits: orNull(NUMBER),
			}),
		),
		duration: orNull(NUMBER),
		credits: orNull(NUMBER),
		atMost: orNull(NUMBER),
		cost: orNull(MONEY),
		hints: listOf(TEXT),
	},
	results: async (session, itemIndex) => {
		const { context, connection, provider } = session;
		const list = shotListOf(context, itemIndex);
		if (isFailure(list)) return list;
		const requests = await shotRequests(session, itemIndex);
		if (isFailure(requests)) return requests;
		const atMost = sumOf(requests.map(({ atMostCredits }) => atMostCredits));
		const cost = moneyOf(provider.id, connection.region, atMost);
		return [
			{
				title: list.title,
				shots: requests.map(({ model, prompt, estimatedCredits }) => ({
					prompt,
					model,
					estimatedCredits,
				})),
				duration: sumOf(list.shots.map(({ duration }) => duration)),
				credits: sumOf(requests.map(({ estimatedCredits }) => estimatedCredits)),
				atMost,
				cost: cost === null ? null : { ...cost },
				hints: requests.flatMap(({ hints }) => hints),
			},
		];
	},
});
