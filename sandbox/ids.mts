const EPOCH = BigInt(Date.UTC(2019, 2, 5));

/**
 * Snowflake ids as Vidu's: decimal strings far above 2^53, so that a client which reads one as a
 * number gets another task's id, or none.
 */
export class Snowflakes {
	private serial = 0n;

	constructor(private readonly now: () => number) {}

	next(): string {
		this.serial += 1n;
		return (((BigInt(Math.floor(this.now())) - EPOCH) << 22n) + this.serial).toString();
	}
}
