/** The values of a request, typed by the rules of their fields. */
import type {
	ChoiceRule,
	ChoicesRule,
	FieldName,
	ImageRule,
	ImagesRule,
	ListRule,
	NumberRule,
	RecordingsRule,
	Rules,
	SecondsRule,
	SwitchRule,
	TextsRule,
} from './rules';

/** The type of a field's value by its rule. `Media` is the type of an image, video or sound. */
type ValueOf<R, Media> = R extends NumberRule | SecondsRule
	? number
	: R extends SwitchRule
		? boolean
		: R extends ChoiceRule<number>
			? number
			: R extends ImageRule
				? Media
				: R extends ImagesRule | RecordingsRule
					? readonly Media[]
					: R extends ListRule
						? ReadonlyArray<Values<Media>>
						: R extends ChoicesRule | TextsRule
							? readonly string[]
							: string;

/**
 * The values of a request by field; unset ones are undefined. Media are sent as a public URL, a data
 * URI or, images only, an `ssupload:` URI; before that they may also be files of the item.
 */
export type Values<Media = string> = {
	readonly [F in FieldName]?: ValueOf<NonNullable<Rules[F]>, Media>;
};
