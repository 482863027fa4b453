/** File: upload. Stores an image at Vidu, whose URI can be used wherever an image URL is expected. */
import { capitalised } from '../../catalogue/labels';
import { uploadImage } from '../../media/outgoing';
import { mediaProblem, megabytes } from '../../media/mediaRules';
import { parameter } from '../../tasks/context/parameters';
import { requireCapability } from '../../tasks/context/session';
import { TEXT } from '../../tasks/deliver/schema';
import { failure, isFailure } from '../../transport/failure';
import { freeOperation } from '../freeOperation';
import { readMedia } from '../mediaFiles';

const LABEL = 'Input Data Field Name';

export const uploadFile = freeOperation({
	resource: 'file',
	name: 'upload',
	label: 'Upload',
	action: 'Upload image',
	description: 'Store an image at Vidu; its URI can be used wherever an image URL is expected',
	properties: () => [
		{
			displayName: LABEL,
			name: 'binaryPropertyName',
			type: 'string',
			default: 'data',
			required: true,
			placeholder: 'e.g. data',
			description:
				'Field of the incoming item that contains the image file (PNG, JPEG or WebP up to 10 MB), or several, separated by commas',
		},
	],
	output: { uri: TEXT },
	results: async (session, itemIndex) => {
		const { context } = session;
		const upload = requireCapability(session, 'upload', 'Images can be uploaded');
		if (isFailure(upload)) return upload;
		const images = await readMedia(context, itemIndex, {
			type: 'image',
			urls: undefined,
			urlsLabel: '',
			binaryNames: parameter(context, 'binaryPropertyName', itemIndex),
			binariesLabel: LABEL,
		});
		const uris: string[] = [];
		for (const image of images) {
			if (image.kind !== 'binary') continue;
			const { size } = image.file;
			const problem =
				mediaProblem(image) ??
				(size > upload.maxBytes
					? `is ${megabytes(size)}, but at most ${megabytes(upload.maxBytes)} can be uploaded`
					: null);
			if (problem !== null) return failure(`${capitalised(image.label)} ${problem}`, '');
			const uri = await uploadImage(session, image);
			if (typeof uri !== 'string') return uri;
			uris.push(uri);
		}
		if (uris.length === 0) return failure(`"${LABEL}" is empty`, '');
		return uris.map((uri) => ({ uri }));
	},
});
