/** Rows of the table that the benchmark prints: Markdown, so that it can stand in the README as it is. */
import type { Contestant } from './contestants.mts';

export interface Row {
	readonly what: string;
	readonly values: Readonly<Record<Contestant, string>>;
	/** What this node must reach, and whether it did. */
	readonly bar?: string;
}

const NOTE = '* Ten times what five jobs took: it makes them one after the other.\n';

const HEAD: Row = {
	what: '',
	values: { ours: 'this node', minimax: "n8n's MiniMax node", serial: 'serial loop' },
	bar: 'bar',
};

export const median = (values: readonly number[]) =>
	[...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** A limit in words, and whether it was met. */
export const bar = (limit: string, met: boolean) => `${limit}: ${met ? 'met' : 'MISSED'}`;

/** The rows as lines. */
export function table(rows: readonly Row[]): string {
	const cells = [HEAD, ...rows].map(({ what, values, bar = '' }) => [
		what,
		values.ours,
		values.minimax,
		values.serial,
		bar,
	]);
	const widths = (cells[0] ?? []).map((_, at) =>
		Math.max(...cells.map((row) => (row[at] ?? '').length)),
	);
	const line = (row: readonly string[]) =>
		`| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |\n`;
	const [head = [], ...body] = cells;
	const lines = [head, widths.map((width) => '-'.repeat(width)), ...body].map(line).join('');
	return lines.includes('*') ? `${lines}\n${NOTE}` : lines;
}
