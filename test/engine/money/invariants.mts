/** What must hold at any moment, whatever was pressed, lost, repeated or refused. */
import { inspect } from 'node:util';
import type { IDataObject } from 'n8n-workflow';
import type { Run } from '../harness/run.mts';
import { isCharged, itemsOf, NODE, promptOf, type Story, type World } from './world.mts';

/** @throws Error that says which rule is broken, and for which item */
export function assertMoneyIsSafe(world: World): void {
	for (const story of world.stories) {
		for (const item of story.wishes.keys()) boughtOnce(world, story, item);
		for (const item of story.wishes.keys()) told(world, story, item);
		for (const run of story.runs) ownClips(world, story, run);
	}
	for (const key of new Set(world.stories.flatMap(({ wishes }) => wishes.map((one) => one.key)))) {
		if (key !== '') boughtOncePerKey(world, key);
	}
}

/** @throws Error unless all that is paid for has come out, now that nothing runs any more */
export function assertNothingIsLost(world: World, story: Story): void {
	const last = story.runs.at(-1) as Run;
	const out = inspect([itemsOf(last), last.error], { depth: Infinity, maxStringLength: null });
	for (const item of story.wishes.keys()) {
		const lost = paid(world, story, item).find(({ id }) => !out.includes(id));
		if (lost && !isDoubtful(story, item)) broken(story, item, `task ${lost.id} did not come out`);
	}
}

const paid = (world: World, story: Story, item: number) =>
	world.tasksOf(story, item).filter(({ stage }) => isCharged(stage));

function boughtOnce(world: World, story: Story, item: number): void {
	const tasks = paid(world, story, item);
	if (tasks.length > 1) broken(story, item, `bought ${tasks.length} times`);
}

function boughtOncePerKey(world: World, key: string): void {
	let allowed = 1;
	let bought = 0;
	for (const story of world.stories) {
		const items = [...story.wishes.keys()].filter((item) => story.wishes[item]?.key === key);
		const tasks = items.flatMap((item) => paid(world, story, item));
		bought += tasks.length;
		// n8n does not save what a stopped execution remembered for others.
		if (story.stopped && tasks.length > 0) allowed += 1;
	}
	if (bought > allowed) throw new Error(`The key ${key} was bought for ${bought} times`);
}

/** Every paid task is in an output, an error, the log at Stop, or where a retry looks for it. */
function told(world: World, story: Story, item: number): void {
	const shown = inspect(
		story.runs.map((run) => [
			itemsOf(run),
			run.error,
			run.logs.filter(({ message }) => message.startsWith('Vidu: stopped')),
			run.context(NODE).viduSuspension,
		]),
		{ depth: Infinity, maxStringLength: null, maxArrayLength: null },
	);
	for (const { id } of paid(world, story, item)) {
		const unanswered = story.stopped && shown.includes('on their way');
		if (!shown.includes(id) && !unanswered && !isDoubtful(story, item)) {
			broken(story, item, `task ${id} is told nowhere`);
		}
	}
}

/** Whether the last try remembers the order of an item as one whose answer was lost. */
function isDoubtful(story: Story, item: number): boolean {
	const key = story.wishes[item]?.key;
	const purchases = story.runs.map((run) => (run.context(NODE).viduPurchases ?? {}) as IDataObject);
	return purchases.some((one) =>
		Object.entries(one).some(
			([name, purchase]) =>
				(key === '' ? name.startsWith(`0:${item}:`) : name === `vidu:${key}`) &&
				(purchase as IDataObject).taskId === null,
		),
	);
}

function ownClips(world: World, story: Story, run: Run): void {
	const items = itemsOf(run);
	if (run.error === undefined && run.waitTill === undefined && !story.stopped && !story.overdue) {
		const pairs = items.map(({ pairedItem }) => (pairedItem as { item: number }).item).sort();
		const all = [...story.wishes.keys()].sort();
		if (String(pairs) !== String(all)) broken(story, 0, `items ${pairs} came out, not ${all}`);
	}
	for (const { json, pairedItem } of items) {
		const { item } = pairedItem as { item: number };
		const { taskId, videos } = { ...json, ...(json.details as IDataObject) } as IDataObject;
		if (typeof taskId !== 'string') continue;
		const task = world.sandbox.tasks().find(({ id }) => id === taskId);
		const key = story.wishes[item]?.key;
		const fits =
			task?.prompt === promptOf(story, item) ||
			(key !== '' &&
				world.stories.some((other) =>
					other.wishes.some((wish, at) => wish.key === key && promptOf(other, at) === task?.prompt),
				));
		if (!fits) broken(story, item, `got the clip of "${task?.prompt}"`);
		for (const { url } of (videos ?? []) as Array<{ url: string }>) {
			if (!url.includes(taskId)) broken(story, item, `got the video ${url} of another task`);
		}
	}
}

function broken(story: Story, item: number, what: string): never {
	const { name, wishes, setting, runs } = story;
	const context = inspect(
		{
			...{ wishes, setting },
			runs: runs.map((run) => [
				run.status,
				run.error?.message,
				run.error?.description,
				run.context(NODE).viduPurchases,
				itemsOf(run).map(({ json }) => json),
			]),
		},
		{ depth: 5 },
	);
	throw new Error(`${name}, item ${item}: ${what}\n${context}`);
}
