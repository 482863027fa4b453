/**
 * Reference to video: subjects that keep their look, or reference media, and a prompt.
 * Source: platform.vidu.com/docs/reference-to-video; its two request bodies exclude each other.
 */
import { rowsOf } from '../../catalogue';
import { VOICE_LIST } from '../../fields/links';
import { OTHER_MODEL } from '../../fields/rows';
import { MODEL_FIELDS, type Words, type WordsByName } from '../../fields/words';
import { choiceOf, parameter } from '../../tasks/context/parameters';
import { subjectPicker } from '../subject/picker';
import { chosenOperation } from '../tableOperation';

/** The models whose subjects may be videos. */
const videoModels = () => [
	...rowsOf('vidu', 'referenceSubjects')
		.filter(({ fields }) => (fields.subjects.subjects?.maxVideos ?? 0) > 0)
		.map(({ model }) => model),
	OTHER_MODEL,
];

const subject = (): WordsByName => ({
	name: {
		placeholder: 'e.g. cat',
		description: 'Mention the subject in the prompt by this name, such as @cat',
	},
	images: {
		placeholder: 'e.g. https://example.com/cat.png',
		description: 'Up to 3 images of the subject, from several sides',
	},
	serverId: subjectPicker,
	videos: {
		placeholder: 'e.g. https://example.com/cat.mp4',
		description: 'Video of the subject, up to 5 seconds, instead of images',
		property: { displayOptions: { show: { '/model': videoModels() } } },
	},
	voiceId: {
		placeholder: 'e.g. English_Aussie_Bloke',
		description: `Voice of the subject, if the video has audio: from ${VOICE_LIST}, or a cloned one. Without it the model chooses one.`,
	},
});

/** The subjects of a video, and of the shots of a film. */
export const subjects = (): Words => ({
	placeholder: 'Add Subject',
	description:
		'Characters or products that keep their look in the video. Mention them in the prompt by @name.',
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
					'Named characters or products with their own images, mentioned in the prompt by @name',
			},
			{
				name: 'Media',
				value: 'media',
				description: 'Images (videos, sounds) that show what the video should look like',
			},
		],
		description: 'References to use in addition to the prompt',
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
			description: 'Up to 7 reference images, with Vidu Q4 up to 15',
		},
		sounds: {
			placeholder: 'e.g. https://example.com/voice.mp3',
			description: 'Up to 3 reference sounds (MP3, 3 to 12 seconds), "audio 1" in the prompt',
		},
		videos: {
			placeholder: 'e.g. https://example.com/motion.mp4',
			description: 'Reference videos, one of up to 8 seconds or two of up to 5',
		},
		prompt: {
			lines: 4,
			placeholder:
				'e.g. @cat jumps over a puddle and looks back at @robot, sunny street, slow motion',
			description: 'What happens in the video. Mention subjects by @name.',
		},
		...MODEL_FIELDS,
	}),
});
