/** File: upload. A picture stored at Vidu, whose URI goes wherever a picture goes. */
import { uploadImage } from '../../media/outgoing';
import { megabytes } from '../../media/imageRules';
import { capitalised, mediaProblem } from '../../tasks/validate/media';
import { parameter } from '../../tasks/context/parameters';
import { isFailure, requireCapability } from '../../tasks/context/session';
import { failure } from '../../transport/failure';
import { freeOperation } from '../freeOperation';
import { readImages } from '../images';

export const uploadFile = freeOperation({
	resource: 'file',
	name: 'upload',
	label: 'Upload',
	action: 'Upload a picture',
	description: 'Store a picture at Vidu; its URI goes wherever a picture goes',
	properties: () => [
		{
			displayName: 'Input Binary Field',
			name: 'binaryPropertyName',
			type: 'string',
			default: 'data',
			required: true,
			placeholder: 'e.g. data',
			description:
				'Name of the binary field of the incoming item that holds the picture (PNG, JPEG or WebP up to 10 MB), or several separated by commas',
		},
	],
	results: async (session, itemIndex) => {
		const { context, connection, provider } = session;
		const upload = requireCapability(session, 'upload', 'store pictures');
		if (isFailure(upload)) return upload;
		const images = await readImages(context, itemIndex, {
			urls: undefined,
			urlsLabel: '',
			binaryNames: parameter(context, 'binaryPropertyName', itemIndex),
			binariesLabel: 'Input Binary Field',
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
		if (uris.length === 0) return failure('"Input Binary Field" is empty', '');
		return uris.map((uri) => ({ uri }));
	},
});
