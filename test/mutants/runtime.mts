/** What the switches of mutate.mts call. */

/** The mutant that is switched on; -1 for none. */
let active = -1;
/** Switches that were passed since the last reset. */
let passed = new Set<number>();

/** Switches one on, or with -1 all off, and forgets which were passed. */
export function switchOn(id: number): void {
	active = id;
	passed = new Set();
}

export const passedSwitches = (): ReadonlySet<number> => passed;

function isOn(id: number): boolean {
	passed.add(id);
	return id === active;
}

type Operation = (left: number, right: number) => unknown;

const OPERATIONS: Readonly<Record<string, readonly [as: Operation, instead: Operation]>> = {
	'<': [(a, b) => a < b, (a, b) => a <= b],
	'<=': [(a, b) => a <= b, (a, b) => a < b],
	'>': [(a, b) => a > b, (a, b) => a >= b],
	'>=': [(a, b) => a >= b, (a, b) => a > b],
	'===': [(a, b) => a === b, (a, b) => a !== b],
	'!==': [(a, b) => a !== b, (a, b) => a === b],
	'-': [(a, b) => a - b, (a, b) => a + b],
	'+': [(a, b) => a + b, (a, b) => a - b],
	'*': [(a, b) => a * b, (a, b) => a / b],
	'/': [(a, b) => a / b, (a, b) => a * b],
};

export const mutant = {
	condition: (always: number, never: number, value: unknown) =>
		isOn(always) || (!isOn(never) && value),
	not: (id: number, value: unknown) => (isOn(id) ? Boolean(value) : !value),
	result: (id: number, value: () => unknown) => (isOn(id) ? undefined : value()),
	operator: (id: number, name: string, left: number, right: number) =>
		OPERATIONS[name]?.[isOn(id) ? 1 : 0](left, right),
	lazy: (id: number, name: string, left: unknown, right: () => unknown) => {
		const or = isOn(id) === (name === '&&');
		if (name === '??') return isOn(id) ? left && right() : (left ?? right());
		return or ? left || right() : left && right();
	},
};
