/** Operations that create no task and cost nothing. */
import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import { forEachItem, isFailure, openSession, type Session } from '../tasks/context/session';
import type { Failure } from '../transport/failure';
import type { Listing, RequestOperation } from './types';

interface FreeOperation extends Listing {
	/** As in the output item, such as `get`. */
	readonly name: string;
	properties(): readonly INodeProperties[];
	/**
	 * The results for one item, each as its own fields, or why there are none.
	 * @throws Error if a value cannot be understood
	 */
	results(session: Session, itemIndex: number): Promise<IDataObject[] | Failure>;
}

/** The operation of these results. */
export function freeOperation({
	results,
	...operation
}: FreeOperation): Listing & RequestOperation {
	const { name } = operation;
	return {
		...operation,
		execute: async (context) =>
			await answerItems(context, async (session, itemIndex) => {
				const found = await results(session, itemIndex);
				if (isFailure(found)) return found;
				const known = { provider: session.provider.id, operation: name };
				return found.map((fields) => ({
					json: { ...known, ...fields },
					pairedItem: { item: itemIndex },
				}));
			}),
	};
}

/** Processes all items with one session. */
export async function answerItems(
	context: IExecuteFunctions,
	answer: (session: Session, itemIndex: number) => Promise<INodeExecutionData[] | Failure>,
): Promise<INodeExecutionData[][]> {
	const session = await openSession(context);
	return await forEachItem(context, async (itemIndex) => await answer(session, itemIndex));
}
