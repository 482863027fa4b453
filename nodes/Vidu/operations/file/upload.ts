/** File: upload. Stores an image at Vidu, whose URI can be used wherever an image URL is expected. */
import { uploadImage } from '../../media/outgoing';
import { megabytes } from '../../media/imageRules';
import { capitalised, mediaProblem } from '../../tasks/validate/media';
import { parameter } from '../../tasks/context/parameters';
import { isFailure, requireCapability } from '../../tasks/context/session';
import { failure } from '../../transport/failure';
import { freeOperation } from '../freeOperation';
import { readImages } from '../images';

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
	results: async (session, itemIndex) => {
		const { context, connection, provider } = session;
		const upload = requireCapability(session, 'upload', 'Images can be uploaded');
		if (isFailure(upload)) return upload;
		const images = await readImages(context, itemIndex, {
			urls: undefined,
			urlsLabel: '',
			binaryNames: parameter(context, 'binaryPropertyName', itemIndex),
			binariesLabel: LABEL,
		});
		const uris: string[] = [];
		for (const image of images) {
			if (image.kind !== 'binary') continue;
			const { size } = image.image;
			const problem =
				mediaProblem(image) ??
				(size > upload.maxBytes
					? `is ${megabytes(size)}, but at most ${megabytes(upload.maxBytes)} can be uploaded`
					: null);
			if (problem !== null) return failure(`${capitalised(image.label)} ${problem}`, '');
			const uri = await uploadImage(context, connection, provider, image);
			if (typeof uri !== 'string') return uri;
			uris.push(uri);
		}
		if (uris.length === 0) return failure(`"${LABEL}" is empty`, '');
		return uris.map((uri) => ({ uri }));
	},
});
