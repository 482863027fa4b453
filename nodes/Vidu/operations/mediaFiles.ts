/** Reads the images, videos or sounds of an item, from addresses and data fields, each with its name for messages. */
import { NodeOperationError, type IBinaryData, type IExecuteFunctions } from 'n8n-workflow';
import { inspectFile, type BinaryFile } from '../media/binaryFile';
import type { MediaInput } from '../media/input';
import type { MediaKind } from '../providers/types';
import { namesOf, textsOf } from '../tasks/context/parameters';

interface MediaParameters {
	readonly type: MediaKind;
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
 * The files given as addresses, then those from data fields, in their order.
 * @throws Error if a value cannot be understood, or a data field is missing
 */
export async function readMedia(
	context: IExecuteFunctions,
	itemIndex: number,
	parameters: MediaParameters,
): Promise<MediaInput[]> {
	const media = findMedia(context, itemIndex, parameters);
	await inspectMedia(context, media);
	return media;
}

/** Of a file that is not read yet. */
const UNREAD: BinaryFile = { header: null, size: 0, mimeType: '' };

/** Reads what the bytes of these files say, for those from data fields. */
export async function inspectMedia(
	context: IExecuteFunctions,
	media: readonly MediaInput[],
): Promise<void> {
	const files = media.filter((input) => input.kind === 'binary');
	await Promise.all(
		files.map(async (input) => {
			Object.assign(input, { file: await inspectFile(context, input.binary, input.type) });
		}),
	);
}

/**
 * The same before the files are read.
 * @throws Error as `readMedia`
 */
export function findMedia(
	context: IExecuteFunctions,
	itemIndex: number,
	{ type, urls, urlsLabel, binaryNames, binariesLabel, whose = '' }: MediaParameters,
): MediaInput[] {
	const word = type === 'audio' ? 'sound' : type;
	const each = (n: number) => (urlsLabel.endsWith('s') ? `${word} ${n}` : `the ${word}`);
	const references = textsOf(urls, urlsLabel, whose).map(
		(value, index): MediaInput => ({
			kind: 'reference',
			type,
			value,
			label: `${each(index + 1)} in "${urlsLabel}"${whose}`,
		}),
	);
	const binaries = namesOf(binaryNames, binariesLabel, whose).map(
		(name): MediaInput => ({
			kind: 'binary',
			type,
			binary: fileOf(context, itemIndex, name, `"${binariesLabel}"${whose}`),
			file: UNREAD,
			label: `the ${word} in the data field "${name}"${whose}`,
		}),
	);
	return [...references, ...binaries];
}

/**
 * A file of an item.
 * @param label name of the node's field in messages, in quotation marks
 * @throws NodeOperationError if the item has none of this name
 */
export function fileOf(
	context: IExecuteFunctions,
	itemIndex: number,
	name: string,
	label: string,
): IBinaryData {
	assertExists(context, itemIndex, name, label);
	return context.helpers.assertBinaryData(itemIndex, name);
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
