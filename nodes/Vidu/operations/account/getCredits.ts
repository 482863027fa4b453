/** Account: get credits. What is left, in all and by kind. */
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import {
	requestFree,
	requireCapability,
	forEachItem,
	isFailure,
	openSession,
} from '../../tasks/context/session';
import type { Listing, RequestOperation } from '../types';

async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const session = await openSession(context);
	return await forEachItem(context, async (itemIndex) => {
		const credits = requireCapability(session, 'credits', 'be asked for the balance');
		if (isFailure(credits)) return credits;
		const answer = await requestFree(session, credits.request(), 'to show the balance');
		if (isFailure(answer)) return answer;
		const balance = credits.read(answer.body);
		const json = {
			provider: session.provider.id,
			operation: 'getCredits',
			credits: balance.credits,
			raw: balance.raw as IDataObject,
		};
		return [{ json, pairedItem: { item: itemIndex } }];
	});
}

export const getCredits: Listing & RequestOperation = {
	resource: 'account',
	name: 'getCredits',
	label: 'Get Credits',
	action: 'Get the credits of the account',
	description: 'How many credits are left',
	properties: () => [],
	execute,
};
