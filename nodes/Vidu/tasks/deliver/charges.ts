/** What was really charged, against the estimate. Pure. */

export interface Charge {
	readonly itemIndex: number;
	readonly model: string | null;
	/** Credits, as the finished task says; null where it does not. */
	readonly credits: number | null;
	/** Credits, from the price list; null where it was not known before. */
	readonly estimatedCredits: number | null;
}

/**
 * A hint for the user where the charges differ from the estimates, null where none does. Charges of
 * which either side is unknown are left out.
 */
export function chargeHint(charges: readonly Charge[]): string | null {
	const off = charges.filter(
		({ credits, estimatedCredits }) =>
			credits !== null && estimatedCredits !== null && credits !== estimatedCredits,
	);
	const [first] = off;
	if (first === undefined) return null;
	const sum = (key: 'credits' | 'estimatedCredits') =>
		off.reduce((total, charge) => total + (charge[key] ?? 0), 0);
	const what =
		off.length === 1
			? `${first.model ?? 'The task'} [item ${first.itemIndex}]`
			: `${off.length} of ${charges.length} items`;
	return `${what} cost ${sum('credits')} credits, not ${sum('estimatedCredits')} as estimated: the provider's prices differ from the list that this version knows`;
}
