/** Duration, resolution and aspect ratio against the model. */
import { defaultResolutionAt, resolutionsAt } from '../../catalogue';
import type { Case } from './case';

/** What every model makes unless asked otherwise. */
const USUAL_RATIO = '16:9';

/** Fills in the model's duration and resolution, and checks those given. */
export function checkDurationAndResolution({ row, who, draft, problems }: Case): void {
	draft.duration ??= row.defaultDuration;
	const { duration } = draft;
	if (!row.durations.includes(duration)) {
		problems.push(`"Duration" is ${duration}, but ${who} takes ${durationsText(row.durations)}`);
	}

	draft.resolution ??= defaultResolutionAt(row, duration);
	const resolutions = resolutionsAt(row, duration);
	if (!resolutions.includes(draft.resolution)) {
		const at = row.resolutionsAt?.[duration] ? ` at ${duration} s` : '';
		problems.push(
			`"Resolution" is ${draft.resolution}, but ${who} takes ${resolutions.join(', ')}${at}`,
		);
	}
}

/** Fills in the model's aspect ratio, and checks one given. */
export function checkAspectRatio({ row, who, draft, problems, hints }: Case): void {
	const value = draft.aspectRatio;
	if (row.aspectRatios === null) {
		delete draft.aspectRatio;
		if (value === undefined) return;
		// The node shows Vidu's own fields, whose default a user cannot take away.
		if (value === USUAL_RATIO) hints.push(`"Aspect Ratio" is left out: ${who} has no such field`);
		else problems.push(`"Aspect Ratio" is ${value}, but ${who} has no such field`);
		return;
	}
	draft.aspectRatio ??= row.defaultAspectRatio ?? undefined;
	const ratio = draft.aspectRatio;
	if (ratio === undefined || row.aspectRatios.includes(ratio)) return;
	if (row.anyAspectRatio && /^[1-9]\d{0,3}:[1-9]\d{0,3}$/.test(ratio)) return;
	if (row.disputedAspectRatios?.includes(ratio)) {
		hints.push(
			`Some documents allow the aspect ratio ${ratio} for ${row.model}, the current one does not`,
		);
		return;
	}
	const others = row.anyAspectRatio ? ', or any other ratio such as 21:9' : '';
	problems.push(
		`"Aspect Ratio" is ${ratio}, but ${who} takes ${row.aspectRatios.join(', ')}${others}`,
	);
}

/** Durations for people: "1–10 s, or 0 for automatic", "4 or 8 s". */
export function durationsText(durations: readonly number[]): string {
	const seconds = durations.filter((value) => value !== 0);
	const [first, last] = [seconds[0], seconds.at(-1)];
	const gapless = seconds.every((value, i) => i === 0 || value === (seconds[i - 1] ?? 0) + 1);
	const text = gapless && seconds.length > 2 ? `${first}–${last}` : seconds.join(' or ');
	return durations.includes(0) ? `${text} s, or 0 for automatic` : `${text} s`;
}
