/** Limits of files and subjects. Sides in pixels, sizes in bytes. */

/** Limits of an image. */
export interface ImageLimits {
	readonly minSide: number;
	readonly maxSide?: number;
	/** The longer side over the shorter one. */
	readonly maxRatio: number;
	readonly maxBytes: number;
	/** A smaller image is a hint, not an error: no document of this kind has the limit. */
	readonly smallIsHint?: true;
}

/** Limits of a video or sound. */
export interface RecordingLimits extends ImageLimits {
	/** The length of one, in seconds. */
	readonly seconds: readonly [min: number, max: number];
	/** The longest of several. */
	readonly maxSecondsOfSeveral?: number;
}

/** Limits of all subjects together. */
export interface SubjectLimits {
	/** Subjects that are videos; 0 if the model accepts none. */
	readonly maxVideos: number;
	/** Subjects that are not videos, if they have their own limit. */
	readonly maxStills?: number;
	/** Subjects that are videos, including those of the library, of which nobody here knows what they are. */
	readonly maxVideosInAll?: number;
	/** Images of all subjects together. */
	readonly maxImages?: number;
	/** No subjects of text, which have a name and a voice only. */
	readonly needsImages?: true;
}
