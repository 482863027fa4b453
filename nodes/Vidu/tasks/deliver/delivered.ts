/**
 * What was delivered before all of the run could come out: for its next wake-up, or for a retry after
 * another item has failed, since links expire and downloads cost time. In the node's context.
 */
import type { IContextObject, INodeExecutionData } from 'n8n-workflow';
import { hashOf } from '../submit/submissions';
import type { ItemJob } from '../poll/runItems';

type Wanted = Pick<ItemJob, 'key' | 'item'>;
type Kept = Record<string, INodeExecutionData>;

const SLOT = 'viduDelivered';
/** An item that is wanted otherwise now is another. */
const nameOf = ({ key, item: itemContext }: Wanted) => hashOf([key, itemContext]);

export function deliveredIn(nodeContext: IContextObject) {
	const kept = () => nodeContext[SLOT] as Kept | undefined;
	return {
		of: (item: Wanted): INodeExecutionData | undefined => kept()?.[nameOf(item)],
		keep: (item: Wanted, output: INodeExecutionData) => {
			((nodeContext[SLOT] ??= {}) as Kept)[nameOf(item)] = output;
		},
		clear: () => void delete nodeContext[SLOT],
	};
}
