/** Reads the images of an item: addresses and binary fields, each with the name under which errors speak of it. */
import type { IExecuteFunctions } from 'n8n-workflow';
import { inspectImage } from '../media/binaryImage';
import { namesOf, textsOf } from '../tasks/parameters';
import type { MediaInput } from '../media/input';

/** Images given as addresses first, then those of the binary fields, in the order given. */
export async function readImages(
	context: IExecuteFunctions,
	itemIndex: number,
	imageUrls: unknown,
	binaryPropertyNames: unknown,
	whose: string,
): Promise<MediaInput[]> {
	const references = textsOf(imageUrls).map(
		(value, index): MediaInput => ({
			kind: 'reference',
			value,
			label: `image ${index + 1} in "Image URLs"${whose}`,
		}),
	);
	const binaries = await Promise.all(
		namesOf(binaryPropertyNames).map(async (name): Promise<MediaInput> => {
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
