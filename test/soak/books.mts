/** What was billed, against what came out. Pure. */

/** A task that was paid for. */
export interface Paid {
	readonly id: string;
	/** That of no other order. */
	readonly prompt: string;
	/** Whether its id was kept from whoever ordered it. */
	readonly isHidden: boolean;
}

/** An item that a node put out. */
export interface Item {
	readonly execution: string;
	/** Of which workflow, and which node in it. */
	readonly place: string;
	readonly taskId: string;
}

export interface Told {
	readonly items: readonly Item[];
	/** All that the executions left: items, errors, hints. */
	readonly executions: readonly string[];
	readonly log: string;
}

/** Where tasks that were paid for have come out, and what must not be. */
export interface Books {
	readonly billed: number;
	readonly items: number;
	/** In an error or a hint of an execution. */
	readonly errors: number;
	readonly log: number;
	/** The node could not know the id, and has said that it may have bought. */
	readonly doubts: number;
	readonly wrong: readonly string[];
}

const DOUBT = /may or may not|may have sent|may exist|unclear whether/i;

/** Finds every task that was paid for, and what was bought or put out twice. */
export function balance(paid: readonly Paid[], told: Told): Books {
	const places = paid.map((task) => whereIs(task, told));
	const count = (place: string) => places.filter((one) => one === place).length;
	const lost = paid.filter((_, at) => places[at] === 'nowhere');
	return {
		billed: paid.length,
		items: count('items'),
		errors: count('errors'),
		log: count('log'),
		doubts: count('doubts'),
		wrong: [
			...lost.map(({ id, prompt }) => `task ${id} came out nowhere: ${prompt}`),
			...repeated(paid.map(({ prompt }) => prompt)).map((prompt) => `bought twice: ${prompt}`),
			...repeated(told.items.map(({ place, taskId }) => `${taskId} at ${place}`)).map(
				(clip) => `put out twice: ${clip}`,
			),
		],
	};
}

function whereIs({ id, prompt, isHidden }: Paid, { items, executions, log }: Told) {
	if (items.some(({ taskId }) => taskId === id)) return 'items';
	if (executions.some((text) => text.includes(id))) return 'errors';
	if (log.includes(id)) return 'log';
	const doubted = executions.some((text) => text.includes(prompt) && DOUBT.test(text));
	return isHidden && doubted ? 'doubts' : 'nowhere';
}

/** What there is more than once. */
function repeated(values: readonly string[]): string[] {
	return [...new Set(values.filter((value, at) => values.indexOf(value) !== at))];
}
