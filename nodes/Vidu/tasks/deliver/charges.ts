/** Compares what was charged with the estimates. Pure. */
import { creditsText } from '../../catalogue/money';
import type { ProviderId, Region } from '../../catalogue/types';

export interface Charge {
	readonly itemIndex: number;
	readonly model: string | null;
	/** Credits according to the finished task; null if it has none. */
	readonly credits: number | null;
	/** Credits according to the price list; null if unknown. */
	readonly estimatedCredits: number | null;
}

/**
 * A hint for the user if charges differ from their estimates; null if none does. Where either is
 * unknown, the item is ignored.
 */
export function chargeHint(
	charges: readonly Charge[],
	provider: ProviderId,
	region: Region,
): string | null {
	const off = charges.filter(
		({ credits, estimatedCredits }) =>
			credits !== null && estimatedCredits !== null && credits !== estimatedCredits,
	);
	const [first] = off;
	if (first === undefined) return null;
	const sum = (key: 'credits' | 'estimatedCredits') => {
		const credits = off.reduce((total, charge) => total + (charge[key] ?? 0), 0);
		return creditsText(provider, region, credits);
	};
	const what =
		off.length === 1
			? `${first.model ?? 'The task'} [item ${first.itemIndex}]`
			: `${off.length} of ${charges.length} items`;
	return `${what} cost ${sum('credits')}, not ${sum('estimatedCredits')} as estimated: the provider's prices differ from the price list of this node version`;
}
