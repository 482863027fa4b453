/** Reads the images of an item: addresses and binary fields, each with the name under which messages speak of it. */
import type { IExecuteFunctions } from 'n8n-workflow';
import { inspectImage } from '../media/binaryImage';
import type { MediaInput } from '../media/input';
import { namesOf, textsOf } from '../tasks/parameters';

export interface ImageParameters {
	/** Values of the parameters: one text or a list. */
	readonly urls: unknown;
	/** Names of binary fields, separated by commas. */
	readonly binaryNames: unknown;
	/** How messages speak of an address; `{n}` stands for its number. */
	readonly urlLabel: string;
	/** Put behind the name of a binary field in messages. */
	readonly whose?: string;
}

/** Images given as addresses first, then those of the binary fields, in the order given. */
export async function readImages(
	context: IExecuteFunctions,
	itemIndex: number,
	{ urls, binaryNames, urlLabel, whose = '' }: ImageParameters,
): Promise<MediaInput[]> {
	const references = textsOf(urls).map(
		(value, index): MediaInput => ({
			kind: 'reference',
			value,
			label: urlLabel.replace('{n}', String(index + 1)),
		}),
	);
	const binaries = await Promise.all(
		namesOf(binaryNames).map(async (name): Promise<MediaInput> => {
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
