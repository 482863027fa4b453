/**
 * The operations beside the clips of `ModelRow`: what each field of a request takes. Data only;
 * where the values were read, and where sources disagree, is said beside each row.
 * Fields go by their names in the nodes; a provider spells them its own way.
 */
import type { LackedField } from '../types';

export type OperationKind =
	| 'cloneVoice'
	| 'createSubject'
	| 'digitalHuman'
	| 'extend'
	| 'lipSync'
	| 'motionSync'
	| 'multiFrame'
	| 'recommend'
	| 'referenceToImage'
	| 'template'
	| 'templateStory'
	| 'textToAudio'
	| 'textToSpeech'
	| 'timingToAudio'
	| 'updateSubject'
	| 'upscale';

/** What holds for any kind of field. */
interface AnyRule {
	readonly required?: true;
	/** The field exists only where another field has this value. */
	readonly onlyWith?: { readonly field: string; readonly value: string };
}

/** Lengths in characters. */
export interface TextRule extends AnyRule {
	readonly kind: 'text';
	readonly min?: number;
	readonly max?: number;
	/** A Chinese character counts as two. */
	readonly wide?: true;
	/** Spoken: `<#x#>` is a pause of x seconds. */
	readonly spoken?: true;
	/** The form that it must have, and that form in words. */
	readonly form?: { readonly pattern: RegExp; readonly words: string };
}

export interface NumberRule extends AnyRule {
	readonly kind: 'number';
	readonly min: number;
	readonly max: number;
	readonly whole?: true;
	/** What the provider takes when nothing is given. */
	readonly preset: number;
}

export interface ChoiceRule extends AnyRule {
	readonly kind: 'choice';
	readonly values: readonly string[];
	readonly preset: string;
}

/** Several of the values. */
export interface ChoicesRule extends AnyRule {
	readonly kind: 'choices';
	readonly values: readonly string[];
	readonly preset: readonly string[];
}

/** Public http or https addresses. Without `max` one, given as a text; with it a list. */
export interface UrlRule extends AnyRule {
	readonly kind: 'url';
	readonly max?: number;
}

/** Any number of texts. */
export interface TextsRule extends AnyRule {
	readonly kind: 'texts';
}

/** What a picture may be, where it is not as everywhere at Vidu. Sides in pixels, size in bytes. */
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
}

/** A list of pictures; with a `max` of 1 the node has a field for one. */
export interface ImagesRule extends AnyRule {
	readonly kind: 'images';
	readonly min: number;
	readonly max: number;
	/** More are needed where another field has this value. */
	readonly moreWith?: { readonly field: string; readonly value: string; readonly min: number };
}

/** A list of rows with fields of their own. */
export interface ListRule extends AnyRule {
	readonly kind: 'list';
	readonly min: number;
	readonly max: number;
	readonly of: FieldRules;
	/** The number fields between which a row lies: the first before the second, and that not after `end`. */
	readonly span?: { readonly from: string; readonly to: string; readonly end: string };
}

export type FieldRule =
	| ChoiceRule
	| ChoicesRule
	| ImageRule
	| ImagesRule
	| ListRule
	| NumberRule
	| TextRule
	| TextsRule
	| UrlRule;

export type FieldRules = Readonly<Record<string, FieldRule>>;

/** Options that several operations share with the clips. */
export type SharedOption = Exclude<LackedField, 'serverId'> | 'bgm' | 'seed';

/** Credits by resolution. */
type ByResolution = Readonly<Record<string, number>>;

/** How the credits come about. */
export type OperationPrice =
	| { readonly by: 'task'; readonly credits: number }
	/** Of each part: its first second, and every further one. */
	| {
			readonly by: 'parts';
			readonly rates: Readonly<Record<string, readonly [first: number, further: number]>>;
	  }
	/** For each begun `every` seconds of a file that only the provider knows the length of. */
	| {
			readonly by: 'source';
			readonly credits: number | ByResolution;
			readonly every: number;
			/** Seconds. */
			readonly longest: number;
	  }
	/** For each begun `every` characters of the text, besides the `base`. */
	| {
			readonly by: 'characters';
			readonly base: number;
			readonly credits: number;
			readonly every: number;
	  }
	/** By the number of pictures given: the first entry whose `upTo` is not below it. */
	| {
			readonly by: 'pictures';
			readonly rates: ReadonlyArray<{ readonly upTo: number; readonly credits: ByResolution }>;
	  }
	/** By the length in seconds. */
	| {
			readonly by: 'length';
			readonly below: number;
			readonly credits: number;
			readonly otherwise: number;
	  }
	/** For each begun `every` prompts: so many of each type. */
	| { readonly by: 'prompts'; readonly credits: number; readonly every: number };

export interface OperationRow {
	readonly task: OperationKind;
	/** Null where the operation has no models. */
	readonly model: string | null;
	readonly fields: FieldRules;
	/** Groups of fields of which just one has to be given. */
	readonly oneOf?: ReadonlyArray<readonly string[]>;
	/** At least one of these fields has to be given. */
	readonly someOf?: readonly string[];
	readonly options: readonly SharedOption[];
	/** Null: no price is documented. */
	readonly price: OperationPrice | null;
}
