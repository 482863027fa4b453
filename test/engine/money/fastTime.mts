/** Time that passes faster: what is said in seconds takes a part of them, the same for node, n8n and sandbox. */

/** Seconds that pass in a real one. */
export const PACE = 10;

const RealDate = Date;
const realSetTimeout = setTimeout;
const realPerformance = performance;

/** Makes the time of this test file pass faster, for good. */
export function speedUp(): void {
	const began = RealDate.now();
	const now = () => Math.round(began + (RealDate.now() - began) * PACE);
	globalThis.Date = new Proxy(RealDate, {
		construct: (target, given: unknown[], newTarget) =>
			Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget) as object,
		get: (target, name) => (name === 'now' ? now : (Reflect.get(target, name) as unknown)),
	});
	// The objects themselves are shared with jest and the next test files of its process.
	const steady = Object.create(realPerformance, {
		now: { value: () => realPerformance.now() * PACE },
	}) as typeof performance;
	Object.defineProperty(globalThis, 'performance', { value: steady, configurable: true });
	const faster = (work: () => void, ms = 0, ...given: []) =>
		realSetTimeout(work, ms / PACE, ...given);
	globalThis.setTimeout = Object.assign(faster, realSetTimeout) as typeof setTimeout;
	const signals = new Proxy(AbortSignal, {
		get: (target, name) =>
			name === 'timeout'
				? (ms: number) => target.timeout(Math.ceil(ms / PACE))
				: (Reflect.get(target, name) as unknown),
	});
	Object.defineProperty(globalThis, 'AbortSignal', { value: signals, configurable: true });
}
