/** Video: join. Several clips become one, without a request, and without encoding them again. */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { joinFiles, type ClipFile } from '../../media/join/joinFiles';
import { urlProblem } from '../../media/links';
import { isAgentTool } from '../../tasks/context/agentTool';
import { choiceOf, namesOf, parameter, textOf, textsOf } from '../../tasks/context/parameters';
import type { Session } from '../../tasks/context/session';
import { LABELS, OUTPUT_FIELD, readOptions } from '../../tasks/context/settings';
import { downloadVideo } from '../../tasks/deliver/download';
import { NUMBER, TEXT, type ItemOf } from '../../tasks/deliver/schema';
import { failure, isFailure, type Failure } from '../../transport/failure';
import { answerItems } from '../freeOperation';
import { fileOf } from '../mediaFiles';
import { optionsField, outputFieldOption } from '../options';
import type { Listing, RequestOperation } from '../types';

const FROM_LABEL = 'Clips From';
const FIELD_LABEL = 'Input Data Field Name';
const FIELDS_LABEL = 'Input Data Field Names';
const URLS_LABEL = 'Video URLs';
const FILE_LABEL = 'File Name';
const DEFAULT_FILE = 'joined.mp4';

const SOURCES = [
	{
		name: 'All Items',
		value: 'items',
		description: 'One video from a data field of every item, in the order of the items',
	},
	{
		name: 'Data Fields of Each Item',
		value: 'fields',
		description: 'One video per item, from several of its data fields',
	},
	{
		name: 'URLs',
		value: 'urls',
		description: 'One video per item, from addresses, which are downloaded first',
	},
] as const;
const FROM = SOURCES.map(({ value }) => value);

const shownFor = (from: (typeof FROM)[number]) => ({ show: { clipsFrom: [from] } });

const properties = (): INodeProperties[] => [
	{
		displayName: FROM_LABEL,
		name: 'clipsFrom',
		type: 'options',
		default: 'items',
		options: [...SOURCES],
		description:
			'Where the clips are. They must be MP4s of the same size and codec: H.264 or H.265, with AAC sound or none. Clips without sound are silent.',
	},
	{
		displayName: FIELD_LABEL,
		name: 'binaryPropertyName',
		type: 'string',
		default: 'data',
		required: true,
		displayOptions: shownFor('items'),
		placeholder: 'e.g. data',
		description: 'Field of every incoming item that contains its clip',
	},
	{
		displayName: FIELDS_LABEL,
		name: 'binaryPropertyNames',
		type: 'string',
		default: '',
		required: true,
		displayOptions: shownFor('fields'),
		placeholder: 'e.g. shot1, shot2, shot3',
		description: 'Fields of the item that contain the clips, in their order, separated by commas',
	},
	{
		displayName: URLS_LABEL,
		name: 'videoUrls',
		type: 'string',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add URL' },
		default: [],
		displayOptions: shownFor('urls'),
		placeholder: 'e.g. https://example.com/shot1.mp4',
		description: 'Addresses of the clips, in their order. An expression may return a list.',
	},
	optionsField([
		{
			displayName: FILE_LABEL,
			name: 'fileName',
			type: 'string',
			default: DEFAULT_FILE,
			placeholder: `e.g. ${DEFAULT_FILE}`,
			description: 'Name of the joined file',
		},
		outputFieldOption(),
	]),
];

const FIELDS = {
	provider: TEXT,
	operation: TEXT,
	clips: NUMBER,
	duration: NUMBER,
	width: NUMBER,
	height: NUMBER,
};

/** A clip's name at the beginning of a sentence, by its number from 1. */
const labelOf = (number: number, name?: string) =>
	name === undefined ? `Clip ${number}` : `Clip ${number} (${name})`;

/** The files of an item, or of all, numbered from those before. */
function filesOf(context: IExecuteFunctions, itemIndex: number, from: string): ClipFile[] {
	const [name, label] =
		from === 'items' ? ['binaryPropertyName', FIELD_LABEL] : ['binaryPropertyNames', FIELDS_LABEL];
	const itemIndexes = from === 'items' ? [...context.getInputData().keys()] : [itemIndex];
	const binaries = itemIndexes.flatMap((index) => {
		const whose = from === 'items' ? ` for item ${index}` : '';
		return namesOf(parameter(context, name, index), label, whose).map((field) =>
			fileOf(context, index, field, `"${label}"${whose}`),
		);
	});
	return binaries.map((binary, index) => ({ label: labelOf(index + 1, binary.fileName), binary }));
}

async function downloads(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<ClipFile[] | Failure> {
	const urls = textsOf(parameter(context, 'videoUrls', itemIndex), URLS_LABEL);
	for (const [index, url] of urls.entries()) {
		const problem = urlProblem(url);
		if (problem !== null) return failure(`Video ${index + 1} in "${URLS_LABEL}" ${problem}`, '');
	}
	const files: ClipFile[] = [];
	for (const [index, url] of urls.entries()) {
		const label = labelOf(index + 1);
		const binary = await downloadVideo(context, url, `clip-${index + 1}`);
		if (typeof binary === 'string')
			return failure(`${label} could not be downloaded: ${binary}`, 'Check its URL.');
		files.push({ label, binary });
	}
	return files;
}

async function joined(
	{ context, provider }: Session,
	itemIndex: number,
): Promise<INodeExecutionData[] | Failure> {
	const from = choiceOf(parameter(context, 'clipsFrom', itemIndex), FROM_LABEL, FROM) ?? 'items';
	const options = readOptions(context, itemIndex);
	const field = textOf(options.binaryPropertyName, LABELS.binaryPropertyName) ?? OUTPUT_FIELD;
	const fileName = textOf(options.fileName, FILE_LABEL) ?? DEFAULT_FILE;
	if (isAgentTool(context))
		return failure('An agent cannot take a file', 'Join the clips in a node of the workflow.');
	const files =
		from === 'urls' ? await downloads(context, itemIndex) : filesOf(context, itemIndex, from);
	if (isFailure(files)) return files;
	if (files.length === 0)
		return failure('There are no clips to join', `Enter them below "${FROM_LABEL}".`);
	const { seconds, width, height, binary } = await joinFiles(context, files, fileName);
	const json: ItemOf<typeof FIELDS> = {
		provider: provider.id,
		operation: 'join',
		clips: files.length,
		duration: seconds,
		width,
		height,
	};
	return [
		{
			json: { ...json },
			binary: { [field]: binary },
			pairedItem:
				from === 'items'
					? [...context.getInputData().keys()].map((item) => ({ item }))
					: { item: itemIndex },
		},
	];
}

export const join: Listing & RequestOperation = {
	resource: 'video',
	name: 'join',
	label: 'Join',
	action: 'Join videos',
	description:
		'Join several MP4s of the same size and codec into one, in n8n itself: nothing is sent, paid or encoded again',
	properties,
	output: FIELDS,
	execute: async (context) => {
		const each = ['fields', 'urls'].includes(String(parameter(context, 'clipsFrom', 0)));
		return await answerItems(context, joined, each ? undefined : [0]);
	},
};
