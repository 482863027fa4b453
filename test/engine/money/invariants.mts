/** What must hold at any moment, whatever was pressed, lost, repeated, refused or lied about. */
import { inspect } from 'node:util';
import type { IDataObject } from 'n8n-workflow';
import type { Run } from '../harness/run.mts';
import { isCharged, itemsOf, NODE, promptOf, shownOf, type Story, type World } from './world.mts';

/** Characters that a message, an advice or a line in the log has at most, with ids of four items. */
const LONGEST = 5000;
/** How the node says that it cannot know what was bought. */
const DOUBT = /may or may not|may have sent|may exist|unclear whether/i;

/** @throws Error that says which rule is broken, and for which item */
export function assertMoneyIsSafe(world: World): void {
	for (const story of world.stories) {
		if (story.hangs) broken(world, story, 0, 'the run did not end in its time');
		const shown = shownOf(story);
		for (const item of story.wishes.keys()) {
			boughtOnce(world, story, item);
			told(world, story, item, shown);
		}
		for (const run of story.runs) ownClips(world, story, run);
		inFlight(world, story);
		discreet(world, story, shown);
	}
	for (const key of new Set(world.stories.flatMap(({ wishes }) => wishes.map((one) => one.key)))) {
		if (key !== '') boughtOncePerKey(world, key);
	}
}

/** @throws Error unless all that is paid for has come out, now that nothing runs any more */
export function assertNothingIsLost(world: World, story: Story): void {
	const last = story.runs.at(-1) as Run;
	const out = inspect([last.data.resultData.runData, last.error], {
		depth: Infinity,
		maxStringLength: null,
		maxArrayLength: null,
	});
	for (const item of story.wishes.keys()) {
		const lost = paid(world, story, item).find(({ id }) => !out.includes(id));
		// Also what only a process knew that died.
		const living = { ...story, lives: story.lives.filter(({ isOver }) => !isOver) };
		if (lost && !(isHidden(world, living, lost.id) && DOUBT.test(out))) {
			broken(world, story, item, `task ${lost.id} did not come out`);
		}
	}
}

const paid = (world: World, story: Story, item: number) =>
	world.tasksOf(story, item).filter(({ stage }) => isCharged(stage));

function boughtOnce(world: World, story: Story, item: number): void {
	const tasks = paid(world, story, item);
	if (tasks.length > 1) broken(world, story, item, `bought ${tasks.length} times`);
}

function boughtOncePerKey(world: World, key: string): void {
	const bought = world.stories.flatMap((story) =>
		[...story.wishes.keys()]
			.filter((item) => story.wishes[item]?.key === key)
			.flatMap((item) => paid(world, story, item)),
	);
	if (bought.length <= 1) return;
	const story = world.stories.find(({ wishes }) => wishes.some((wish) => wish.key === key));
	broken(world, story as Story, 0, `the key "${key}" was bought for ${bought.length} times`);
}

/** Whether the node never got an answer with the id: lost on the way, or the provider kept it to itself. */
function isHidden(world: World, { lives }: Story, id: string): boolean {
	const unseen = !lives.some(({ answers }) => answers.some((body) => body.includes(id)));
	return unseen || world.sandbox.hidden().has(id);
}

/** Every paid task is in an output, an error, the log, or where a suspended execution goes on. */
function told(world: World, story: Story, item: number, shown: string): void {
	for (const { id } of paid(world, story, item)) {
		if (shown.includes(id)) continue;
		// What the node never saw it cannot tell; it says so, unless its process died before it could.
		const hidden = isHidden(world, story, id);
		if (hidden && (DOUBT.test(shown) || story.lives.some(({ isOver }) => isOver))) continue;
		// The answer is on its way to a turn that a callback has begun.
		if (hidden && story.suspended && !world.room.waitTill(story.suspended.id)) continue;
		broken(world, story, item, `task ${id} is told nowhere`);
	}
}

