/**
 * Reference to video: subjects that keep their looks, or reference media, and a prompt.
 * Source: platform.vidu.com/docs/reference-to-video; its two request bodies exclude each other.
 */
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { rowsOf } from '../../catalogue';
import { modelFields } from '../../fields/model';
import { perModelFields, type TaskCondition } from '../../fields/perModel';
import { readImages } from '../images';
import { readModelParameters } from '../model';
import { optionsField, waitFields } from '../options';
import { choiceOf, parameter, recordsOf, textOf, textsOf } from '../../tasks/context/parameters';
import type { Draft, MediaInput } from '../../media/input';
import { draftOperation } from './draftOperation';
import type { Subject } from '../../providers/types';
import { subjectIdOf, subjectPicker } from './subjectPicker';

/** The models that take videos beside pictures. */
const videoModels = rowsOf('vidu')
	.filter(({ subjects, videos }) => (subjects?.maxVideoSubjects ?? videos?.max ?? 0) > 0)
	.map(({ model }) => model);

const subjectFields = (): INodeProperties[] => [
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. cat',
		description: 'The prompt speaks of the subject by this name, as @cat',
	},
	{
		displayName: 'Image URLs',
		name: 'imageUrls',
		type: 'string',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Image URL' },
		default: [],
		placeholder: 'e.g. https://example.com/cat.png',
		description:
			'Up to 3 pictures of the subject, from several sides: public URLs, data URIs or ssupload: URIs. An expression may give a list.',
	},
	{
		displayName: 'Input Binary Fields',
		name: 'binaryPropertyNames',
		type: 'string',
		default: '',
		placeholder: 'e.g. data, side',
		description:
			'Names of binary fields of the incoming item that hold pictures of the subject, separated by commas',
	},
	subjectPicker(),
	{
		displayName: 'Video URL',
		name: 'videoUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/cat.mp4',
		displayOptions: { show: { '/model': videoModels } },
		description: 'A video of 5 seconds in place of pictures',
	},
	{
		displayName: 'Voice ID',
		name: 'voiceId',
		type: 'string',
		default: '',
		placeholder: 'e.g. English_Aussie_Bloke',
		description:
			"The subject's voice, when the video is made with audio. Without it the model chooses.",
	},
];

const conditions: TaskCondition[] = [
	{ task: 'referenceSubjects', show: { referenceType: ['subjects'] } },
	{ task: 'referenceMedia', show: { referenceType: ['media'] } },
];

const forSubjects = { show: { referenceType: ['subjects'] } };
const forMedia = { show: { referenceType: ['media'] } };

const properties = (): INodeProperties[] => [
	{
		displayName: 'Reference Type',
		name: 'referenceType',
		type: 'options',
		// As an expression it would make both variants of every field count as visible.
		noDataExpression: true,
		default: 'subjects',
		options: [
			{
				name: 'Subjects',
				value: 'subjects',
				description:
					'Named characters or things, each with its own pictures, that the prompt calls by @name',
			},
			{
				name: 'Media',
				value: 'media',
				description: 'Loose pictures (and videos) that show what the clip should look like',
			},
		],
		description: 'What the model goes by besides the prompt',
	},
	...modelFields(conditions),
	{
		displayName: 'Subjects',
		name: 'subjects',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Subject' },
		placeholder: 'Add Subject',
		default: { subject: [{ name: '', imageUrls: [] }] },
		displayOptions: forSubjects,
		options: [{ displayName: 'Subject', name: 'subject', values: subjectFields() }],
		description:
			'Characters or things that keep their looks through the clip. The prompt calls them by @name.',
	},
	{
		displayName: 'Image URLs',
		name: 'imageUrls',
		type: 'string',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Image URL' },
		default: [],
		placeholder: 'e.g. https://example.com/scene.png',
		displayOptions: forMedia,
		description:
			'Up to 7 reference pictures: public URLs, data URIs or ssupload: URIs. An expression may give a list.',
	},
	{
		displayName: 'Input Binary Fields',
		name: 'binaryPropertyNames',
		type: 'string',
		default: '',
		placeholder: 'e.g. data, data_1',
		displayOptions: forMedia,
		description:
			'Names of binary fields of the incoming item that hold reference pictures, separated by commas',
	},
	{
		displayName: 'Video URLs',
		name: 'videoUrls',
		type: 'string',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Video URL' },
		default: [],
		placeholder: 'e.g. https://example.com/motion.mp4',
		displayOptions: { show: { referenceType: ['media'], model: videoModels } },
		description: 'Reference videos: one of up to 8 seconds, or two of up to 5',
	},
	{
		displayName: 'Prompt',
		name: 'prompt',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		required: true,
		placeholder:
			'e.g. @cat jumps over a puddle and looks back at @robot, sunny street, slow motion',
		description: 'What happens in the clip. Call subjects by @name.',
	},
	...perModelFields(conditions),
	...waitFields(),
	optionsField([
		...[
			'audioType',
			'autoSubjects',
			'bgm',
			'callbackUrl',
			'isRec',
			'metaData',
			'movementAmplitude',
		],
		...['offPeak', 'payload', 'seed', 'voiceId', 'watermark', 'wmPosition', 'wmUrl'],
	]),
];

const imageLabels = { urlsLabel: 'Image URLs', binariesLabel: 'Input Binary Fields' };

async function read(context: IExecuteFunctions, itemIndex: number): Promise<Draft> {
	const get = (name: string) => parameter(context, name, itemIndex);
	const common = readModelParameters(context, itemIndex);
	const type = choiceOf(get('referenceType'), 'Reference Type', ['subjects', 'media']);
	if (type === 'media') {
		return {
			...common,
			task: 'referenceMedia',
			images: await readImages(context, itemIndex, {
				...imageLabels,
				urls: get('imageUrls'),
				binaryNames: get('binaryPropertyNames'),
			}),
			videos: textsOf(get('videoUrls'), 'Video URLs'),
		};
	}
	return { ...common, task: 'referenceSubjects', subjects: await readSubjects(context, itemIndex) };
}

async function readSubjects(
	context: IExecuteFunctions,
	itemIndex: number,
): Promise<Array<Subject<MediaInput>>> {
	const rows = recordsOf(parameter(context, 'subjects.subject', itemIndex), 'Subjects');
	return await Promise.all(
		rows.map(async (row, index) => {
			const name = textOf(row.name, 'Name', ` of subject ${index + 1}`)?.replace(/^@/, '') ?? '';
			const whose = ` of subject ${index + 1}${name ? ` "${name}"` : ''}`;
			const images = await readImages(context, itemIndex, {
				...imageLabels,
				urls: row.imageUrls,
				binaryNames: row.binaryPropertyNames,
				whose,
			});
			return {
				name,
				images,
				videos: textsOf(row.videoUrl, 'Video URL', whose),
				voiceId: textOf(row.voiceId, 'Voice ID', whose),
				serverId: subjectIdOf(row.serverId, whose),
			};
		}),
	);
}

export const referenceToVideo = draftOperation({ name: 'referenceToVideo', properties, read });
