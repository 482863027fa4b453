/**
 * What was delivered before all of the run could come out: for its next wake-up, or for a retry after
 * another item has failed, since links expire and downloads cost time. In the node's context.
 */
import type { IContextObject, INodeExecutionData } from 'n8n-workflow';
import { digestOf } from './memory';
import type { Receipt } from './output';

interface Wanted {
	readonly key: string;
	readonly receipt: Receipt;
}

export interface Delivered {
	/** What was delivered for an item, as it wants it now. */
	of(item: Wanted): INodeExecutionData | undefined;
	keep(item: Wanted, output: INodeExecutionData): void;
	/** Called when all has come out. */
	clear(): void;
}

const SLOT = 'viduDelivered';

export function deliveredIn(nodeContext: IContextObject): Delivered {
	const kept = () => (nodeContext[SLOT] ??= {}) as Record<string, INodeExecutionData>;
	const nameOf = ({ key, receipt }: Wanted) => digestOf([key, receipt]);
	return {
		of: (item) => kept()[nameOf(item)],
		keep: (item, output) => {
			kept()[nameOf(item)] = output;
		},
		clear: () => {
			delete nodeContext[SLOT];
		},
	};
}
