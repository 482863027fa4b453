/**
 * What has been processed, each thing by a mark that expires: kept at least as long as requested and
 * at most a quarter longer, however many there are. Kept as text of eight characters a mark, because
 * it is saved to n8n's database with every callback.
 */
import { createHash } from 'crypto';

/** What identifies something that has been processed. */
export interface Mark {
	readonly name: string;
	/** How long it is kept, in milliseconds. */
	readonly age: number;
}

/** The marks by the time of their expiry (milliseconds since 1970), concatenated. Plain data. */
export type Saved = Record<string, string>;

interface Slice {
	readonly marks: Set<string>;
	/** The same, as it is saved. */
	text: string;
}

/** Characters of base64, hence 48 bits: with 100,000 marks one callback in 3e9 is mistaken for another. */
const SIZE = 8;

const markOf = (name: string) => createHash('sha256').update(name).digest('base64').slice(0, SIZE);

/** All times are milliseconds. */
export class Marks {
	private readonly slices = new Map<number, Slice>();
	/** Marks that may still be in saved data, but no longer count. */
	private readonly forgotten = new Set<string>();

	has(name: string, now: number): boolean {
		const mark = markOf(name);
		return [...this.slices].some(([until, { marks }]) => until > now && marks.has(mark));
	}

	add(name: string, now: number, age: number): void {
		for (const until of this.slices.keys()) if (until <= now) this.slices.delete(until);
		const mark = markOf(name);
		const quarter = age / 4;
		this.forgotten.delete(mark);
		this.put(mark, Math.ceil((now + age) / quarter) * quarter);
	}

	/** Removes a mark, also from what was saved in the meantime. */
	forget(name: string): void {
		const mark = markOf(name);
		this.forgotten.add(mark);
		for (const slice of this.slices.values()) {
			if (slice.marks.delete(mark)) slice.text = [...slice.marks].join('');
		}
	}

	/** Adds what another process saved, or an earlier one. Anything that is not a mark is ignored. */
	merge(saved: unknown, now: number): void {
		for (const [key, text] of Object.entries((saved ?? {}) as Record<string, unknown>)) {
			const until = Number(key);
			if (!(until > now) || typeof text !== 'string') continue;
			// Usually this process saved it itself.
			if (this.slices.get(until)?.text.startsWith(text)) continue;
			for (const mark of text.match(/.{8}/g) ?? []) {
				if (!this.forgotten.has(mark)) this.put(mark, until);
			}
		}
	}

	get saved(): Saved {
		return Object.fromEntries([...this.slices].map(([until, { text }]) => [until, text]));
	}

	private put(mark: string, until: number): void {
		const slice = this.slices.get(until) ?? { marks: new Set(), text: '' };
		this.slices.set(until, slice);
		if (slice.marks.has(mark)) return;
		slice.marks.add(mark);
		slice.text += mark;
	}
}
