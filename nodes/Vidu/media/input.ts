/** Images before they are in the form that goes on the wire. */
import type { IBinaryData } from 'n8n-workflow';
import type { GenerationRequest } from '../providers/types';
import type { BinaryImage } from './binaryImage';

/** An image as the user gave it: an address or data URI, or a binary field of the incoming item. */
export type MediaInput =
	| { readonly kind: 'reference'; readonly value: string; readonly label: string }
	| {
			readonly kind: 'binary';
			readonly binary: IBinaryData;
			readonly image: BinaryImage;
			/** How messages speak of it. */
			readonly label: string;
	  };

/** A request whose images are not yet in the form that goes on the wire. */
export type Draft = GenerationRequest<MediaInput>;
