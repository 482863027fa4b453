/** A model as the catalogue knows it, as flat JSON: what a sheet, a form or an agent needs to choose well. */
import { describeModel, estimate, kindLabel, rowsOf } from '../../catalogue';
import { moneyOf } from '../../catalogue/money';
import { entriesOf } from '../../catalogue/rules';
import type { Region, Row } from '../../catalogue/types';
import type { Provider } from '../../providers/types';
import { MONEY } from '../../tasks/deliver/fields';
import {
	listOf,
	NUMBER,
	objectOf,
	orNull,
	providersOwn,
	SWITCH,
	TEXT,
	type ItemOf,
} from '../../tasks/deliver/schema';
import { pricesOf } from './prices';

export const MODEL_FIELDS = {
	provider: TEXT,
	model: orNull(TEXT),
	name: TEXT,
	description: TEXT,
	kind: TEXT,
	kindName: TEXT,
	recommended: SWITCH,
	durations: listOf(NUMBER),
	automaticDuration: SWITCH,
	defaultDuration: orNull(NUMBER),
	resolutions: listOf(TEXT),
	resolutionsAt: orNull(providersOwn({})),
	defaultResolution: orNull(TEXT),
	aspectRatios: listOf(TEXT),
	anyAspectRatio: SWITCH,
	defaultAspectRatio: orNull(TEXT),
	audio: SWITCH,
	defaultAudio: orNull(SWITCH),
	offPeak: orNull(TEXT),
	promptRequired: SWITCH,
	maxPromptLength: orNull(NUMBER),
	minImages: NUMBER,
	maxImages: NUMBER,
	maxVideos: NUMBER,
	maxSounds: NUMBER,
	maxSubjects: NUMBER,
	maxKeyFrames: NUMBER,
	fields: listOf(TEXT),
	defaultCredits: orNull(NUMBER),
	defaultCost: orNull(MONEY),
	offPeakCredits: orNull(NUMBER),
	prices: listOf(objectOf({ credits: NUMBER, per: TEXT, resolution: orNull(TEXT) })),
	priceNote: orNull(TEXT),
};

/** One model for one kind, at a provider and by a region's price list. */
export function modelItem(
	row: Row,
	{ id, name }: Provider,
	region: Region,
): ItemOf<typeof MODEL_FIELDS> {
	const { kind, model, fields } = row;
	const [recommended] = rowsOf(id, kind);
	const limits = limitsOf(row);
	const images = Array.from({ length: limits.minImages }, () => '');
	const { defaultDuration: duration, defaultResolution: resolution, defaultAudio: audio } = limits;
	const usual = withoutNull({ duration, resolution, audio, images });
	const { credits } = estimate(row, usual, region);
	const withAudio = fields.offPeak?.withAudio;
	const offPeak = estimate(row, { ...usual, audio: withAudio, offPeak: true }, region);
	const cost = moneyOf(id, region, credits);
	const prices = pricesOf(row, region);
	return {
		provider: id,
		model,
		...describeModel(model ?? ''),
		kind,
		kindName: kindLabel(kind),
		recommended: recommended?.model === model,
		...limits,
		fields: entriesOf(fields).flatMap(([field, { noEffect }]) => (noEffect ? [] : [field])),
		defaultCredits: credits,
		defaultCost: cost && { ...cost },
		offPeakCredits: withAudio === undefined ? null : offPeak.credits,
		prices: prices.map((price) => ({ ...price })),
		priceNote: priceNote(id === 'vidu', prices.length > 0, name),
	};
}

/** A null says that the model has no such field, or no such limit. */
function limitsOf({ fields }: Row) {
	const { duration, resolution, aspectRatio, audio, offPeak, prompt, subjects, keyFrames } = fields;
	const seconds = secondsOf(duration);
	const single = entriesOf(fields).filter(([, { kind, option }]) => kind === 'image' && !option);
	return {
		durations: seconds.filter((each) => each > 0),
		automaticDuration: seconds.includes(0),
		defaultDuration: duration?.default ?? null,
		resolutions: [...(resolution?.values ?? [])],
		/** Where a duration allows fewer. */
		resolutionsAt: resolution?.at ? { ...resolution.at } : null,
		defaultResolution: resolution?.default ?? null,
		aspectRatios: [...(aspectRatio?.values ?? [])],
		anyAspectRatio: aspectRatio?.anyRatio ?? false,
		defaultAspectRatio: aspectRatio?.default ?? null,
		audio: audio !== undefined,
		defaultAudio: audio?.default ?? null,
		offPeak: offPeak?.withAudio === undefined ? null : offPeakOf(offPeak.withAudio),
		promptRequired: prompt?.required ?? false,
		maxPromptLength: prompt?.max ?? null,
		minImages: fields.images?.min ?? single.length,
		maxImages: fields.images?.max ?? single.length,
		maxVideos: fields.videos?.max ?? subjects?.subjects?.maxVideos ?? 0,
		maxSounds: fields.sounds?.max ?? 0,
		maxSubjects: subjects?.max ?? 0,
		maxKeyFrames: keyFrames?.max ?? 0,
	};
}

const offPeakOf = (withAudio: boolean) => (withAudio ? 'with audio only' : 'without audio only');

/** 0: the model chooses. */
function secondsOf(duration: Row['fields']['duration']): readonly number[] {
	if (duration?.kind !== 'number') return duration?.values ?? [];
	const { min = 1, max = min } = duration;
	return Array.from({ length: max - min + 1 }, (_, index) => min + index);
}

function withoutNull<T extends object>(given: T) {
	const set = Object.entries(given).filter(([, value]) => value !== null);
	return Object.fromEntries(set) as { [K in keyof T]?: NonNullable<T[K]> };
}

function priceNote(isVidu: boolean, isKnown: boolean, provider: string): string | null {
	if (!isKnown) return `${provider} documents no price in credits for this`;
	return isVidu
		? null
		: `The credits are from Vidu's price list; ${provider} may charge differently`;
}
