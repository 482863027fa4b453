/** The length of a source video, on which the price depends, from what the incoming item says and has. */
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { rulesOf } from '../../catalogue';
import { inspectFile } from '../../media/binaryFile';
import type { Asked } from '../../tasks/submit/request';

/**
 * With the length of the source for the price, if the user gives none and the incoming item has the
 * source: with its `duration` in seconds, or as its only video file.
 */
export async function withSourceLength(
	context: IExecuteFunctions,
	itemIndex: number,
	asked: Asked,
): Promise<Asked> {
	const { kind, values } = asked;
	const { max = 0 } = rulesOf(kind).sourceSeconds ?? {};
	const item: INodeExecutionData = context.getInputData()[itemIndex] ?? { json: {} };
	const source = values.videoUrl ?? values.videoCreationId;
	const isHere = source !== undefined && JSON.stringify(item.json).includes(source);
	if (max === 0 || values.sourceSeconds !== undefined || !isHere) return asked;
	const seconds = Number(item.json.duration) || (await lengthOfFile(context, item)) || 0;
	return seconds > 0 && seconds <= max
		? { ...asked, values: { ...values, sourceSeconds: seconds } }
		: asked;
}

/** Undefined if it is not the only video, or cannot be read: it is not sent, hence not needed. */
async function lengthOfFile(
	context: IExecuteFunctions,
	{ binary = {} }: INodeExecutionData,
): Promise<number | null | undefined> {
	const [video, ...others] = Object.values(binary).filter(({ mimeType }) =>
		mimeType.startsWith('video/'),
	);
	if (video === undefined || others.length > 0) return undefined;
	const file = await inspectFile(context, video, 'video').catch(() => undefined);
	return file?.header?.seconds;
}
