/** What may be spent, what was bought, and what it cost. */

export interface Bought {
	/** Null if an order got no clear answer: the task may exist. */
	readonly taskId: string | null;
	readonly what: string;
	/** Credits that were counted for it. */
	readonly counted: number;
	/** Credits by the catalogue; null if no price is known. */
	readonly listed: number | null;
	/** Credits by the provider's last answer; null while it has not said. */
	charged: number | null;
	/** Another currency, as the provider says it. */
	cost: string | null;
	state: string;
}

export class Budget {
	readonly bought: Bought[] = [];

	/** @param max credits @param assumed credits for a clip whose price is not known; null: it is not ordered */
	constructor(
		private readonly max: number,
		private readonly assumed: number | null,
	) {}

	/** Credits to count for an order, or why it may not be placed. */
	admit(atMost: number | null): number | string {
		const counted = atMost ?? this.assumed;
		if (counted === null) {
			return 'its price is not known. --assume-credits N says what to count for it';
		}
		const taken = this.bought.reduce(
			(sum, each) => sum + Math.max(each.counted, each.charged ?? 0),
			0,
		);
		const left = this.max - taken;
		if (counted <= left) return counted;
		return `it may cost ${counted} credits, and ${Math.max(0, left)} of ${this.max} are left`;
	}

	/** Clips that cost something else than the catalogue says, as sentences. */
	surprises(): string[] {
		return this.bought
			.filter(({ state, listed, charged }) =>
				[state === 'succeeded', listed !== null, charged !== null, charged !== listed].every(
					Boolean,
				),
			)
			.map(
				({ what, listed, charged }) =>
					`The price of ${what}: ${charged} credits instead of ${listed}`,
			);
	}

	/** What was spent as a sentence: as far as the provider says it, else as counted. */
	spent(): string {
		if (this.bought.length === 0) return 'Nothing was bought.';
		const told = this.bought.filter(({ charged }) => charged !== null);
		const sum = this.bought.reduce(
			(total, { charged, counted }) => total + (charged ?? counted),
			0,
		);
		const costs = this.bought.flatMap(({ cost }) => cost ?? []);
		const source =
			told.length === this.bought.length
				? 'by the answers of the provider'
				: told.length === 0
					? 'by estimate: the provider does not say it'
					: 'in part by estimate';
		const money = costs.length > 0 ? `; the provider says ${costs.join(', ')}` : '';
		return `Spent: ${sum} of at most ${this.max} credits, ${source}${money}.`;
	}
}
