/** The shapes of the catalogue. Data only: nothing here knows n8n or sends anything. */

/** Provider ids, as stored in the credential. */
export type ProviderId = 'vidu' | 'octopusx' | 'kkiai' | 'vtrix' | 'jiekou' | 'custom';

/** Vidu's two regions: separate accounts, hosts and price lists. */
export type Region = 'global' | 'china';

/** What a model is asked to do. Reference to video has two bodies that exclude each other. */
export type VideoKind =
	| 'referenceSubjects'
	| 'referenceMedia'
	| 'imageToVideo'
	| 'startEndToVideo'
	| 'textToVideo';

/** Whether a request field works with a model: it does, it is accepted and ignored, or it does not exist. */
export type FieldSupport = 'yes' | 'noEffect' | 'absent';

/** When a model may run off-peak. */
export type OffPeakRule = 'withAudio' | 'withoutAudio' | 'never';

/** Fields of a request, by their names in the draft, that some gateway does not have. */
export type LackedField =
	| 'watermark'
	| 'wmPosition'
	| 'wmUrl'
	| 'payload'
	| 'metaData'
	| 'callbackUrl'
	/** A subject of Vidu's library (`subjects[].server_id`). */
	| 'serverId';

/** Credits per region where the price lists differ, else one number for both. */
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

export interface Price {
	readonly byResolution: Readonly<Record<string, ResolutionPrice>>;
	/** Added per task when the clip is made with audio. */
	readonly audioSurcharge?: number;
}

/** One model at one task: what the provider takes; where that was read is said beside it. Durations in seconds, lengths in characters. */
export interface ModelRow {
	readonly model: string;
	readonly task: VideoKind;
	/** Allowed durations in seconds, ascending; 0 means that the model chooses. */
	readonly durations: readonly number[];
	readonly defaultDuration: number;
	readonly resolutions: readonly string[];
	/** Where the resolutions depend on the duration: the exceptions, by duration in seconds. */
	readonly resolutionsAt?: Readonly<Record<number, readonly string[]>>;
	readonly defaultResolution: string;
	/** Null: the field does not exist. */
	readonly aspectRatios: readonly string[] | null;
	/** True where the document allows any ratio `w:h`; `aspectRatios` are then the usual ones. */
	readonly anyAspectRatio?: true;
	/** Ratios that some document allows and the current official one does not: a hint, not an error. */
	readonly disputedAspectRatios?: readonly string[];
	readonly defaultAspectRatio: string | null;
	/** Null: the field does not exist. */
	readonly audio: { readonly default: boolean } | null;
	readonly audioType: FieldSupport;
	/** The voice of the whole clip (`voice_id` at top level). */
	readonly voice: FieldSupport;
	/** The voice of one subject (`subjects[].voice_id`). */
	readonly subjectVoice: FieldSupport;
	readonly bgm: FieldSupport;
	/** Durations in seconds at which background music does not take effect. */
	readonly bgmNotAt?: readonly number[];
	readonly movementAmplitude: FieldSupport;
	readonly isRec: FieldSupport;
	readonly autoSubjects: FieldSupport;
	/** `general` and `anime`, text to video only. */
	readonly style: FieldSupport;
	readonly offPeak: OffPeakRule;
	/** Fields that Vidu itself always has and that do not exist here. Absent: none is lacking. */
	readonly lacks?: readonly LackedField[];
	readonly prompt: {
		readonly required: boolean;
		/** Refused above. */
		readonly max: number;
		/** A hint above: some document gives this lower limit. */
		readonly hintAbove?: number;
	};
	readonly subjects?: {
		readonly min: number;
		readonly max: number;
		readonly imagesPerSubject: number;
		/** Subjects that are a video; 0 where the model takes none. */
		readonly maxVideoSubjects: number;
		/** Subjects that are no video, where they have a limit of their own below `max`. */
		readonly maxImageSubjects?: number;
		/** Images of all subjects together. */
		readonly maxImages?: number;
	};
	readonly images?: {
		readonly min: number;
		readonly max: number;
		readonly maxWithVideos?: number;
		/** The pixels of the first picture over those of the second lie in this range. */
		readonly alike?: readonly [min: number, max: number];
	};
	/** Reference videos in the media form; absent where the model takes none. */
	readonly videos?: { readonly max: number };
	/** Null: no price is documented. */
	readonly price: Price | null;
}
