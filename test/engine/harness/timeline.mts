/** A time of day that tests move on, so that what takes hours takes none: the same for node, n8n and sandbox. */
const RealDate = Date;
let ahead = 0;

/** Milliseconds since 1970, in the time of the tests. */
export const now = (): number => RealDate.now() + ahead;

/** Lets so many milliseconds pass at once. */
export function skip(milliseconds: number): void {
	ahead += Math.max(0, milliseconds);
}

/** Gives this test file that time, for good. Waits in a process take as long as ever. */
export function moveTime(): void {
	globalThis.Date = new Proxy(RealDate, {
		construct: (target, given: unknown[], newTarget) =>
			Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget) as object,
		get: (target, name) => (name === 'now' ? now : (Reflect.get(target, name) as unknown)),
	});
}
