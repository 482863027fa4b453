/** Reads the images of an item: addresses and binary fields, each with its name for messages. */
import type { IExecuteFunctions } from 'n8n-workflow';
import { inspectImage } from '../media/binaryImage';
import type { MediaInput } from '../media/input';
import { namesOf, textsOf } from '../tasks/context/parameters';

export interface ImageParameters {
	/** Addresses: one text or a list; and how the panel calls their field. */
	readonly urls: unknown;
	readonly urlsLabel: string;
	/** Names of binary fields, separated by commas; and how the panel calls their field. */
	readonly binaryNames: unknown;
	readonly binariesLabel: string;
	/** Put behind the name of a binary field in messages. */
	readonly whose?: string;
}

/**
 * Images given as addresses first, then those of the binary fields, in the order given.
 * @throws Error when a value cannot be understood, or a binary field is missing
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
			const binary = context.helpers.assertBinaryData(itemIndex, name);
			return {
				kind: 'binary',
				binary,
				image: await inspectImage(context, binary),
				label: `the image in the binary field "${name}"${whose}`,
			};
		}),
	);
	return [...references, ...binaries];
}
