/** How long tasks really took, by their kind. All times in milliseconds. */

/** When tasks of a kind usually end, as ages. */
export interface Usual {
	readonly from: number;
	readonly until: number;
}

/** Tasks of a kind that are remembered, the last ones, and how many make them known. */
const LAST = 10;
const ENOUGH = 3;
/** Kinds that are remembered, those that ended last. */
const KINDS = 500;
/** How much sooner or later than those remembered the next one may end. */
const MARGIN = 0.02;

/** The last times of each kind of task. Bounded; a guess that affects when to poll, never the result. */
export class LearnedTimes {
	private readonly byKind = new Map<string, readonly number[]>();

	/** Notes that a task of this kind has taken so long. */
	note(kind: string, taken: number): void {
		const times = [...(this.byKind.get(kind) ?? []), taken].slice(-LAST);
		this.byKind.delete(kind);
		this.byKind.set(kind, times);
		const [oldest = ''] = this.byKind.keys();
		if (this.byKind.size > KINDS) this.byKind.delete(oldest);
	}

	/** When tasks of this kind usually end; undefined while too few have. */
	usual(kind: string | undefined): Usual | undefined {
		const times = this.byKind.get(kind ?? '') ?? [];
		if (times.length < ENOUGH) return undefined;
		const [first, last] = [Math.min(...times), Math.max(...times)];
		return { from: first * (1 - MARGIN), until: last * (1 + MARGIN) };
	}
}

/** What this process has learned. */
export const learnedTimes = new LearnedTimes();
