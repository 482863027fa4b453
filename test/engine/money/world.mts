/**
 * What the property about money runs in: a sandbox that bills, a room for suspended executions, and
 * what was asked for until now.
 */
import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import { signCallback } from '../../../sandbox/callbacks.mts';
import { SANDBOX_KEY, startSandbox, type Sandbox } from '../../../sandbox/server.mts';
import { startWorkflow, type Run, type RunOptions } from '../harness/run.mts';
import { WaitingRoom, type Suspended } from '../harness/waitingRoom.mts';
import { chain, node } from '../harness/workflow.mts';

export const NODE = 'Clip';

/** One item that asks for a clip. */
export interface Wish {
	/** Tokens of sandbox/faults.mts. */
	readonly faults: string;
	/** The user's own `dedupeKey`; empty for none. */
	readonly key: string;
}

/** How the node is set for an execution. */
export interface Setting {
	readonly waitMode: 'poll' | 'callback' | 'none';
	readonly onError: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
	/** 1: without Retry On Fail. */
	readonly tries: number;
	readonly maxConcurrency: number;
	/** Seconds. */
	readonly timeout: number;
	/** A payload of the user's own, which leaves no room for our mark. */
	readonly ownPayload: boolean;
	readonly downloadVideo: boolean;
	readonly onStop: 'leave' | 'cancel';
}

/** An execution with all that came of it and its retries. */
export interface Story {
	/** Begins the prompts of its items; unlike any other. */
	readonly name: string;
	readonly wishes: readonly Wish[];
	readonly setting: Setting;
	/** What each try left, suspended ones as they were stored. */
	readonly runs: Run[];
	/** The last try, while it is suspended. */
	suspended: Suspended | null;
	stopped: boolean;
	overdue: boolean;
}

let lastStory = 0;

export class World {
	readonly stories: Story[] = [];
	/** Of the workflow, as n8n's database keeps it. */
	private staticData: IDataObject = {};

	private constructor(
		readonly sandbox: Sandbox,
		readonly room: WaitingRoom,
	) {}

	static async open(): Promise<World> {
		// A clip takes 30 ms; a callback that fails is repeated after 20 ms.
		const settings = { speed: 3000, renderSeconds: 90, callbackRetrySeconds: 60, credits: 1e6 };
		return new World(await startSandbox(settings), await WaitingRoom.open());
	}

	async close(): Promise<void> {
		await this.sandbox.close();
		await this.room.close();
	}

	/** An empty world again. */
	clear(): this {
		this.sandbox.reset();
		this.stories.length = 0;
		this.staticData = {};
		return this;
	}

	/** Executes the workflow; `stopAfter` presses Stop after so many milliseconds. */
	async execute(
		wishes: readonly Wish[],
		setting: Setting,
		stopAfter: number | null,
	): Promise<Story> {
		const story: Story = {
			name: `s${++lastStory}`,
			wishes,
			setting,
			runs: [],
			suspended: null,
			stopped: stopAfter !== null,
			overdue: false,
		};
		this.stories.push(story);
		const items = wishes.map(({ key }, index) => ({
			json: { prompt: promptOf(story, index), key },
		}));
		if (stopAfter === null) {
			await this.begin(story, setting, { items });
		} else {
			const options = { ...this.options(), items, webhookWaitingUrl: this.room.url };
			const execution = await startWorkflow(workflowOf(setting), options);
			await passed(stopAfter);
			// The static data of a stopped execution is lost: n8n does not save it.
			story.runs.push(await execution.stop());
		}
		return story;
	}

	/** "Retry" in the list of executions, with these settings of the node. */
	async retry(story: Story, setting: Setting): Promise<void> {
		await this.begin(story, setting, { retryOf: story.runs.at(-1) });
	}

	/** Posts the callback of a task to a suspended execution, signed with a key. */
	async callBack(story: Story, item: number, state: string, key = SANDBOX_KEY): Promise<void> {
		const url = this.callbackUrlOf(story, item);
		if (url === undefined) return;
		const nonce = `nonce-${Math.random()}`;
		const headers = signCallback(key, url, new Date().toUTCString(), nonce);
		await fetch(url, {
			method: 'POST',
			headers: { ...headers, 'Content-Type': 'application/json' },
			body: JSON.stringify({ state }),
		}).catch(() => undefined);
	}

