/** Account: get credits. What is left, in all and by kind. */
import type { IDataObject } from 'n8n-workflow';
import { isFailure, requestFree, requireCapability } from '../../tasks/context/session';
import { freeOperation } from '../freeOperation';

export const getCredits = freeOperation({
	resource: 'account',
	name: 'getCredits',
	label: 'Get Credits',
	action: 'Get the credits of the account',
	description: 'How many credits are left',
	properties: () => [],
	results: async (session) => {
		const credits = requireCapability(session, 'credits', 'be asked for the balance');
		if (isFailure(credits)) return credits;
		const answer = await requestFree(session, credits.request(), 'to show the balance');
		if (isFailure(answer)) return answer;
		const balance = credits.read(answer.body);
		return [{ credits: balance.credits, raw: balance.raw as IDataObject }];
	},
});
