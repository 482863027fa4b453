/** What was made lately, so that it is not made again. */
export class Recent<V> {
	private readonly made = new Map<string, V>();

	/** @param limit how many are kept */
	constructor(private readonly limit: number) {}

	/** The value of a key, made if it is not kept. */
	get(key: string, make: () => V): V {
		const value = this.made.has(key) ? (this.made.get(key) as V) : make();
		this.made.delete(key);
		this.made.set(key, value);
		const [oldest = ''] = this.made.keys();
		if (this.made.size > this.limit) this.made.delete(oldest);
		return value;
	}
}
