/** The shot list as fields of the panel, and what they make of it as JSON. */
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { labelOf, mediaLabels } from '../../catalogue/labels';
import { subject, subjects as subjectRule } from '../../catalogue/vidu/referenceSubjects';
import { everyModel } from '../../fields/model';
import { propertiesOf } from '../../fields/property';
import {
	booleanOf,
	collectionOf,
	namesOf,
	numberOf,
	parameter,
	recordsOf,
	textOf,
	textsOf,
} from '../../tasks/context/parameters';
import { pickedIn } from '../readValues';
import { subjects } from '../video/referenceToVideo';
import { SECONDS } from './shotList';

const LABELS = { title: 'Title', look: 'Look of All Shots', subjects: 'Subjects', shots: 'Shots' };
const DURATION = 'Duration (Seconds)';

const look = (): INodeProperties[] => [
	{
		displayName: 'Aspect Ratio',
		name: 'aspectRatio',
		type: 'string',
		default: '16:9',
		placeholder: 'e.g. 9:16',
		description: 'The same for all shots; which ones there are depends on the model',
	},
	{
		displayName: 'Audio',
		name: 'audio',
		type: 'boolean',
		default: false,
		description: 'Whether to add sound to the shots: speech and effects',
	},
	{
		displayName: 'Model',
		name: 'model',
		type: 'options',
		default: 'viduq2',
		options: everyModel('referenceSubjects'),
		description: 'Model that makes the shots',
	},
	{
		displayName: 'Resolution',
		name: 'resolution',
		type: 'string',
		default: '720p',
		placeholder: 'e.g. 1080p',
		description: 'The same for all shots; a higher one costs more',
	},
];

const shot = (): INodeProperties[] => [
	{
		displayName: 'Prompt',
		name: 'prompt',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		placeholder: 'e.g. @cat looks out of a window at the rain, warm light, slow push in',
		description:
			'Who does what, where, in which light, and what the camera does. Mention subjects by @name, and repeat what has to look the same in every shot.',
	},
	{
		displayName: DURATION,
		name: 'duration',
		type: 'number',
		typeOptions: { minValue: SECONDS.minimum, maxValue: SECONDS.maximum, numberPrecision: 0 },
		default: 5,
		description: 'Length of the shot; which ones there are depends on the model',
	},
];

/** As in Reference to Video, but none is needed. Videos as subjects are for one of its models. */
function subjectField(): INodeProperties[] {
	const words = subjects();
	const optional = { ...words, property: { ...words.property, default: {} } };
	return propertiesOf('subjects', subjectRule({}, { videos: undefined }), optional);
}

/** The fields, in the order of the panel. */
export const shotFields = (): INodeProperties[] => [
	{
		displayName: LABELS.title,
		name: 'title',
		type: 'string',
		default: '',
		placeholder: 'e.g. Rainy day',
		description: 'Name of the film and its file',
	},
	...subjectField(),
	{
		displayName: LABELS.shots,
		name: 'shots',
		type: 'fixedCollection',
		placeholder: 'Add Shot',
		typeOptions: { multipleValues: true, sortable: true, multipleValueButtonText: 'Add Shot' },
		default: { shot: [{ prompt: '', duration: 5 }] },
		options: [{ displayName: 'Shot', name: 'shot', values: shot() }],
		description: 'The shots in the order of the film',
	},
	{
		displayName: LABELS.look,
		name: 'look',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: look(),
		description: 'Without a field, the shots are as the model usually makes them',
	},
];

/**
 * The list that the fields of an item say, as it would be written in JSON.
 * @throws Error if a value cannot be understood
 */
export function listOfFields(context: IExecuteFunctions, itemIndex: number): unknown {
	const given = (name: string) => parameter(context, name, itemIndex);
	const { urlsLabel, binariesLabel } = mediaLabels('images', subject.images);
	const { aspectRatio, audio, model, resolution } = collectionOf(given('look'), LABELS.look);
	return {
		title: textOf(given('title'), LABELS.title),
		defaults: {
			model: textOf(model, 'Model'),
			resolution: textOf(resolution, 'Resolution'),
			aspectRatio: textOf(aspectRatio, 'Aspect Ratio'),
			audio: booleanOf(audio, 'Audio'),
		},
		subjects: recordsOf(given('subjects.subject'), LABELS.subjects).map((row, index) => {
			const whose = ` of subject ${index + 1}`;
			const { name, imageUrls, binaryPropertyNames, serverId, voiceId } = row;
			return {
				name: textOf(name, 'Name', whose),
				images: textsOf(imageUrls, urlsLabel, whose),
				dataFields: namesOf(binaryPropertyNames, binariesLabel, whose),
				libraryId: textOf(pickedIn(serverId), labelOf('serverId'), whose),
				voiceId: textOf(voiceId, labelOf('voiceId'), whose),
			};
		}),
		shots: recordsOf(given('shots.shot'), LABELS.shots).map((row, index) => {
			const whose = ` of shot ${index + 1}`;
			return {
				prompt: textOf(row.prompt, 'Prompt', whose),
				duration: numberOf(row.duration, DURATION, whose),
			};
		}),
	};
}
