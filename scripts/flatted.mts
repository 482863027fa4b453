/**
 * Reads the format in which n8n's API gives execution data (npm's `flatted`): a JSON array whose
 * objects and arrays hold, in place of each object, array and string, its index as a string.
 * @returns undefined for an empty array
 */
export function parseFlatted(text: string): unknown {
	const entries = JSON.parse(text) as unknown[];
	const revived = new Map<number, unknown>();

	const value = (reference: unknown): unknown =>
		typeof reference === 'string' ? at(Number(reference)) : reference;

	const at = (index: number): unknown => {
		if (revived.has(index)) return revived.get(index);
		const entry = entries[index];
		if (typeof entry !== 'object' || entry === null) return entry;
		const whole: Record<string, unknown> | unknown[] = Array.isArray(entry) ? [] : {};
		revived.set(index, whole);
		for (const [key, reference] of Object.entries(entry)) {
			Object.assign(whole, { [key]: value(reference) });
		}
		return whole;
	};

	return at(0);
}
