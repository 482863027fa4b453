/** What an operation is: its fields, and from parameters to a request. Everything else comes for free. */
import type { IBinaryData, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { BinaryImage } from '../media/binaryImage';
import type { GenerationRequest } from '../providers/types';

/** An image as the user gave it: an address or data URI, or a binary field of the incoming item. */
export type MediaInput =
	| { readonly kind: 'reference'; readonly value: string; readonly label: string }
	| {
			readonly kind: 'binary';
			readonly binary: IBinaryData;
			readonly image: BinaryImage;
			readonly label: string;
	  };

/** A request whose images are not yet in the form that goes on the wire. */
export type Draft = GenerationRequest<MediaInput>;

/** An operation that makes something with a model. */
export interface GenerationOperation {
	/** As in the output item, such as `referenceToVideo`. */
	readonly name: string;
	/** The fields of the operation, in the order of the panel. */
	readonly properties: readonly INodeProperties[];
	/**
	 * Reads the parameters of one item.
	 * @throws NodeOperationError when a binary field is missing
	 */
	read(context: IExecuteFunctions, itemIndex: number): Promise<Draft>;
}
