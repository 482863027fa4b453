/**
 * What a field of a request accepts. Data only. Fields have their names in the nodes; their labels are
 * in `labels.ts`, and the providers translate them.
 */
import type { ImageLimits, RecordingLimits, SubjectLimits } from './limits';

/** What any field can have. */
interface AnyRule {
	readonly required?: true;
	/** Only sent if set: the panel shows it among the options, and no default is filled in. */
	readonly option?: true;
	/** Accepted and ignored: it is omitted, with a hint. */
	readonly noEffect?: true;
	/** Only has an effect with audio: else it is omitted, with a hint. */
	readonly needsAudio?: true;
	/** The field only exists if another field has this value. */
	readonly onlyWith?: { readonly field: FieldName; readonly value: string };
}

/** Lengths in characters. */
export interface TextRule extends AnyRule {
	readonly kind: 'text';
	readonly min?: number;
	readonly max?: number;
	/** Above this a hint is shown: some document has this lower limit. */
	readonly hintAbove?: number;
	/** A Chinese character counts as two. */
	readonly wide?: true;
	/** Spoken: `<#x#>` is a pause of x seconds. */
	readonly spoken?: true;
	/** Sent unchanged, including spaces; objects are sent as JSON. */
	readonly verbatim?: true;
	/** A JSON object. */
	readonly json?: true;
	/** Chosen from a list or by ID: n8n's resource locator. */
	readonly picked?: true;
	/** The prompt mentions it as @text, which is accepted here too. */
	readonly mentioned?: true;
	/** The pattern that it must match, and its description for messages. */
	readonly form?: { readonly pattern: RegExp; readonly words: string };
}

export interface NumberRule extends AnyRule {
	readonly kind: 'number';
	readonly min?: number;
	readonly max?: number;
	readonly whole?: true;
	/** What the provider uses if nothing is set. */
	readonly default: number;
}

/** A duration, in seconds. */
export interface SecondsRule extends AnyRule {
	readonly kind: 'seconds';
	/** Ascending; 0 means that the model chooses. */
	readonly values: readonly number[];
	readonly default: number;
	/** As of a choice. */
	readonly disputed?: readonly number[];
}

export interface ChoiceRule<T extends string | number = string> extends AnyRule {
	readonly kind: 'choice';
	readonly values: readonly T[];
	readonly default: T;
	/** Exceptions at some durations, by seconds. */
	readonly at?: Readonly<Record<number, readonly T[]>>;
	/** Any other ratio `w:h` as well; `values` are the usual ones. */
	readonly anyRatio?: true;
	/** Values that some document allows and the current one does not: a hint, not an error. */
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
	/** Off-peak is possible only with audio (true), or only without (false); absent: never. */
	readonly withAudio?: boolean;
	/** Durations in seconds at which it has no effect. */
	readonly notAt?: readonly number[];
}

/** A public http or https address. */
export interface UrlRule extends AnyRule {
	readonly kind: 'url';
	/** The provider posts to it instead of fetching a file. */
	readonly posted?: true;
}

/** Any number of texts. */
export interface TextsRule extends AnyRule {
	readonly kind: 'texts';
}

/** A list of videos or sounds, as addresses or files; with a `max` of 1 the node has fields for one. */
export interface RecordingsRule extends AnyRule {
	readonly kind: 'recordings';
	readonly type: 'video' | 'audio';
	readonly max: number;
	readonly limits: RecordingLimits;
}

interface AnyImageRule extends AnyRule {
	/** What differs from the usual limits. */
	readonly limits?: Partial<ImageLimits>;
}

export interface ImageRule extends AnyImageRule {
	readonly kind: 'image';
	/** Range of the pixels of the start image divided by those of this one. */
	readonly likeStart?: readonly [min: number, max: number];
}

/** A list of images; with a `max` of 1 the node has a field for one. */
export interface ImagesRule extends AnyImageRule {
	readonly kind: 'images';
	readonly min: number;
	readonly max: number;
	/** At most so many together with reference videos. */
	readonly maxWithVideos?: number;
	/** More are needed if another field has this value. */
	readonly moreWith?: { readonly field: FieldName; readonly value: string; readonly min: number };
}

/** A list of rows with their own fields. */
export interface ListRule extends AnyRule {
	readonly kind: 'list';
	readonly min: number;
	readonly max: number;
	readonly of: Rules;
	/** The rows are time spans: each must start before it ends, and end within this field. */
	readonly within?: 'duration';
	/** The rows are subjects, which the prompt mentions by name. */
	readonly subjects?: SubjectLimits;
}

/** The rules of a request, or of a row in a list, by field. */
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
	/** Lets the provider write the prompt. */
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
	/** The ID of a subject in the provider's library. */
	readonly serverId?: TextRule;
	/** Mentioned in the prompt by their order. */
	readonly sounds?: RecordingsRule;
	/** The length of the source, for the price: it is not sent. */
	readonly sourceSeconds?: NumberRule;
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
	readonly videos?: RecordingsRule;
	readonly videoUrl?: UrlRule;
	readonly voiceId?: TextRule;
	readonly volume?: NumberRule;
	readonly watermark?: SwitchRule;
	readonly wmPosition?: ChoiceRule<number>;
	readonly wmUrl?: UrlRule;
}

export type FieldName = keyof Rules;
export type Rule = NonNullable<Rules[FieldName]>;
/** A rule of files. */
export type MediaRule = ImageRule | ImagesRule | RecordingsRule;

/** Whether the values of a field are files. */
export function isMediaRule(rule: Rule): rule is MediaRule {
	return ['image', 'images', 'recordings'].includes(rule.kind);
}

type RuleEntries = ReadonlyArray<readonly [FieldName, Rule]>;

const listed = new WeakMap<Rules, RuleEntries>();

/** The fields of rules with their rule, in order. Every item of a run asks for the same ones. */
export function entriesOf(rules: Rules): RuleEntries {
	const known = listed.get(rules);
	if (known !== undefined) return known;
	const entries = Object.entries(rules).flatMap(([name, rule]: [string, Rule | undefined]) =>
		rule === undefined ? [] : [[name as FieldName, rule] as const],
	);
	listed.set(rules, entries);
	return entries;
}
