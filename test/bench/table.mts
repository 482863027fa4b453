/** The tables that the benchmark prints: Markdown, so that they can stand in the README as they are. */
import type { Contestant } from './contestants.mts';

export interface Row {
	readonly what: string;
	readonly values: Readonly<Record<Contestant, string>>;
	/** What this node must reach, and whether it did. */
	readonly bar?: string;
}

const NOTE =
	'* Not run: from its five jobs, ten times the time, since it makes them one after the other.\n';

const HEAD: Row = {
	what: '',
	values: { ours: 'this node', minimax: "n8n's MiniMax node", serial: 'serial loop' },
	bar: 'bar',
};

export const median = (values: readonly number[]) =>
	[...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** A limit in words, and whether it was met. */
export const bar = (limit: string, met: boolean) => `${limit}: ${met ? 'met' : 'MISSED'}`;

/** The rows under their head, and what the asterisk means. */
export function comparison(rows: readonly Row[]): string {
	const lines = markdown(
		[HEAD, ...rows].map((row) => [
			row.what,
			row.values.ours,
			row.values.minimax,
			row.values.serial,
			row.bar ?? '',
		]),
	);
	return lines.includes('*') ? `${lines}\n${NOTE}` : lines;
}

/** A table whose first row is the head. */
export function markdown(rows: ReadonlyArray<readonly string[]>): string {
	const [head = [], ...body] = rows;
	const widths = head.map((_, at) => Math.max(...rows.map((row) => (row[at] ?? '').length)));
	const line = (row: readonly string[]) =>
		`| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |\n`;
	return [head, widths.map((width) => '-'.repeat(width)), ...body].map(line).join('');
}
