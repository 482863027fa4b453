/** Audio, off-peak, and the fields that some models have and others do not. */
import type { FieldSupport, LackedField, ModelRow } from '../../catalogue/types';
import type { Case, Part } from './case';

/** Fields whose support differs by model: how the user knows them, and the value that asks for nothing. */
const SUPPORTED_FIELDS: ReadonlyArray<{
	readonly field:
		| 'audioType'
		| 'autoSubjects'
		| 'bgm'
		| 'isRec'
		| 'movementAmplitude'
		| 'style'
		| 'voiceId';
	readonly label: string;
	readonly support: (row: ModelRow) => FieldSupport;
	readonly idle?: unknown;
	readonly needsAudio?: true;
}> = [
	{ field: 'audioType', label: 'Audio Type', support: (row) => row.audioType, needsAudio: true },
	{
		field: 'autoSubjects',
		label: 'Auto Subjects',
		support: (row) => row.autoSubjects,
		idle: false,
	},
	{ field: 'bgm', label: 'Background Music', support: (row) => row.bgm, idle: false },
	{ field: 'isRec', label: 'Recommended Prompt', support: (row) => row.isRec, idle: false },
	{
		field: 'movementAmplitude',
		label: 'Movement Amplitude',
		support: (row) => row.movementAmplitude,
		idle: 'auto',
	},
	{ field: 'style', label: 'Style', support: (row) => row.style },
	{ field: 'voiceId', label: 'Voice ID', support: (row) => row.voice, needsAudio: true },
];

const CHOICES: ReadonlyArray<{
	readonly field: 'audioType' | 'movementAmplitude' | 'style' | 'wmPosition';
	readonly label: string;
	readonly values: ReadonlyArray<string | number>;
}> = [
	{ field: 'audioType', label: 'Audio Type', values: ['all', 'speech_only', 'sound_effect_only'] },
	{
		field: 'movementAmplitude',
		label: 'Movement Amplitude',
		values: ['auto', 'small', 'medium', 'large'],
	},
	{ field: 'style', label: 'Style', values: ['general', 'anime'] },
	{ field: 'wmPosition', label: 'Watermark Position', values: [1, 2, 3, 4] },
];

/** How the user knows the fields that some gateway lacks. */
const LACKED_LABELS: Readonly<Record<LackedField, string>> = {
	callbackUrl: 'Callback URL',
	metaData: 'Metadata',
	payload: 'Payload',
	serverId: 'Library Subject',
	watermark: 'Watermark',
	wmPosition: 'Watermark Position',
	wmUrl: 'Watermark Image URL',
};

/** Refuses fields that the provider does not have, unless they ask for nothing. */
export function checkLacked({ row, who, draft, problems }: Case): void {
	for (const field of row.lacks ?? []) {
		const asked =
			field === 'serverId'
				? (draft.subjects ?? []).some(({ serverId }) => serverId !== undefined)
				: draft[field] !== undefined && draft[field] !== false;
		if (asked) problems.push(`"${LACKED_LABELS[field]}" is set, but ${who} has no such field`);
		if (field !== 'serverId') delete draft[field];
	}
}

/** Fills in the model's audio, and checks it and the off-peak rule that depends on it. */
export function checkAudio({ row, who, draft, problems }: Case): void {
	if (row.audio === null) {
		if (draft.audio === true) problems.push(`"Audio" is on, but ${who} makes no audio`);
		delete draft.audio;
	} else {
		draft.audio ??= row.audio.default;
	}
	if (draft.offPeak !== true) return;
	const audio = draft.audio ?? false;
	const rules = {
		never: 'cannot run off-peak',
		withAudio: audio ? null : 'runs off-peak with audio only',
		withoutAudio: audio ? 'runs off-peak without audio only' : null,
	} as const;
	const rule = rules[row.offPeak];
	if (rule !== null) {
		problems.push(`"Off-Peak" is on and "Audio" is ${audio ? 'on' : 'off'}, but ${who} ${rule}`);
	}
}

/** Leaves out what has no effect, refuses what the model has no field for, and values that no model takes. */
export function checkFields(given: Case): void {
	for (const field of SUPPORTED_FIELDS) checkSupport(given, field);
	checkChoices(given);
}

/** Refuses values that no model takes. */
export function checkChoices({ draft, problems }: Pick<Case, 'problems'> & Part): void {
	for (const { field, label, values } of CHOICES) {
		const value = draft[field];
		if (value !== undefined && !values.includes(value)) {
			problems.push(`"${label}" is ${value}, but must be one of ${values.join(', ')}`);
		}
	}
}

function checkSupport(
	{ row, who, draft, problems, hints }: Case,
	{ field, label, support, idle, needsAudio }: (typeof SUPPORTED_FIELDS)[number],
): void {
	const value = draft[field];
	if (value === undefined) return;
	const supported = support(row);
	if (supported === 'yes') {
		if (needsAudio && draft.audio !== true) {
			hints.push(`"${label}" is left out: it takes effect only when "Audio" is on`);
			delete draft[field];
		} else if (field === 'bgm' && value === true && row.bgmNotAt?.includes(draft.duration ?? 0)) {
			hints.push(`"${label}" has no effect with ${row.model} at ${draft.duration} s`);
		}
		return;
	}
	if (value !== idle && supported === 'absent') {
		problems.push(`"${label}" is ${String(value)}, but ${who} has no such field`);
	} else if (value !== idle) {
		hints.push(`"${label}" is left out: it has no effect with ${row.model}`);
	}
	delete draft[field];
}
