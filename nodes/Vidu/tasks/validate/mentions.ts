/**
 * `@name` and `[@name]` in a prompt. Pure. Mentions need no space after them: "@cat在草地上" mentions the
 * subject "cat". A name with spaces needs the brackets.
 */

export interface Mentions {
	/** Words after an `@` that are not the name of a subject, in order. */
	readonly unknown: readonly string[];
	/** Names of subjects that the prompt does not mention. */
	readonly unused: readonly string[];
	/** Names with spaces that are mentioned without brackets. */
	readonly open: readonly string[];
}

/** Compares the mentions of a prompt with the names of the subjects; the longest matching name counts. */
export function readMentions(prompt: string, names: readonly string[]): Mentions {
	const byLength = [...names].sort((a, b) => b.length - a.length);
	const used = new Set<string>();
	const open = new Set<string>();
	const unknown: string[] = [];
	for (const match of prompt.matchAll(/@/g)) {
		const after = prompt.slice(match.index + 1);
		const before = prompt[match.index - 1] ?? ' ';
		const inBrackets = before === '[' ? /^[^\]]+(?=\])/.exec(after)?.[0] : undefined;
		const name = byLength.find((candidate) => after.startsWith(candidate));
		// "name@example.com" and "3 pcs @ 5" are no mentions.
		const word = /[\w.]/.test(before) ? '' : (inBrackets ?? wordAt(after));
		if (name === undefined) {
			if (word !== '') unknown.push(word);
			continue;
		}
		used.add(name);
		if (/\s/.test(name) && inBrackets !== name) open.add(name);
	}
	return { unknown, unused: names.filter((name) => !used.has(name)), open: [...open] };
}

function wordAt(text: string): string {
	return (
		/^[^\s@[\]{}()<>,.;:!?"'\uff0c\u3002\uff01\uff1f\uff1b\uff1a\u3001\uff08\uff09]*/u.exec(
			text,
		)?.[0] ?? ''
	);
}
