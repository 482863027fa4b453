/** Reads the images of an item, from addresses and data fields, each with its name for messages. */
import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { inspectImage } from '../media/binaryImage';
import type { MediaInput } from '../media/input';
import { namesOf, textsOf } from '../tasks/context/parameters';

export interface ImageParameters {
	/** Addresses, as one text or a list, and the label of their field. */
	readonly urls: unknown;
	readonly urlsLabel: string;
	/** Names of data fields, separated by commas, and the label of their field. */
	readonly binaryNames: unknown;
	readonly binariesLabel: string;
	/** The row of a list in messages, such as ` of subject 2`. */
	readonly whose?: string;
}

/**
 * The images given as addresses, then those from data fields, in their order.
 * @throws Error if a value cannot be understood, or a data field is missing
 */
export async function readImages(
	context: IExecuteFunctions,
	itemIndex: number,
	{ urls, urlsLabel, binaryNames, binariesLabel, whose = '' }: ImageParameters,
): Promise<MediaInput[]> {
	const each = (n: number) => (urlsLabel.endsWith('s') ? `image ${n}` : 'the image');
	const references = textsOf(urls, urlsLabel, whose).map(
		(value, index): MediaInput => ({
			kind: 'reference',
			value,
			label: `${each(index + 1)} in "${urlsLabel}"${whose}`,
		}),
	);
	const binaries = await Promise.all(
		namesOf(binaryNames, binariesLabel, whose).map(async (name): Promise<MediaInput> => {
			assertExists(context, itemIndex, name, `"${binariesLabel}"${whose}`);
			const binary = context.helpers.assertBinaryData(itemIndex, name);
			return {
				kind: 'binary',
				binary,
				image: await inspectImage(context, binary),
				label: `the image in the data field "${name}"${whose}`,
			};
		}),
	);
	return [...references, ...binaries];
}

/** n8n's own message names neither the field of the node nor what the item has. */
function assertExists(
	context: IExecuteFunctions,
	itemIndex: number,
	name: string,
	label: string,
): void {
	const fields = Object.keys(context.getInputData()[itemIndex]?.binary ?? {});
	if (fields.includes(name)) return;
	const has = fields.length === 0 ? 'no files' : `the files: ${fields.join(', ')}`;
	throw new NodeOperationError(context.getNode(), `${label} is ${name}, but the item has ${has}`, {
		itemIndex,
		description: 'Nothing was sent, and nothing was charged.',
	});
}
