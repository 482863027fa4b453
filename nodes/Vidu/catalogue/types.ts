/** The types of the catalogue. Data only, independent of n8n. */
import type { ChoiceRule, FieldName, Rules, SecondsRule, TextRule } from './rules';

/** Provider IDs, as stored in the credential. */
export type ProviderId = 'vidu' | 'octopusx' | 'kkiai' | 'vtrix' | 'jiekou' | 'custom';

/** Vidu's two regions: separate accounts, hosts and price lists. */
export type Region = 'global' | 'china';

/** What every clip needs. */
type Clip = 'prompt' | 'duration' | 'resolution';
/** An existing video. */
type Source = 'videoCreationId' | 'videoUrl';
/** What a person says. */
type Speech = 'audioUrl' | 'text' | 'voiceId';
type SubjectMedia = 'images' | 'videos' | 'voiceId';

/**
 * Each kind of request, with the fields for which all its rows need rules, and the panel words.
 * Only some models or providers have other fields. Reference to video is two kinds, because its two
 * request bodies exclude each other.
 */
export interface Kinds {
	referenceSubjects: 'subjects' | Clip;
	referenceMedia: 'images' | Clip;
	imageToVideo: 'images' | Clip;
	startEndToVideo: 'startImage' | 'endImage' | Clip;
	textToVideo: Clip;
	cloneVoice: 'audioUrl' | 'voiceId' | 'text' | 'promptAudioUrl' | 'promptText';
	createSubject: 'name' | SubjectMedia;
	digitalHuman: 'image' | Speech | 'prompt' | 'resolution';
	extend: Source | 'prompt' | 'endImage' | 'duration' | 'resolution';
	lipSync: 'videoUrl' | Speech | 'speed' | 'volume' | 'faceImage';
	motionSync: 'image' | 'videoUrl';
	multiFrame: 'startImage' | 'keyFrames' | 'resolution';
	recommend: 'images' | 'types' | 'count' | 'resolution';
	referenceToImage: 'prompt' | 'images' | 'aspectRatio' | 'resolution';
	template: 'template' | 'images' | 'prompt' | 'aspectRatio' | 'area' | 'beast';
	templateStory: 'story' | 'images';
	textToAudio: 'prompt' | 'duration';
	textToSpeech: 'text' | 'voiceId' | 'speed' | 'volume' | 'pitch' | 'emotion' | 'pronunciations';
	timingToAudio: 'timingPrompts' | 'duration';
	updateSubject: 'subjectId' | 'name' | SubjectMedia | 'style' | 'description';
	upscale: Source | 'upscaleResolution';
}

export type Kind = keyof Kinds;

/** The kinds that make a clip with a model and a duration. */
export const VIDEO_KINDS = [
	'referenceSubjects',
	'referenceMedia',
	'imageToVideo',
	'startEndToVideo',
	'textToVideo',
] as const satisfies readonly Kind[];
export type VideoKind = (typeof VIDEO_KINDS)[number];

/** Credits per region if the price lists differ, else one number for both. */
export type Credits = number | { readonly global: number; readonly china: number };

/**
 * The price of one resolution, in credits.
 * `firstSeconds[i]` is the total for a clip of `i + 1` seconds; every further second adds `perSecond`.
 * A fixed price has `firstSeconds` of length 1 and `perSecond` 0.
 */
export interface ResolutionPrice {
	readonly firstSeconds: readonly Credits[];
	readonly perSecond: Credits;
	/** Totals, computed the same way, for off-peak. Absent: the normal total halved and rounded up. */
	readonly offPeak?: { readonly firstSeconds: readonly Credits[]; readonly perSecond: Credits };
}

/** Credits by resolution. */
export type ByResolution = Readonly<Record<string, number>>;

/** The price of a clip, or of each part of one, by seconds and resolution. */
export interface ClipPrice {
	readonly by: 'seconds';
	readonly byResolution: Readonly<Record<string, ResolutionPrice>>;
	/** Added per task with audio. */
	readonly audioSurcharge?: number;
}

/** How a price is computed. */
export type Price =
	| ClipPrice
	| { readonly by: 'task'; readonly credits: number }
	/** For each started `every` seconds of a file whose length only the provider knows. */
	| {
			readonly by: 'source';
			readonly credits: number | ByResolution;
			readonly every: number;
			/** Seconds. */
			readonly longest: number;
	  }
	/** For each started `every` characters of the text, plus the `base`. */
	| {
			readonly by: 'characters';
			readonly base: number;
			readonly credits: number;
			readonly every: number;
	  }
	/** By the number of images: the first entry whose `upTo` is not below it. */
	| {
			readonly by: 'images';
			readonly rates: ReadonlyArray<{ readonly upTo: number; readonly credits: ByResolution }>;
	  }
	/** By the length in seconds. */
	| {
			readonly by: 'length';
			readonly below: number;
			readonly credits: number;
			readonly otherwise: number;
	  }
	/** For each started `every` prompts. */
	| { readonly by: 'prompts'; readonly credits: number; readonly every: number };

/**
 * One model for one kind: what the provider accepts, and its price, with the source in a comment. A
 * field without a rule in `fields` does not exist there.
 */
export interface Row {
	readonly kind: Kind;
	/** Vidu's name of the model; null if the kind has no models. */
	readonly model: string | null;
	readonly fields: Rules;
	/** Groups of fields of which exactly one must be set. */
	readonly oneOf?: ReadonlyArray<readonly FieldName[]>;
	/** At least one of these fields must be set. */
	readonly someOf?: readonly FieldName[];
	/** Null: no price is documented. */
	readonly price: Price | null;
	/** The limits are second-hand: what exceeds them is sent with a hint, as with Unknown Values. */
	readonly unconfirmed?: true;
}

/** The row of a clip. */
export interface ClipRow extends Row {
	readonly kind: VideoKind;
	readonly model: string;
	readonly fields: Rules & {
		readonly prompt: TextRule;
		readonly duration: SecondsRule;
		readonly resolution: ChoiceRule;
	};
	readonly price: ClipPrice | null;
}

/** The rules of a row of this kind, including all fields that the kind needs. */
export type RulesOf<K extends Kind> = Rules & Required<Pick<Rules, Kinds[K]>>;

/** A row of this kind. */
export type RowOf<K extends Kind> = K extends VideoKind
	? ClipRow & { readonly kind: K; readonly fields: RulesOf<K> }
	: Row & { readonly kind: K; readonly fields: RulesOf<K> };

/** The rows of each kind, the recommended model first; created on demand, because n8n loads every node at startup. */
export type Offer = { readonly [K in Kind]: () => ReadonlyArray<RowOf<K>> };
