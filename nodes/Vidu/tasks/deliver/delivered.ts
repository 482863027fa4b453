/**
 * Output items that were delivered before the run was finished, kept in the node's context for the next
 * turn or for a retry after another item has failed, because links expire and downloads take time.
 */
import type { IContextObject, INodeExecutionData } from 'n8n-workflow';
import { hashOf } from '../submit/submissions';
import type { ItemJob } from '../context/job';

type Wanted = Pick<ItemJob, 'key' | 'item'>;
type Kept = Record<string, INodeExecutionData>;

const SLOT = 'viduDelivered';
/** Differs for the same task if other output is wanted. */
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
