/** What a hundred clips cost at Vidu, for README, from the catalogue's prices. Pure. */
import { describeModel, estimate, findRow } from '../nodes/Vidu/catalogue/index.ts';
import { moneyOf } from '../nodes/Vidu/catalogue/money.ts';
import type { VideoKind } from '../nodes/Vidu/catalogue/types.ts';

const CLIPS = 100;
const [START, END] = ['<!-- cost:start -->', '<!-- cost:end -->'];

/** What is bought most: the label, the kind, the model, seconds and resolution. */
const JOBS = [
	['Image to Video', 'imageToVideo', 'viduq2-pro-fast', 5, '720p'],
	['Image to Video', 'imageToVideo', 'viduq2-turbo', 5, '720p'],
	['Reference to Video, 2 subjects', 'referenceSubjects', 'viduq2', 5, '720p'],
	['Reference to Video, 2 subjects', 'referenceSubjects', 'viduq2', 8, '1080p'],
	['Reference to Video with sound', 'referenceSubjects', 'viduq3', 5, '720p'],
	['Image to Video with sound', 'imageToVideo', 'viduq4-preview', 5, '1080p'],
] as const satisfies ReadonlyArray<readonly [string, VideoKind, string, number, string]>;

/** Markdown: a row for each job, at normal hours and off-peak. @throws when a price is not known */
export function costTable(): string {
	const rows = JOBS.map(([label, kind, model, duration, resolution]) => {
		const row = findRow('vidu', kind, model);
		if (row === undefined) throw new Error(`The catalogue has no ${model} for ${kind}`);
		const audio = model.startsWith('viduq2') ? undefined : true;
		const offPeak = 'offPeak' in row.fields && row.fields.offPeak?.withAudio !== undefined;
		const asked = { duration, resolution, audio };
		const name = describeModel(model).name;
		const price = (values: object) => moneyTextOf(estimate(row, values, 'global').credits);
		const cheaper = offPeak ? price({ ...asked, offPeak: true }) : '–';
		return [label, name, `${duration} s, ${resolution}`, price(asked), cheaper];
	});
	const titles = [`${CLIPS} clips at Vidu`, 'model', 'each', 'price', 'off-peak'];
	return [titles, titles.map(() => '---'), ...rows]
		.map((cells) => `| ${cells.join(' | ')} |`)
		.join('\n');
}

/** `readme` with the table between its two markers replaced. @throws when the markers are missing */
export function withCostTable(readme: string): string {
	const [from, to] = [readme.indexOf(START), readme.indexOf(END)];
	if (from < 0 || to < from) throw new Error(`README.md needs the markers ${START} and ${END}`);
	return `${readme.slice(0, from)}${START}\n\n${costTable()}\n\n${readme.slice(to)}`;
}

/** A hundred times these credits in dollars. */
function moneyTextOf(credits: number | null): string {
	const money = credits === null ? null : moneyOf('vidu', 'global', CLIPS * credits);
	if (money === null) throw new Error('The price of a clip in the table is not known');
	return `$${money.amount.toFixed(2)}`;
}
