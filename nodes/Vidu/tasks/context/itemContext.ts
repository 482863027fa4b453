/** What an item's output says besides its task. */
import type { MediaName } from '../../media/blame';
import type { MediaKind } from '../../providers/types';
import { OUTPUT_FIELD, type DeliverySettings } from './settings';

/** Everything needed to output an item besides its task. Plain data, because it is kept during a suspension. */
export interface ItemContext extends DeliverySettings {
	readonly itemIndex: number;
	/** As in the output item. */
	readonly operation: string;
	/** What the operation makes; null: recognized by the links, which end like files. */
	readonly makes: MediaKind | null;
	readonly model: string | null;
	/** Credits according to the catalogue; null if unknown. */
	readonly estimatedCredits: number | null;
	readonly payload: string | null;
	/** The files of the request, for messages. */
	readonly media: readonly MediaName[];
}

/** The context of an item; without `known`, that of a task of which nothing else is known. */
export function itemContext(
	itemIndex: number,
	operation: string,
	known: Partial<ItemContext> = {},
): ItemContext {
	return {
		itemIndex,
		operation,
		makes: null,
		model: null,
		estimatedCredits: null,
		payload: null,
		media: [],
		downloadVideo: false,
		downloadCover: false,
		binaryPropertyName: OUTPUT_FIELD,
		includeRaw: false,
		...known,
	};
}
