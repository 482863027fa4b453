/** Account: get credits. What is left, in total and by kind. */
import { requestFree, requireCapability } from '../../tasks/context/session';
import { NUMBER, providersOwn } from '../../tasks/deliver/schema';
import { isFailure } from '../../transport/failure';
import { freeOperation } from '../freeOperation';

export const getCredits = freeOperation({
	resource: 'account',
	name: 'getCredits',
	label: 'Get Credits',
	action: 'Get credits of account',
	description: 'Get the number of credits that are left',
	properties: () => [],
	output: { credits: NUMBER, raw: providersOwn({}) },
	results: async (session) => {
		const credits = requireCapability(session, 'credits', 'The balance can be read');
		if (isFailure(credits)) return credits;
		const answer = await requestFree(session, credits.request(), 'to show the balance');
		if (isFailure(answer)) return answer;
		const balance = credits.read(answer.body);
		return [{ credits: balance.credits, raw: balance.raw as object }];
	},
});