	/** Lets the deadline of a suspended execution pass. */
	async expire(story: Story): Promise<void> {
		const { suspended } = story;
		if (suspended === null) return;
		story.overdue = await this.room.expire(suspended.id);
		await this.resumed(story);
	}

	/** Waits until nothing at the provider runs any more, and calls back what waits for it. */
	async settle(story: Story): Promise<void> {
		while (this.sandbox.tasks().some(({ stage }) => isOpen(stage))) await passed(5);
		while (story.suspended !== null) {
			await Promise.all(
				story.wishes.map(async (_, item) => await this.callBack(story, item, 'success')),
			);
			await Promise.race([this.resumed(story), passed(50)]);
		}
	}

	/** The sandbox's tasks of an item. */
	tasksOf(story: Story, item: number) {
		return this.sandbox.tasks().filter(({ prompt }) => prompt.startsWith(`${story.name}.${item} `));
	}

	private callbackUrlOf(story: Story, item: number): string | undefined {
		const bodies = this.sandbox.requests().map(({ body }) => (body ?? {}) as IDataObject);
		const own = bodies.filter(({ prompt }) => prompt === promptOf(story, item));
		return own.at(-1)?.callback_url as string | undefined;
	}

	private async begin(story: Story, setting: Setting, given: RunOptions): Promise<void> {
		const begun = await this.room.begin(workflowOf(setting), { ...this.options(), ...given });
		const run = 'resumed' in begun ? begun.suspended : begun;
		this.staticData = JSON.parse(JSON.stringify(run.staticData)) as IDataObject;
		story.runs.push(run);
		if (!('resumed' in begun)) return;
		story.suspended = begun;
		void this.resumed(story);
	}

	private async resumed(story: Story): Promise<void> {
		const { suspended } = story;
		if (suspended === null) return;
		const run = await suspended.resumed;
		if (story.suspended !== suspended) return;
		story.suspended = null;
		story.runs.push(run);
	}

	private options(): RunOptions {
		const data = { apiKey: SANDBOX_KEY, baseUrl: this.sandbox.url } as never;
		return {
			binaryMode: 'default',
			credentials: { Vidu: { type: 'viduApi', data } },
			staticData: structuredClone(this.staticData),
		};
	}
}

const passed = async (milliseconds: number) =>
	await new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** Whether a task still costs or may come to cost: not given back. */
export const isCharged = (stage: string) => stage !== 'failed' && stage !== 'cancelled';
const isOpen = (stage: string) => isCharged(stage) && stage !== 'success';

/** The prompt of an item, which no other item has. */
export const promptOf = ({ name, wishes }: Story, item: number) =>
	`${name}.${item} ${wishes[item]?.faults} a cat runs`;

/** The items of a run, good and bad, as they came out. */
export const itemsOf = (run: Run): INodeExecutionData[] =>
	[...run.items(NODE), ...run.items(NODE, 1)].filter(({ json }) => json !== undefined);

function workflowOf(setting: Setting) {
	const { waitMode, onError, tries, downloadVideo, ownPayload, ...options } = setting;
	const clip: INode = node({
		name: NODE,
		type: 'n8n-nodes-vidu.vidu',
		credentials: { viduApi: { id: '1', name: 'Vidu' } },
		onError,
		...(tries > 1 && { retryOnFail: true, maxTries: tries, waitBetweenTries: 1 }),
		parameters: {
			operation: 'textToVideo',
			model: 'viduq2',
			prompt: '={{ $json.prompt }}',
			waitMode,
			downloadVideo,
			options: {
				...options,
				pollInterval: 0.01,
				skipUrlCheck: true,
				dedupeKey: '={{ $json.key }}',
				...(ownPayload && { payload: 'mine' }),
			},
		},
	});
	return chain([clip], node({ name: 'Failures', type: 'n8n-nodes-base.noOp' }));
}
