/** Operations that create no task and cost nothing. */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { shouldContinueOnFail } from '../tasks/context/agentTool';
import { openSession, type Session } from '../tasks/context/session';
import { failureItem } from '../tasks/deliver/output';
import { TEXT, type Fields, type ItemOf } from '../tasks/deliver/schema';
import { failureOf, isFailure, type Failure } from '../transport/failure';
import { toNodeError } from '../transport/nodeError';
import type { Listing, Operation, RequestOperation } from './types';

interface FreeOperation<F extends Fields> extends Listing, Pick<Operation, 'name' | 'properties'> {
	/** The fields of a result. */
	readonly output: F;
	/**
	 * The results for one item, or why there are none.
	 * @throws Error if a value cannot be understood
	 */
	results(session: Session, itemIndex: number): Promise<ReadonlyArray<ItemOf<F>> | Failure>;
}

/** The operation of these results. */
export function freeOperation<const F extends Fields>({
	results,
	output,
	...operation
}: FreeOperation<F>): Listing & RequestOperation {
	const { name } = operation;
	return {
		...operation,
		output: { provider: TEXT, operation: TEXT, ...output },
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

/**
 * Processes all items (or those given) one after another, with one session; a failure ends the node,
 * or becomes the item's `error` if the node continues on fail.
 */
export async function answerItems(
	context: IExecuteFunctions,
	answer: (session: Session, itemIndex: number) => Promise<INodeExecutionData[] | Failure>,
	itemIndexes: Iterable<number> = context.getInputData().keys(),
): Promise<INodeExecutionData[][]> {
	const session = await openSession(context);
	const items: INodeExecutionData[] = [];
	for (const itemIndex of itemIndexes) {
		const found = await answer(session, itemIndex).catch((error: unknown) => failureOf(error));
		if (!isFailure(found)) items.push(...found);
		else if (shouldContinueOnFail(context)) items.push(failureItem(context, itemIndex, found, {}));
		else throw toNodeError(context.getNode(), itemIndex, found);
	}
	return [items];
}
