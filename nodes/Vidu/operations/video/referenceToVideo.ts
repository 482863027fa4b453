/**
 * Reference to video: subjects that keep their looks, or reference media, and a prompt.
 * Source: platform.vidu.com/docs/reference-to-video; its two request bodies exclude each other.
 */
import { rowsOf } from '../../catalogue';
import { MODEL_FIELDS, type Words, type WordsByName } from '../../fields/words';
import { choiceOf, parameter } from '../../tasks/context/parameters';
import { chosenOperation } from '../tableOperation';
import { subjectPicker } from './subjectPicker';

/** The models whose subjects may be videos. */
const videoModels = () =>
	rowsOf('vidu', 'referenceSubjects')
		.filter(({ fields }) => (fields.subjects.subjects?.maxVideos ?? 0) > 0)
		.map(({ model }) => model);

const subject = (): WordsByName => ({
	name: {
		placeholder: 'e.g. cat',
		description: 'The prompt speaks of the subject by this name, as @cat',
	},
	images: {
		placeholder: 'e.g. https://example.com/cat.png',
		description: 'Up to 3 pictures of the subject, from several sides',
	},
	serverId: subjectPicker,
	videos: {
		placeholder: 'e.g. https://example.com/cat.mp4',
		description: 'A video of 5 seconds in place of pictures',
		property: { displayOptions: { show: { '/model': videoModels() } } },
	},
	voiceId: {
		placeholder: 'e.g. English_Aussie_Bloke',
		description:
			"The subject's voice, when the video is made with audio. Without it the model chooses.",
	},
});

const subjects = (): Words => ({
	placeholder: 'Add Subject',
	description:
		'Characters or things that keep their looks through the clip. The prompt calls them by @name.',
	fields: subject(),
	property: {
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Subject' },
		default: { subject: [{ name: '', imageUrls: [] }] },
	},
});

export const referenceToVideo = chosenOperation({
	name: 'referenceToVideo',
	makes: 'video',
	chooser: () => ({
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
	}),
	conditions: [
		{ kind: 'referenceSubjects', show: { referenceType: ['subjects'] } },
		{ kind: 'referenceMedia', show: { referenceType: ['media'] } },
	],
	kindOf: (context, itemIndex) => {
		const given = parameter(context, 'referenceType', itemIndex);
		const type = choiceOf(given, 'Reference Type', ['subjects', 'media']);
		return type === 'media' ? 'referenceMedia' : 'referenceSubjects';
	},
	fields: () => ({
		subjects: subjects(),
		images: {
			placeholder: 'e.g. https://example.com/scene.png',
			description: 'Up to 7 reference pictures',
		},
		videos: {
			placeholder: 'e.g. https://example.com/motion.mp4',
			description: 'Reference videos: one of up to 8 seconds, or two of up to 5',
		},
		prompt: {
			lines: 4,
			placeholder:
				'e.g. @cat jumps over a puddle and looks back at @robot, sunny street, slow motion',
			description: 'What happens in the clip. Call subjects by @name.',
		},
		...MODEL_FIELDS,
	}),
});
