/** Deliberate breaks of the node, one for each rule about money: what must be caught, and by which tests. */

export interface Break {
	/** The rule, by its number in the issue and in a few words. */
	readonly rule: string;
	/** Path from the root of the checkout. */
	readonly file: string;
	/** Stands in the file exactly once. */
	readonly find: string;
	readonly replace: string;
	/** Paths for jest; all of them pass on the unbroken node. */
	readonly tests: readonly string[];
}

export const BREAKS: readonly Break[] = [
	{
		rule: 'An order without an answer is never sent again',
		file: 'nodes/Vidu/transport/exchange.ts',
		find: 'notSent: code !== null && code in NOT_SENT',
		replace: 'notSent: code !== null',
		tests: ['test/engine/referenceToVideo.test.mts'],
	},
	{
		rule: 'What was bought is remembered for the next try',
		file: 'nodes/Vidu/tasks/memory.ts',
		find: 'purchases[key] = purchase;',
		replace: 'void [key, purchase];',
		tests: ['test/engine/money/scenarios.test.mts'],
	},
	{
		rule: 'Ids above 2^53 stay as they are',
		file: 'nodes/Vidu/providers/read.ts',
		find: 'token.startsWith(\'"\') ? token : `"${token}"`',
		replace: 'token',
		tests: ['test/unit/providers.test.ts'],
	},
];
