/** The tables of models in README.md, made from the catalogue. Pure. */
import {
	estimate,
	kindName,
	modelsOf,
	providersOf,
	rowsOf,
} from '../nodes/Vidu/catalogue/index.ts';
import { capitalised } from '../nodes/Vidu/catalogue/labels.ts';
import { VIDEO_KINDS, type ClipRow, type VideoKind } from '../nodes/Vidu/catalogue/types.ts';
import { PROVIDERS } from '../nodes/Vidu/providers/index.ts';

const COLUMNS: ReadonlyArray<readonly [string, (row: ClipRow) => string]> = [
	['model', (row) => `\`${row.model}\`${row.unconfirmed ? ' (limits not confirmed)' : ''}`],
	['seconds', durations],
	['resolutions', resolutions],
	['aspect ratios', aspectRatios],
	['audio', ({ fields: { audio } }) => (audio ? `yes, ${audio.default ? 'on' : 'off'}` : 'no')],
	['takes', takes],
	['off-peak', offPeak],
	['credits', credits],
];

/** Of a custom provider nothing is known. */
const NAMED = PROVIDERS.filter(({ id }) => id !== 'custom');

/**
 * Markdown: how to read the tables, Vidu's models in one table for each task, with defaults in bold,
 * and which provider offers which model.
 */
export function modelsTable(): string {
	const intro =
		'Defaults are bold. Credits are those of a clip with the defaults, by the price lists of August 2026 (Vidu Q4: October 2026, without the discount of the preview); where the regions differ, global / China. The task itself says what it was charged.';
	return [
		intro,
		...VIDEO_KINDS.map((kind) => `**${titleOf(kind)}**\n\n${table(kind)}`),
		'### Which provider offers which model',
		'As their documents say. Durations, resolutions and fields differ too; what a provider lacks is refused before the call, with a sentence that says so.',
		"The fields of JieKou's Q3 models are those of a sister service, Novita, which withdrew all Vidu Q2 and Q3 models on 2026-07-22. Whether JieKou still sells them is not known.",
		...VIDEO_KINDS.map((kind) => `**${titleOf(kind)}**\n\n${offers(kind)}`),
	].join('\n\n');
}

/** `readme` with the tables between its two markers replaced. Throws when the markers are missing. */
export function withModelsTable(readme: string): string {
	const [start, end] = ['<!-- models:start -->', '<!-- models:end -->'];
	const [from, to] = [readme.indexOf(start), readme.indexOf(end)];
	if (from < 0 || to < from) throw new Error(`README.md needs the markers ${start} and ${end}`);
	return `${readme.slice(0, from)}${start}\n\n${modelsTable()}\n\n${readme.slice(to)}`;
}

const titleOf = (kind: VideoKind) => capitalised(kindName(kind));

function table(kind: VideoKind): string {
	const rows: readonly ClipRow[] = rowsOf('vidu', kind);
	// A column that says nothing for this kind is left out.
	const columns = COLUMNS.filter(([, cell]) => rows.some((row) => cell(row) !== ''));
	return markdown(
		columns.map(([title]) => title),
		rows.map((row) => columns.map(([, cell]) => cell(row))),
	);
}

/** Models against providers, Vidu's models first. */
function offers(kind: VideoKind): string {
	const models = new Set(NAMED.flatMap(({ id }) => modelsOf(id, kind)));
	return markdown(
		['model', ...NAMED.map(({ name }) => name)],
		[...models].map((model) => {
			const offering = providersOf(kind, model);
			return [`\`${model}\``, ...NAMED.map(({ id }) => (offering.includes(id) ? 'yes' : ''))];
		}),
	);
}

function markdown(titles: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
	return [titles, titles.map(() => '---'), ...rows]
		.map((cells) => `| ${cells.join(' | ')} |`)
		.join('\n');
}

function durations({ fields: { duration } }: ClipRow): string {
	const given = duration.values.filter((value) => value > 0);
	const range = given.length > 2 ? `${given[0]}–${given.at(-1)}` : '';
	const text = range ? `${range}, **${duration.default}**` : choices(given, duration.default);
	return duration.values.includes(0) ? `${text}, or automatic` : text;
}

function resolutions({ fields: { resolution } }: ClipRow): string {
	const exceptions = Object.entries(resolution.at ?? {}).map(
		([duration, only]) => ` (at ${duration} s ${only.join(', ')})`,
	);
	return choices(resolution.values, resolution.default) + exceptions.join('');
}

function aspectRatios({ fields: { aspectRatio } }: ClipRow): string {
	if (aspectRatio === undefined) return '';
	const usual = choices(aspectRatio.values, aspectRatio.default);
	return aspectRatio.anyRatio ? `${usual}, any other` : usual;
}

function offPeak({ fields }: ClipRow): string {
	if (fields.offPeak?.withAudio === undefined) return 'no';
	return fields.offPeak.withAudio ? 'with audio' : 'without audio';
}

function takes({ fields: { subjects, images, startImage, videos, sounds } }: ClipRow): string {
	if (subjects) {
		const { max, subjects: limits } = subjects;
		if (!limits?.maxVideos) return `1–${max} subjects`;
		const videos = limits.maxVideosInAll ?? limits.maxVideos;
		return `1–${limits.maxStills ?? max} subjects of images or text, ${videos} of video`;
	}
	if (startImage) return '2 images';
	if (!images) return '';
	const range = images.min === images.max ? `${images.max}` : `${images.min}–${images.max}`;
	const beside = videos ? `, or ${images.maxWithVideos} with up to ${videos.max} videos` : '';
	const heard = sounds ? `, up to ${sounds.max} sounds` : '';
	return `${range} ${images.max === 1 ? 'image' : 'images'}${beside}${heard}`;
}

function credits(row: ClipRow): string {
	const { duration, resolution, audio } = row.fields;
	const usual = {
		duration: duration.default,
		resolution: resolution.default,
		audio: audio?.default,
	};
	const [global, china] = (['global', 'china'] as const).map(
		(region) => estimate(row, usual, region).credits,
	);
	if (global === null || global === undefined) return 'unknown';
	return global === china ? String(global) : `${global} / ${china}`;
}

function choices(values: ReadonlyArray<string | number>, preset: string | number | null): string {
	return values.map((value) => (value === preset ? `**${value}**` : String(value))).join(', ');
}
