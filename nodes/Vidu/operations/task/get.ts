/** Task: get. Fetches tasks by their ids, from any operation and execution, and downloads their results again. */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { meaningOf } from '../../providers/errors';
import { deliver, outputItem } from '../../tasks/output';
import { forEachItem, isFailure, openSession } from '../../tasks/session';
import { sentences, type Failure } from '../../transport/failure';
import { runOptionsField } from '../options';
import type { RequestOperation } from '../types';
import { byIdFields, readIds, receiptById, unread } from './byId';

const CHECK_ID = 'Check the ID, and that the credential is of the account that made it';

const properties = (): INodeProperties[] => [...byIdFields(), runOptionsField([])];

async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const session = await openSession(context);
	return await forEachItem(context, async (itemIndex) => {
		const ids = readIds(context, itemIndex);
		if (isFailure(ids)) return ids;
		const receipt = receiptById(context, itemIndex, 'get');
		const { tasks, refused, trouble } = await session.look(ids);
		const items: INodeExecutionData[] = [];
		for (const id of ids) {
			const task = tasks.get(id);
			if (task === undefined) {
				const refusal = refused.get(id);
				return refusal === undefined ? unread(session, id, trouble) : notShown(refusal);
			}
			const item = await (task.state === 'succeeded' ? deliver : outputItem)(
				session,
				receipt,
				task,
			);
			if (isFailure(item)) return item;
			items.push(item);
		}
		return items;
	});
}

/** Of a task that nobody knows it would be wrong to say that it can be fetched at any time. */
function notShown(refusal: Failure): Failure {
	return refusal.httpStatus === 400 || refusal.httpStatus === 404
		? { ...refusal, advice: sentences(meaningOf(refusal.code)?.advice, CHECK_ID) }
		: refusal;
}

export const getTask: RequestOperation = { name: 'get', properties, execute };
