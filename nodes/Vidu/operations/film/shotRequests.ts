/** The requests of a film's shots, all checked before the first is sent. */
import {
	updateDisplayOptions,
	type IDisplayOptions,
	type IExecuteFunctions,
	type INodeProperties,
} from 'n8n-workflow';
import { modelsOf } from '../../catalogue';
import { parseBody } from '../../providers/read';
import { choiceOf, parameter } from '../../tasks/context/parameters';
import type { Session } from '../../tasks/context/session';
import {
	requestFor,
	validationFailure,
	type Asked,
	type TaskRequest,
} from '../../tasks/submit/request';
import { failure, isFailure, type Failure } from '../../transport/failure';
import { readMedia } from '../mediaFiles';
import { notAsTool } from '../options';
import { listOfFields, shotFields } from './shotFields';
import {
	MAX_SHOTS,
	readShotList,
	SHOT_LIST_SCHEMA,
	type Character,
	type Shot,
	type ShotList,
} from './shotList';

const LABEL = 'Shot List';
const SPECIFY = 'Specify Shots';

const EXAMPLE = {
	title: 'Rainy day',
	defaults: { model: 'viduq2', duration: 5, resolution: '720p', aspectRatio: '16:9' },
	subjects: [{ name: 'cat', images: ['https://example.com/cat.png'] }],
	shots: [
		{ prompt: '@cat looks out of a window at the rain, warm light, slow push in' },
		{ prompt: '@cat runs down wet stairs into a garden, camera follows' },
	],
};

const SHORT = `The film as JSON: subjects with images, and the prompts of 1 to ${MAX_SHOTS} shots, which mention them by @name`;

/** People find the schema in the docs; an agent has to have it in the description. */
const shotListField = (description: string, displayOptions: IDisplayOptions): INodeProperties => ({
	displayName: LABEL,
	name: 'shotList',
	type: 'json',
	typeOptions: { rows: 12 },
	default: JSON.stringify(EXAMPLE, null, 2),
	required: true,
	displayOptions,
	description,
});

export const shotListFields = (): INodeProperties[] => [
	{
		displayName: SPECIFY,
		name: 'specifyShots',
		type: 'options',
		default: 'fields',
		options: [
			{ name: 'Using Fields Below', value: 'fields' },
			{ name: 'Using JSON', value: 'json', description: 'As an LLM writes it' },
		],
		displayOptions: notAsTool,
		description: 'How to write the shot list',
	},
	...updateDisplayOptions({ ...notAsTool, show: { specifyShots: ['fields'] } }, shotFields()),
	shotListField(`${SHORT}. An LLM can write it by the schema in the docs of this node.`, {
		...notAsTool,
		show: { specifyShots: ['json'] },
	}),
	shotListField(`${SHORT}. JSON schema: ${JSON.stringify(SHOT_LIST_SCHEMA)}.`, {
		show: { '@tool': [true] },
	}),
];

/** The list of an item; a text is read as JSON. An agent writes JSON: it has no choice. */
export function shotListOf(context: IExecuteFunctions, itemIndex: number): ShotList | Failure {
	const how = parameter(context, 'specifyShots', itemIndex);
	const given =
		choiceOf(how, SPECIFY, ['fields', 'json']) === 'fields'
			? listOfFields(context, itemIndex)
			: parameter(context, 'shotList', itemIndex);
	const value = typeof given === 'string' ? parseBody(given) : given;
	if (typeof value === 'string') return validationFailure([`"${LABEL}" is not valid JSON`]);
	const list = readShotList(value);
	return 'shots' in list ? list : validationFailure(list);
}

/** What a shot asks for: a reference to video with its subjects, or text to video without any. */
async function askedFor(
	context: IExecuteFunctions,
	itemIndex: number,
	{ characters, model = modelsOf('vidu', 'referenceSubjects')[0] ?? '', ...look }: Shot,
): Promise<Asked> {
	if (characters.length === 0) return { kind: 'textToVideo', model, values: look };
	const subjects = await Promise.all(
		characters.map(async (character) => await subjectOf(context, itemIndex, character)),
	);
	return { kind: 'referenceSubjects', model, values: { ...look, subjects } };
}

async function subjectOf(
	context: IExecuteFunctions,
	itemIndex: number,
	{ name, images, dataFields, libraryId, voiceId }: Character,
) {
	const media = await readMedia(context, itemIndex, {
		type: 'image',
		urls: [...images],
		urlsLabel: 'images',
		binaryNames: dataFields.join(','),
		binariesLabel: 'dataFields',
		whose: ` of subject "${name}"`,
	});
	return {
		name,
		...(media.length > 0 && { images: media }),
		...(libraryId !== undefined && { serverId: libraryId }),
		...(voiceId !== undefined && { voiceId }),
	};
}

/** The requests of an item, in the order of its shots, or what is wrong with the list or a shot. */
export async function shotRequests(
	session: Session,
	itemIndex: number,
): Promise<readonly TaskRequest[] | Failure> {
	const { context } = session;
	const list = shotListOf(context, itemIndex);
	if (isFailure(list)) return list;
	const built = await Promise.all(
		list.shots.map(async (shot) => requestFor(session, await askedFor(context, itemIndex, shot))),
	);
	const wrong = built.flatMap((request, index) =>
		isFailure(request) ? [{ ...request, message: `Shot ${index + 1}: ${request.message}` }] : [],
	);
	const [first, ...others] = wrong;
	if (first !== undefined) {
		const also = others.map(({ message }) => `${message}. `).join('');
		return failure(first.message, also + first.description);
	}
	const unused = list.unused.map((name) => `No shot uses the subject "${name}"`);
	return (built as TaskRequest[]).map((request, index) => ({
		...request,
		hints: [
			...(index === 0 ? unused : []),
			...request.hints.map((hint) => `Shot ${index + 1}: ${hint}`),
		],
	}));
}
