/**
 * What a field of a request takes. Data only. Fields go by their names in the nodes; the labels are
 * in `labels.ts`, the providers spell them their own way.
 */

/** What holds for any kind of field. */
interface AnyRule {
	readonly required?: true;
	/** Sent only when it is set: the panel shows it among the options, and no default is filled in. */
	readonly option?: true;
	/** Accepted and ignored: it is left out, with a hint. */
	readonly noEffect?: true;
	/** Takes effect only when audio is on: else it is left out, with a hint. */
	readonly needsAudio?: true;
	/** The field exists only where another field has this value. */
	readonly onlyWith?: { readonly field: FieldName; readonly value: string };
}

/** Lengths in characters. */
export interface TextRule extends AnyRule {
	readonly kind: 'text';
	readonly min?: number;
	readonly max?: number;
	/** A hint above: some document gives this lower limit. */
	readonly hintAbove?: number;
	/** A Chinese character counts as two. */
	readonly wide?: true;
	/** Spoken: `<#x#>` is a pause of x seconds. */
	readonly spoken?: true;
	/** Travels as it is, to the last space; objects are sent as JSON. */
	readonly verbatim?: true;
	/** A JSON object. */
	readonly json?: true;
	/** Chosen from a list, or given by its ID: n8n's resource locator. */
	readonly picked?: true;
	/** The prompt mentions it as @text, and it may be given so. */
	readonly mentioned?: true;
	/** The form that it must have, and that form in words. */
	readonly form?: { readonly pattern: RegExp; readonly words: string };
}

export interface NumberRule extends AnyRule {
	readonly kind: 'number';
	readonly min?: number;
	readonly max?: number;
	readonly whole?: true;
	/** What the provider takes when nothing is given. */
	readonly default: number;
}

/** A duration, in seconds. */
export interface SecondsRule extends AnyRule {
	readonly kind: 'seconds';
	/** Ascending; 0 means that the model chooses. */
	readonly values: readonly number[];
	readonly default: number;
}

export interface ChoiceRule<T extends string | number = string> extends AnyRule {
	readonly kind: 'choice';
	readonly values: readonly T[];
	readonly default: T;
	/** Where the values depend on the duration: the exceptions, by seconds. */
	readonly at?: Readonly<Record<number, readonly T[]>>;
	/** Any other ratio `w:h` as well; `values` are the usual ones. */
	readonly anyRatio?: true;
	/** Values that some document allows and the current official one does not: a hint, not an error. */
	readonly disputed?: readonly T[];
}

/** Several of the values. */
export interface ChoicesRule extends AnyRule {
	readonly kind: 'choices';
	readonly values: readonly string[];
	readonly default: readonly string[];
}

export interface SwitchRule extends AnyRule {
	readonly kind: 'switch';
	readonly default: boolean;
	/** May be on only when audio is on, or only when it is off. */
	readonly withAudio?: boolean;
	/** Durations in seconds at which it does not take effect. */
	readonly notAt?: readonly number[];
}

/** A public http or https address. */
export interface UrlRule extends AnyRule {
	readonly kind: 'url';
	/** The provider posts to it, instead of fetching a file from it. */
	readonly posted?: true;
}

/** A list of addresses of videos; with a `max` of 1 the node has a field for one. */
export interface UrlsRule extends AnyRule {
	readonly kind: 'urls';
	readonly max: number;
	/** Data URIs as well. */
	readonly inline?: true;
}

/** Any number of texts. */
export interface TextsRule extends AnyRule {
	readonly kind: 'texts';
}

/** What an image may be, where it is not as everywhere at Vidu. Sides in pixels, size in bytes. */
export interface ImageLimits {
	readonly minSide: number;
	readonly maxSide?: number;
	/** The longer side over the shorter one. */
	readonly maxRatio: number;
	readonly maxBytes: number;
}

export interface ImageRule extends AnyRule {
	readonly kind: 'image';
	readonly limits?: ImageLimits;
	/** The pixels of the start image over those of this one lie in this range. */
	readonly likeStart?: readonly [min: number, max: number];
}

/** A list of images; with a `max` of 1 the node has a field for one. */
export interface ImagesRule extends AnyRule {
	readonly kind: 'images';
	readonly min: number;
	readonly max: number;
	/** At most so many beside reference videos. */
	readonly maxWithVideos?: number;
	/** More are needed where another field has this value. */
	readonly moreWith?: { readonly field: FieldName; readonly value: string; readonly min: number };
}

