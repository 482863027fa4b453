import { rowsOf } from '../../nodes/Vidu/catalogue';
import type { FieldName, Rule } from '../../nodes/Vidu/catalogue/rules';
import { VIDEO_KINDS, type ClipRow, type ProviderId } from '../../nodes/Vidu/catalogue/types';

/** All rows of clips of a provider. */
export const clipRowsOf = (provider: ProviderId): ClipRow[] =>
	VIDEO_KINDS.flatMap((kind): readonly ClipRow[] => rowsOf(provider, kind));

const support = (rule: Rule | undefined) =>
	rule === undefined ? 'absent' : rule.noEffect ? 'noEffect' : 'yes';

/** A row of a clip in the words of the documents, for tests that were written from those. */
export function viewOf({ kind, model, fields, price }: ClipRow) {
	const { duration, resolution, aspectRatio, audio, offPeak, images, videos, prompt } = fields;
	const frames = fields.startImage && { min: 2, max: 2 };
	const of = fields.subjects?.of;
	const without = (...names: FieldName[]) => names.filter((name) => fields[name] === undefined);
	const limits = fields.subjects?.subjects;
	const lacks = [
		...without('watermark', 'wmPosition', 'wmUrl', 'payload', 'metaData', 'callbackUrl'),
		...(of && of.serverId === undefined ? ['serverId'] : []),
	];
	return {
		kind,
		model,
		durations: duration.values,
		defaultDuration: duration.default,
		resolutions: resolution.values,
		resolutionsAt: resolution.at,
		defaultResolution: resolution.default,
		aspectRatios: aspectRatio?.values ?? null,
		anyAspectRatio: aspectRatio?.anyRatio,
		disputedAspectRatios: aspectRatio?.disputed,
		defaultAspectRatio: aspectRatio?.default ?? null,
		audio: audio === undefined ? null : { default: audio.default },
		audioType: support(fields.audioType),
		voice: support(fields.voiceId),
		subjectVoice: support(of?.voiceId),
		bgm: support(fields.bgm),
		bgmNotAt: fields.bgm?.notAt,
		movementAmplitude: support(fields.movementAmplitude),
		isRec: support(fields.isRec),
		autoSubjects: support(fields.autoSubjects),
		style: support(fields.style),
		offPeak:
			offPeak?.withAudio === undefined ? 'never' : offPeak.withAudio ? 'withAudio' : 'withoutAudio',
		lacks: lacks.length > 0 ? lacks : undefined,
		prompt: {
			required: prompt.required ?? false,
			max: prompt.max,
			...(prompt.hintAbove && { hintAbove: prompt.hintAbove }),
		},
		subjects: fields.subjects && {
			min: fields.subjects.min,
			max: fields.subjects.max,
			imagesPerSubject: of?.images?.max,
			maxVideoSubjects: limits?.maxVideos,
			...(limits?.maxStills && { maxImageSubjects: limits.maxStills }),
			...(limits?.maxImages && { maxImages: limits.maxImages }),
		},
		images:
			frames ??
			(images && {
				min: images.min,
				max: images.max,
				...(images.maxWithVideos && { maxWithVideos: images.maxWithVideos }),
			}),
		videos: videos && { max: videos.max },
		price,
	};
}
