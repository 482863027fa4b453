/** File: upload. A picture stored at Vidu, whose URI goes wherever a picture goes. */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { uploadImage } from '../../media/outgoing';
import { megabytes } from '../../media/imageRules';
import { capitalised, mediaProblem } from '../../tasks/validate/media';
import { parameter } from '../../tasks/context/parameters';
import {
	requireCapability,
	forEachItem,
	isFailure,
	openSession,
} from '../../tasks/context/session';
import { failure } from '../../transport/failure';
import { readImages } from '../images';
import type { Listing, RequestOperation } from '../types';

async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const session = await openSession(context);
	return await forEachItem(context, async (itemIndex) => {
		const upload = requireCapability(session, 'upload', 'store pictures');
		if (isFailure(upload)) return upload;
		const binaryNames = parameter(context, 'binaryPropertyName', itemIndex);
		const images = await readImages(context, itemIndex, {
			urls: undefined,
			urlsLabel: '',
			binaryNames,
			binariesLabel: 'Input Binary Field',
		});
		const items: INodeExecutionData[] = [];
		for (const image of images) {
			if (image.kind !== 'binary') continue;
			const { size } = image.image;
			const problem =
				mediaProblem(image) ??
				(size > upload.maxBytes
					? `is ${megabytes(size)}, but at most ${megabytes(upload.maxBytes)} can be uploaded`
					: null);
			if (problem !== null) return failure(`${capitalised(image.label)} ${problem}`, '');
			const uri = await uploadImage(context, session.connection, session.provider, image);
			if (typeof uri !== 'string') return uri;
			items.push({
				json: { provider: session.provider.id, operation: 'upload', uri },
				pairedItem: { item: itemIndex },
			});
		}
		return items.length > 0 ? items : failure('"Input Binary Field" is empty', '');
	});
}

export const uploadFile: Listing & RequestOperation = {
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
	execute,
};
