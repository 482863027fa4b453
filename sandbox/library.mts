/** What an account keeps at Vidu, beside its tasks: subjects, and the names of cloned voices. */
import type { TaskBook } from './tasks.mts';

export interface Subject {
	readonly id: string;
	readonly name: string;
	readonly images: readonly string[];
	readonly videos: readonly string[];
	readonly voice_id: string;
	readonly style: string;
	readonly description: string;
}

/** Subjects are paid like tasks but are none: they stand in the book under this dialect. */
export const LIBRARY_DIALECT = 'vidu-library';

/** The subjects that the system brings, by their samples. */
const SYSTEM: Readonly<Record<string, string>> = {
	'2999000000000000001': 'Cat',
	'2999000000000000002': 'Robot',
	'2999000000000000003': 'Bottle',
};

export class Library {
	private readonly edits = new Map<string, Subject>();

	/** @param book where subjects and voices were ordered @param base address of the sandbox */
	constructor(
		private readonly book: TaskBook,
		private readonly base: () => string,
	) {}

	/** The subjects that a key made, the newest first. */
	own(key: string): readonly Subject[] {
		return this.book
			.all()
			.filter((task) => task.dialect === LIBRARY_DIALECT && task.key === key)
			.filter((task) => this.book.stage(task) === 'success')
			.map(({ id, echo }) => this.edits.get(id) ?? { ...BLANK, ...echo, id });
	}

	system(): readonly Subject[] {
		return Object.entries(SYSTEM).map(([id, name]) => ({
			...BLANK,
			id,
			name,
			images: [`${this.base()}/samples/${name.toLowerCase()}.png`],
		}));
	}

	/** A subject that a key may use. */
	find(key: string, id: string): Subject | undefined {
		return [...this.own(key), ...this.system()].find((subject) => subject.id === id);
	}

	/** Puts a changed subject in the place of the old one. */
	edit(subject: Subject): Subject {
		this.edits.set(subject.id, subject);
		return subject;
	}

	/** Whether a key has a cloned voice of that name. */
	hasVoice(key: string, voice: string): boolean {
		return this.book
			.all()
			.filter((task) => task.key === key && task.kind === 'audio-clone')
			.some((task) => task.echo.voice_id === voice && this.book.stage(task) === 'success');
	}

	clear(): void {
		this.edits.clear();
	}
}

const BLANK = { name: '', images: [], videos: [], voice_id: '', style: '', description: '' };
