/** The tables of models in README.md, made from the catalogue. Pure. */
import { estimateCredits, findRow, modelsOf, providersOf } from '../nodes/Vidu/catalogue/index.ts';
import type { VideoKind, ModelRow, ProviderId } from '../nodes/Vidu/catalogue/types.ts';

const TASKS: ReadonlyArray<readonly [VideoKind, string]> = [
	['referenceSubjects', 'Reference to video, with subjects'],
	['referenceMedia', 'Reference to video, with media'],
	['imageToVideo', 'Image to video'],
	['startEndToVideo', 'Start-end to video'],
	['textToVideo', 'Text to video'],
];

const COLUMNS: ReadonlyArray<readonly [string, (row: ModelRow) => string]> = [
	['model', (row) => `\`${row.model}\``],
	['seconds', durations],
	['resolutions', resolutions],
	['aspect ratios', aspectRatios],
	['audio', (row) => (row.audio === null ? 'no' : row.audio.default ? 'yes, on' : 'yes, off')],
	['takes', takes],
	['off-peak', (row) => OFF_PEAK[row.offPeak]],
	['credits', credits],
];

const OFF_PEAK = { withAudio: 'with audio', withoutAudio: 'without audio', never: 'no' } as const;

const PROVIDERS: ReadonlyArray<readonly [ProviderId, string]> = [
	['vidu', 'Vidu'],
	['octopusx', 'OctopusX'],
	['kkiai', 'kkiai'],
	['vtrix', 'Vtrix'],
	['jiekou', 'JieKou'],
];

/**
 * Markdown: how to read the tables, Vidu's models in one table for each task, with defaults in bold,
 * and which provider offers which model.
 */
export function modelsTable(): string {
	const intro =
		'Defaults are bold. Credits are those of a clip with the defaults, by the price list of August 2026; where the regions differ, global / China. The task itself says what it was charged.';
	return [
		intro,
		...TASKS.map(([task, title]) => `**${title}**\n\n${table(task)}`),
		'### Which provider offers which model',
		'As their documents say. Durations, resolutions and fields differ too; what a provider lacks is refused before the call, with a sentence that says so.',
		...TASKS.map(([task, title]) => `**${title}**\n\n${offers(task)}`),
	].join('\n\n');
}

/** `readme` with the tables between its two markers replaced. Throws when the markers are missing. */
export function withModelsTable(readme: string): string {
	const [start, end] = ['<!-- models:start -->', '<!-- models:end -->'];
	const [from, to] = [readme.indexOf(start), readme.indexOf(end)];
	if (from < 0 || to < from) throw new Error(`README.md needs the markers ${start} and ${end}`);
	return `${readme.slice(0, from)}${start}\n\n${modelsTable()}\n\n${readme.slice(to)}`;
}

function table(task: VideoKind): string {
	const rows = modelsOf('vidu', task).map((model) => findRow('vidu', task, model));
	// A column that says nothing for this task is left out.
	const columns = COLUMNS.filter(([, cell]) => rows.some((row) => row && cell(row) !== ''));
	return markdown(
		columns.map(([title]) => title),
		rows.map((row) => columns.map(([, cell]) => (row ? cell(row) : ''))),
	);
}

/** Models against providers, Vidu's models first. */
function offers(task: VideoKind): string {
	const models = new Set(PROVIDERS.flatMap(([provider]) => modelsOf(provider, task)));
	return markdown(
		['model', ...PROVIDERS.map(([, name]) => name)],
		[...models].map((model) => {
			const offering = providersOf(task, model);
			return [
				`\`${model}\``,
				...PROVIDERS.map(([provider]) => (offering.includes(provider) ? 'yes' : '')),
			];
		}),
	);
}

function markdown(titles: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
	return [titles, titles.map(() => '---'), ...rows]
		.map((cells) => `| ${cells.join(' | ')} |`)
		.join('\n');
}

function durations({ durations: all, defaultDuration }: ModelRow): string {
	const given = all.filter((value) => value > 0);
	const range = given.length > 2 ? `${given[0]}–${given.at(-1)}` : '';
	const text = range ? `${range}, **${defaultDuration}**` : choices(given, defaultDuration);
	return all.includes(0) ? `${text}, or automatic` : text;
}

function resolutions(row: ModelRow): string {
	const exceptions = Object.entries(row.resolutionsAt ?? {}).map(
		([duration, only]) => ` (at ${duration} s ${only.join(', ')})`,
	);
	return choices(row.resolutions, row.defaultResolution) + exceptions.join('');
}

function aspectRatios(row: ModelRow): string {
	if (row.aspectRatios === null) return '';
	const usual = choices(row.aspectRatios, row.defaultAspectRatio);
	return row.anyAspectRatio ? `${usual}, any other` : usual;
}

function takes({ subjects, images, videos }: ModelRow): string {
	if (subjects) {
		const { max, maxImageSubjects, maxVideoSubjects } = subjects;
		if (maxVideoSubjects === 0) return `1–${max} subjects`;
		return `1–${maxImageSubjects ?? max} subjects of images, ${maxVideoSubjects} of video`;
	}
	if (!images) return '';
	const range = images.min === images.max ? `${images.max}` : `${images.min}–${images.max}`;
	const beside = videos ? `, or ${images.maxWithVideos} with up to ${videos.max} videos` : '';
	return `${range} ${images.max === 1 ? 'image' : 'images'}${beside}`;
}

function credits(row: ModelRow): string {
	const [global, china] = (['global', 'china'] as const).map(
		(region) =>
			estimateCredits(row, {
				duration: row.defaultDuration,
				resolution: row.defaultResolution,
				audio: row.audio?.default ?? false,
				offPeak: false,
				isRec: false,
				region,
			}).credits,
	);
	if (global === null || global === undefined) return 'unknown';
	return global === china ? String(global) : `${global} / ${china}`;
}

function choices(values: ReadonlyArray<string | number>, preset: string | number | null): string {
	return values.map((value) => (value === preset ? `**${value}**` : String(value))).join(', ');
}
