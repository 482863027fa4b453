/**
 * Holds a draft against the catalogue, before anything is sent. Pure.
 *
 * Rule that must not regress: nothing is clamped or cut. A value that the model does not take is a
 * problem that names the field, the value, the model, the provider and what is allowed. A field that
 * a model accepts without effect is left out, with a hint.
 */
import type { VideoKind, ModelRow } from '../../catalogue/types';
import type { Case } from './case';
import { checkAudio, checkFields, checkLacked } from './fields';
import { checkAspectRatio, checkDurationAndResolution } from './format';
import { checkImages, checkSubjects, checkVideos } from './media';
import { checkPrompt, checkRest } from './text';
import type { Draft } from '../../media/input';

export interface Checked {
	/** The draft with the model's defaults filled in and ineffective fields left out. */
	readonly draft: Draft;
	/** Sentences; empty when the draft may be sent. */
	readonly problems: readonly string[];
	/** Sentences for the user that stop nothing. */
	readonly hints: readonly string[];
}

/** How each task is spoken of. */
const TASK_NAMES: Readonly<Record<VideoKind, string>> = {
	referenceSubjects: 'reference to video with subjects',
	referenceMedia: 'reference to video with media',
	imageToVideo: 'image to video',
	startEndToVideo: 'start and end to video',
	textToVideo: 'text to video',
};

/** A task as it is spoken of in messages. */
export function taskName(task: VideoKind): string {
	return TASK_NAMES[task];
}

/** In the order in which the panel shows the fields that they speak of. */
const CHECKS: ReadonlyArray<(given: Case) => void> = [
	checkDurationAndResolution,
	checkAspectRatio,
	checkAudio,
	checkFields,
	checkLacked,
	checkPrompt,
	checkSubjects,
	checkImages,
	checkVideos,
	checkRest,
];

/** Checks one item's draft against its row. `providerName` as shown to the user; `baseUrl` where the provider is. */
export function checkDraft(
	row: ModelRow,
	given: Draft,
	providerName: string,
	baseUrl = '',
): Checked {
	const who = `${row.model} (${providerName}, ${TASK_NAMES[row.task]})`;
	const checked: Case = { row, who, baseUrl, draft: { ...given }, problems: [], hints: [] };
	for (const check of CHECKS) check(checked);
	return checked;
}
