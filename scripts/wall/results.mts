/** What the version wall found, and its table in README. */

/** What was run in each version, as the table calls it: of the end-to-end tests, one file each. */
export const CHECKS = {
	Install: 'test/e2e/package.test.mts',
	'Credential test': 'test/e2e/credential.test.mts',
	'Polling, retries': 'test/e2e/money.test.mts',
	'Without a Worker': 'test/e2e/asleep.test.mts',
	Trigger: 'test/e2e/trigger.test.mts',
	'Engine tests': 'test/engine',
} as const;

export type Check = keyof typeof CHECKS;

export interface Outcome {
	readonly passed: number;
	/** Full names of the tests that failed. */
	readonly failed: readonly string[];
}

/** One version. */
export interface Row {
	/** What was asked for: a range or a dist-tag. */
	readonly range: string;
	readonly n8n: string;
	/** The day, as `2026-11-28`. */
	readonly day: string;
	readonly outcomes: Readonly<Record<Check, Outcome>>;
}

export interface Limit {
	/** Tests that cannot pass there. */
	readonly tests: RegExp;
	/** The oldest version in which they are known to pass. */
	readonly until: string;
	/** What a user of such a version has to know. */
	readonly says: string;
}

/**
 * What is known to be otherwise in older versions of n8n, and safe: nothing else may fail. Where none of
 * these tests fails, the table does not say so.
 */
const LIMITS: readonly Limit[] = [
	{
		tests: /the certificate is not trusted: no byte of the order went out$/,
		until: '2.40',
		says: 'An order to a server whose certificate is not trusted counts as possibly sent, and is not sent again.',
	},
	{
		tests: /a connection that is lost before the answer: it may have been sent$/,
		until: '2.40',
		says: "A lost connection is reported in n8n's words.",
	},
	{
		tests: /a download that is cut off is noticed by its boxes, and nothing of it is stored$/,
		until: '2.40',
		says: "What had arrived of an interrupted download stays in n8n's storage.",
	},
	{
		tests: /says what to check after a bad key$/,
		until: '2.40',
		says: "The credential test rejects a bad key in n8n's words.",
	},
	{
		tests: /when the clip of a sub-workflow fails, so does the workflow that waits for it$/,
		until: '2.27',
		says: "A workflow goes on when its sub-workflow fails after it has slept, also with n8n's own Wait node.",
	},
	{
		tests: /a sub-workflow that sleeps hands its items to the workflow that waits for it$/,
		until: '2.0',
		says: "A workflow gets its own items back instead of those of a sub-workflow that slept, also with n8n's own Wait node.",
	},
	{
		tests: /^the span of a node (names|counts) |task ids stand in the custom data of the execution/,
		until: '2.16',
		says: "The task IDs are not in the execution's custom data, nor are tasks and credits in traces.",
	},
	{
		tests: /it waits awake, and says so in a workflow of the legacy order$/,
		until: '2.16',
		says: 'In the legacy execution order the hint gives another reason for not sleeping.',
	},
	{
		tests:
			/a credential of \w+ fails (with a bad key, .*without showing it|while the provider answers \d+)$/,
		until: '2.16',
		says: 'The credential test of a gateway passes with any key. A run with a wrong one is rejected and costs nothing.',
	},
];

const BEGIN = '<!-- wall -->';
const END = '<!-- /wall -->';

/** Tests of a version that failed and that no limit explains. */
export function unexplained(row: Row): string[] {
	return failedIn(row).filter((name) => !limitsOf(row).some(({ tests }) => tests.test(name)));
}

/** @returns the page with its table written anew. @throws when the markers are gone */
export function withWall(page: string, rows: readonly Row[]): string {
	const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
	if (begin < 0 || end < begin) throw new Error(`The page needs the markers ${BEGIN} and ${END}`);
	const table = rows.length === 0 ? '' : `\n${wallTable(rows)}\n\n`;
	return `${page.slice(0, begin)}${BEGIN}\n${table}${page.slice(end)}`;
}

/** The rows, and below them what is different, each said once. */
function wallTable(rows: readonly Row[]): string {
	const checks = Object.keys(CHECKS) as Check[];
	const shown = LIMITS.filter((limit) => rows.some((row) => limitsOf(row).includes(limit)));
	const numbers = (row: Row) => limitsOf(row).map((limit) => shown.indexOf(limit) + 1);
	const table = [
		['n8n', ...checks, 'Different there'],
		['---', ...checks.map(() => '---'), '---'],
		...rows.map((row) => [
			row.n8n,
			...checks.map((check) => mark(row.outcomes[check])),
			numbers(row).join(', ') || 'nothing',
		]),
	].map((cells) => `| ${cells.join(' | ')} |`);
	const list = shown.map(({ says }, index) => `${index + 1}. ${says}`);
	return [...table, ...(list.length > 0 ? ['', ...list] : [])].join('\n');
}

function mark({ passed, failed }: Outcome): string {
	return failed.length === 0 ? 'yes' : `${passed} of ${passed + failed.length}`;
}

/** The limits that show in a version. */
function limitsOf(row: Row): Limit[] {
	const older = (version: string) => row.n8n.localeCompare(version, 'en', { numeric: true }) < 0;
	return LIMITS.filter(
		({ tests, until }) => older(until) && failedIn(row).some((name) => tests.test(name)),
	);
}

const failedIn = ({ outcomes }: Row) => Object.values(outcomes).flatMap(({ failed }) => failed);