/** What holds for subjects together. */
export interface SubjectLimits {
	/** Subjects that are a video; 0 where the model takes none. */
	readonly maxVideos: number;
	/** Subjects that are no video, where they have a limit of their own. */
	readonly maxStills?: number;
	/** Images of all subjects together. */
	readonly maxImages?: number;
}

/** A list of rows with fields of their own. */
export interface ListRule extends AnyRule {
	readonly kind: 'list';
	readonly min: number;
	readonly max: number;
	readonly of: Rules;
	/** The rows are times: each begins before it ends, and ends within this field. */
	readonly within?: 'duration';
	/** The rows are subjects, which the prompt mentions by name. */
	readonly subjects?: SubjectLimits;
}

/** The rules of a request, or of a row in a list: of each field that it may have. */
export interface Rules {
	readonly area?: ChoiceRule;
	readonly aspectRatio?: ChoiceRule;
	readonly audio?: SwitchRule;
	readonly audioType?: ChoiceRule;
	readonly audioUrl?: UrlRule;
	readonly autoSubjects?: SwitchRule;
	readonly beast?: ChoiceRule;
	readonly bgm?: SwitchRule;
	readonly callbackUrl?: UrlRule;
	readonly count?: NumberRule;
	readonly description?: TextRule;
	readonly duration?: SecondsRule | NumberRule;
	readonly emotion?: ChoiceRule;
	readonly endImage?: ImageRule | ImagesRule;
	readonly faceImage?: ImageRule;
	readonly from?: NumberRule;
	readonly image?: ImageRule;
	readonly images?: ImagesRule;
	/** Has the provider write the prompt. */
	readonly isRec?: SwitchRule;
	readonly keyFrames?: ListRule;
	readonly metaData?: TextRule;
	readonly movementAmplitude?: ChoiceRule;
	readonly name?: TextRule;
	readonly offPeak?: SwitchRule;
	readonly payload?: TextRule;
	readonly pitch?: NumberRule;
	readonly prompt?: TextRule;
	readonly promptAudioUrl?: UrlRule;
	readonly promptText?: TextRule;
	readonly pronunciations?: TextsRule;
	readonly resolution?: ChoiceRule;
	readonly seed?: NumberRule;
	/** Of a subject in the provider's library. */
	readonly serverId?: TextRule;
	readonly speed?: NumberRule;
	readonly startImage?: ImageRule;
	readonly story?: ChoiceRule;
	readonly style?: ChoiceRule | TextRule;
	readonly subjectId?: TextRule;
	readonly subjects?: ListRule;
	readonly template?: TextRule;
	readonly text?: TextRule;
	readonly timingPrompts?: ListRule;
	readonly to?: NumberRule;
	readonly types?: ChoicesRule;
	readonly upscaleResolution?: ChoiceRule;
	readonly videoCreationId?: TextRule;
	readonly videos?: UrlsRule;
	readonly videoUrl?: UrlRule;
	readonly voiceId?: TextRule;
	readonly volume?: NumberRule;
	readonly watermark?: SwitchRule;
	readonly wmPosition?: ChoiceRule<number>;
	readonly wmUrl?: UrlRule;
}

export type FieldName = keyof Rules;
export type Rule = NonNullable<Rules[FieldName]>;

/** The fields of rules, in their order, with the rule of each. */
export function entriesOf(rules: Rules): Array<readonly [FieldName, Rule]> {
	return Object.entries(rules).flatMap(([name, rule]: [string, Rule | undefined]) =>
		rule === undefined ? [] : [[name as FieldName, rule] as const],
	);
}

/** What a field holds that follows a rule. `Media` is what stands for an image. */
type ValueOf<R, Media> = R extends NumberRule | SecondsRule
	? number
	: R extends SwitchRule
		? boolean
		: R extends ChoiceRule<number>
			? number
			: R extends ImageRule
				? Media
				: R extends ImagesRule
					? readonly Media[]
					: R extends ListRule
						? ReadonlyArray<Values<Media>>
						: R extends ChoicesRule | TextsRule | UrlsRule
							? readonly string[]
							: string;

/**
 * What is asked for, by the names of the fields; what is not given is undefined. An image is on the
 * wire a public URL, a data URI or an `ssupload:` URI; before that also a binary field of the item.
 */
export type Values<Media = string> = {
	readonly [F in FieldName]?: ValueOf<NonNullable<Rules[F]>, Media>;
};