/** Nothing of the key gets out, and nobody has to read 300 kB. */
function discreet(world: World, story: Story, shown: string): void {
	if (shown.includes(world.key)) broken(world, story, 0, 'the key is shown');
	const texts = story.runs.flatMap(({ error }) => [error?.message, error?.description]);
	for (const text of [...texts, ...story.lives.flatMap(({ lines }) => lines)]) {
		if (text && text.length > LONGEST)
			broken(world, story, 0, `a text of ${text.length} characters`);
	}
}

function ownClips(world: World, story: Story, run: Run): void {
	const items = itemsOf(run);
	for (const output of [0, 1]) {
		const order = run
			.items(NODE, output)
			.map(({ pairedItem }) => Object(pairedItem).item as number);
		if (order.some((item, at) => item < (order[at - 1] ?? 0))) {
			broken(world, story, 0, `items came out as ${order}`);
		}
	}
	if (run.status === 'success' && !story.stopped && !story.setting.tool) {
		const pairs = items.map(({ pairedItem }) => (pairedItem as { item: number }).item).sort();
		const all = [...story.wishes.keys()].sort();
		if (String(pairs) !== String(all)) {
			broken(world, story, 0, `items ${pairs} came out, not ${all}`);
		}
	}
	for (const { json, pairedItem } of items) {
		const { item } = pairedItem as { item: number };
		const { details } = (json.error ?? {}) as { details?: IDataObject };
		const { taskId, videos } = { ...json, ...details } as IDataObject;
		if (typeof taskId !== 'string') continue;
		const task = world.sandbox.tasks().find(({ id }) => id === taskId);
		const key = story.wishes[item]?.key;
		const fits =
			task?.prompt === promptOf(story, item) ||
			(key !== '' &&
				world.stories.some((other) =>
					other.wishes.some((wish, at) => wish.key === key && promptOf(other, at) === task?.prompt),
				));
		if (!fits) broken(world, story, item, `got the clip of "${task?.prompt ?? taskId}"`);
		for (const { url } of (videos ?? []) as Array<{ url: string }>) {
			if (!url.includes(taskId)) {
				broken(world, story, item, `got the video ${url} of another task`);
			}
		}
	}
}

/**
 * No more tasks at once than Max Concurrency, as far as the node can know: at an honest provider, in
 * an execution that was not given up, nor lost.
 */
function inFlight(world: World, story: Story): void {
	const { setting, lives, stopped } = story;
	const known = setting.waitMode !== 'none' && setting.timeout === 60 && !setting.tool;
	if (world.place.hostile !== null || !known || stopped || lives.some(({ isOver }) => isOver))
		return;
	// A retry may have another limit.
	if (story.runs.filter(({ waitTill }) => waitTill === undefined).length > 1) return;
	const tasks = [...story.wishes.keys()]
		.flatMap((item) => world.tasksOf(story, item))
		.filter(({ id, stage }) => stage !== 'cancelled' && !isHidden(world, story, id));
	for (const { startedAt } of tasks) {
		const others = tasks.filter((one) => one.startedAt <= startedAt && one.endsAt > startedAt);
		if (others.length > setting.maxConcurrency) {
			broken(world, story, 0, `${others.length} tasks were in flight`);
		}
	}
}

function broken(world: World, story: Story, item: number, what: string): never {
	const { name, wishes, setting, runs, lives } = story;
	const context = inspect(
		{
			place: world.place,
			...{ wishes, setting },
			lines: lives.map(({ lines, isOver }) => (isOver ? [...lines, 'DIED'] : lines)),
			runs: runs.map((run) => [
				run.status,
				run.error?.message,
				run.error?.description,
				run.context(NODE),
				itemsOf(run).map(({ json }) => json),
			]),
			tasks: world.sandbox.tasks().map(({ id, prompt, stage }) => `${id} ${stage} ${prompt}`),
			requests: world.sandbox
				.requests()
				.map((one) => `${one.method} ${one.path} ${one.status} ${one.hostile ?? ''}`)
				.slice(0, 60),
		},
		{ depth: 5, maxStringLength: 600, breakLength: 160 },
	);
	throw new Error(`${name}, item ${item}: ${what}\n${context}`);
}
