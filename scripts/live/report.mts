/** The report, as the page docs/live.md. */
import type { ProviderId } from '../../nodes/Vidu/catalogue/types.ts';
import { findProvider } from '../../nodes/Vidu/providers/index.ts';
import type { Bought, Budget } from './budget.mts';
import { documentedAt } from './documented.mts';
import type { Exchange } from './door.mts';
import { compare, type Row, type Sample } from './drift.mts';
import { STEPS, type Step } from './side.mts';

/** What is compared of a step: all answers to requests of one method. */
export interface Section {
	readonly step: Step;
	readonly method: string;
	readonly path: string;
	/** False if the run ended before. */
	readonly reached: boolean;
	readonly rows: readonly Row[];
}

export interface About {
	readonly provider: ProviderId;
	/** Of the base URL. */
	readonly host: string;
	/** Whether the API is on this machine: then it is not the provider. */
	readonly isLocal: boolean;
	readonly version: string;
	/** ISO time. */
	readonly at: string;
}

/** The two runs, step by step. */
export function sectionsOf(
	provider: ProviderId,
	live: readonly Exchange[],
	sandbox: readonly Exchange[],
): Section[] {
	const keyOf = ({ step, method }: Exchange) => `${step} ${method}`;
	const keys = [...new Set([...sandbox, ...live].map(keyOf))];
	const order = Object.keys(STEPS);
	const read = errorReader(provider);
	const sections = keys.map((key): Section => {
		const of = (all: readonly Exchange[]) => all.filter((each) => keyOf(each) === key);
		const [mine, theirs] = [of(live), of(sandbox)];
		const { step, method, path } = (mine[0] ?? theirs[0]) as Exchange & { step: Step };
		const rows = [
			...compare(mine, theirs, documentedAt(provider, step, method)),
			...compare(read(mine), read(theirs), null).map((row) => ({
				...row,
				field: `as read: ${row.field}`,
			})),
		];
		return { step, method, path: generic(path), reached: mine.length > 0, rows };
	});
	return sections.sort((a, b) => order.indexOf(a.step) - order.indexOf(b.step));
}

/** What the package makes of errors: whether it knows them, and may send the request again. */
function errorReader(id: ProviderId) {
	const yes = (is: boolean | undefined) => (is ? 'yes' : 'no');
	return (exchanges: readonly Exchange[]): Sample[] =>
		exchanges.flatMap(({ status, body }) => {
			if (status === null || status < 400) return [];
			const error = findProvider(id)?.readError(status, body);
			const { known, retryable, notTaken } = error ?? {};
			const asRead = { known: yes(known), retryable: yes(retryable), notTaken: yes(notTaken) };
			return [{ status: null, body: asRead }];
		});
}

/** A path without the IDs in it. */
const generic = (path: string) => path.replace(/\/(\d{6,}|[\da-f-]{20,})(?=\/|$)/gi, '/{id}');

/** Each difference as a line. */
export function findingsOf(sections: readonly Section[], budget: Budget): string[] {
	const fields = sections
		.filter(({ reached }) => reached)
		.flatMap(({ step, rows }) =>
			rows.flatMap(({ field, drift }) =>
				drift.map((what) => `${STEPS[step]}: \`${field}\` ${what}`),
			),
		);
	return [...fields, ...budget.surprises()];
}

/** The whole page. `notes` say what happened, in order. */
export function pageOf(
	about: About,
	notes: readonly string[],
	budget: Budget,
	sections: readonly Section[],
): string {
	const { provider, host, isLocal, version, at } = about;
	const findings = findingsOf(sections, budget);
	const missed = [
		...new Set(sections.flatMap(({ step, reached }) => (reached ? [] : STEPS[step]))),
	];
	return [
		'# A run against a live provider',
		isLocal && '**Not a live provider:** the API was on this machine, as in the tests.',
		table([
			['date', at],
			['provider', `${provider} (${host})`],
			['package', `n8n-nodes-vidu ${version}`],
		]),
		'`npm run live` ordered with the code of this package, and compared every answer with the documents and with what the sandbox answers to the same requests. IDs, addresses and times are compared by their kind. "?": nothing is documented; "–": not there.',
		'## What happened',
		list(notes),
		'## What it cost',
		budget.spent(),
		budget.bought.length > 0 && boughtTable(budget.bought),
		'## What differs',
		findings.length === 0 ? 'Nothing.' : list(findings),
		missed.length > 0 && `Not reached: ${missed.join('; ')}.`,
		...sections.filter(({ reached }) => reached).flatMap(sectionText),
	]
		.filter((part) => part !== false)
		.join('\n\n')
		.concat('\n');
}

const list = (lines: readonly string[]) => lines.map((line) => `- ${line}`).join('\n');

function boughtTable(bought: readonly Bought[]): string {
	return table([
		['task', 'what', 'state', 'counted', 'credits by its answers'],
		...bought.map(({ taskId, what, state, counted, charged }) => [
			taskId === null ? 'unknown' : `\`${taskId}\``,
			what,
			state,
			String(counted),
			String(charged ?? 'not said'),
		]),
	]);
}

function sectionText({ step, method, path, rows }: Section): string[] {
	return [
		`## ${STEPS[step]}`,
		...(method === '' ? [] : [`\`${`${method} ${path}`.trim()}\``]),
		table([
			['field', 'documented', 'sandbox', 'live', 'drift'],
			...rows.map(({ field, documented, sandbox, live, drift }) => [
				`\`${field}\``,
				documented,
				sandbox,
				live,
				drift.length === 0 ? '' : `**${drift.join('; ')}**`,
			]),
		]),
	];
}

/** The first row is the head. */
function table([head = [], ...rows]: ReadonlyArray<readonly string[]>): string {
	const line = (cells: readonly string[]) =>
		`| ${cells.map((cell) => cell.replace(/\|/g, '\\|').replace(/\s+/g, ' ')).join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
