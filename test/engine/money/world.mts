/**
 * What the property about money runs in: a sandbox that bills, a room for suspended executions, and
 * what was asked for until now. All times are those of fastTime.mts.
 */
import { inspect } from 'node:util';
import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import { submissionsOfProcess } from '../../../nodes/Vidu/tasks/submit/thisProcess.ts';
import { signCallback } from '../../../sandbox/callbacks.mts';
import type { HostileSettings } from '../../../sandbox/hostile.mts';
import { startSandbox, type Sandbox } from '../../../sandbox/server.mts';
import { Life } from '../harness/life.mts';
import { processedData } from '../harness/processedData.mts';
import { startWorkflow, type Run, type RunOptions } from '../harness/run.mts';
import { WaitingRoom, type Suspended } from '../harness/waitingRoom.mts';
import { chain, node, start, type WorkflowJson } from '../harness/workflow.mts';
import { PACE } from './fastTime.mts';
import { WAYS, type WayName } from './providers.mts';

export const NODE = 'Clip';

/** One item that asks for a clip, or one call of a tool. */
export interface Wish {
	/** Tokens of sandbox/faults.mts. */
	readonly faults: string;
	/** The user's own `dedupeKey`; empty for none. */
	readonly key: string;
}

/** How the node is set for an execution. */
export interface Setting {
	readonly waitMode: 'poll' | 'suspend' | 'none';
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
	/** The node serves an AI agent, which calls it once for each wish. */
	readonly tool: boolean;
}

/** What ends an execution before its time: Stop after so many real milliseconds, or a death at an await point. */
export type Ending = { readonly stopAfter: number } | { readonly diesAt: number } | null;

/** A callback that somebody posts, all at once so many times. */
export interface Ring {
	readonly state: string;
	/** What signs it; that of the account if not given. */
	readonly key?: string;
	/** Instead of the secret in the address. */
	readonly secret?: string;
	readonly times: number;
}

/** Where and how all of it happens. */
export interface Place {
	readonly way: WayName;
	readonly hostile: HostileSettings | null;
}

/** An execution with all that came of it and its retries. */
export interface Story {
	/** Begins the prompts of its items. */
	readonly name: string;
	/** Ends them; unlike any other world's. */
	readonly mark: string;
	readonly wishes: readonly Wish[];
	readonly setting: Setting;
	/** What each try left, suspended ones as they were stored. */
	readonly runs: Run[];
	/** The life of each try, and of each of its turns after a sleep. */
	readonly lives: Life[];
	/** The last try, while it is suspended. */
	suspended: Suspended | null;
	/** At which await point the process dies in the next turn after a sleep. */
	dyingAt: number | undefined;
	stopped: boolean;
	/** Whether it has not ended although it should have. */
	hangs: boolean;
}

let lastWorld = 0;

export class World {
	readonly stories: Story[] = [];
	place: Place = { way: 'vidu', hostile: null };
	/** Of the workflow, as n8n's database keeps it. */
	private staticData: IDataObject = {};
	private workflowId = '';

	private constructor(
		readonly sandbox: Sandbox,
		readonly room: WaitingRoom,
	) {}

	static async open(): Promise<World> {
		// A clip takes 30 real ms; a callback that fails is repeated after 20.
		const speed = 3000 / PACE;
		const settings = { speed, renderSeconds: 90, callbackRetrySeconds: 60, credits: 1e6 };
		return new World(await startSandbox(settings), await WaitingRoom.open());
	}

	async close(): Promise<void> {
		this.endAll();
		await this.sandbox.close();
		await this.room.close();
	}

	/** An empty world again. */
	clear(place: Place): this {
		this.endAll();
		processedData.reset(this.workflowId);
		this.workflowId = `world${++lastWorld}`;
		this.place = place;
		this.sandbox.reset();
		this.sandbox.set({ hostile: place.hostile });
		this.stories.length = 0;
		this.staticData = {};
		return this;
	}

	get key(): string {
		return WAYS[this.place.way].credential.apiKey;
	}

	/** Ends what a failure has left behind. */
	private endAll(): void {
		for (const { lives } of this.stories) for (const life of lives) life.kill();
	}

	/** Executes the workflow. */
	async execute(wishes: readonly Wish[], setting: Setting, ending: Ending): Promise<Story> {
		const story: Story = {
			name: `s${this.stories.length + 1}`,
			mark: this.workflowId,
			wishes,
			setting,
			runs: [],
			lives: [],
			suspended: null,
			dyingAt: undefined,
			stopped: ending !== null && 'stopAfter' in ending,
			hangs: false,
		};
		this.stories.push(story);
		const items = wishes.map(({ key }, index) => ({
			json: { prompt: promptOf(story, index), key },
		}));
		if (ending !== null && 'stopAfter' in ending) {
			const options = { ...this.options(story), items, webhookWaitingUrl: this.room.url };
			const execution = await startWorkflow(workflowOf(setting), options);
			await passed(ending.stopAfter * PACE);
			// The static data of a stopped execution is lost: n8n does not save it.
			const run = await inTime(setting, execution.stop());
			if (run === 'hangs') hangs(story);
			else story.runs.push(run);
		} else {
			await this.begin(story, setting, { items }, ending?.diesAt);
		}
		return story;
	}

	/** "Retry" in the list of executions, with these settings of the node where it failed. */
	async retry(story: Story, setting: Setting): Promise<void> {
		const last = story.runs.at(-1);
		story.stopped = false;
		if (last?.status === 'error') return await this.begin(story, setting, { retryOf: last });
		// What was on its way when the process died has arrived, and another process knows nothing of it.
		await passed(100 * PACE);
		forgetPurchases();
		await this.begin(story, story.setting, { retryOf: last, original: true });
	}

	/** Rings at a suspended execution as the provider would, or nearly so. */
	async ring(story: Story, item: number, { state, key, secret, times }: Ring): Promise<void> {
		const given = this.callbackUrlOf(story, item);
		if (given === undefined) return;
		const url = secret === undefined ? given : given.replace(/[\w-]+$/, secret);
		const nonce = `nonce-${Math.random()}`;
		const headers = signCallback(key ?? this.key, url, new Date().toUTCString(), nonce);
		const evil = [{ id: '1', url: 'https://evil.example/666.mp4', cover_url: '' }];
		const ringing = Array.from({ length: times }, async () => {
			const request = {
				method: 'POST',
				headers: { ...headers, 'Content-Type': 'application/json' },
				body: JSON.stringify({ id: '666', state, creations: evil, err_code: 'Evil' }),
			};
			await fetch(url, request).catch(() => undefined);
		});
		await Promise.all(ringing);
	}

	/** Lets the time of a suspended execution come; its process dies at an await point, if given. */
	async wake(story: Story, diesAt?: number): Promise<void> {
		const { suspended } = story;
		if (suspended === null) return;
		story.dyingAt = diesAt;
		await this.room.wake(suspended.id);
		await passed(0);
	}

	/** Presses Stop at a suspended execution. */
	async stop(story: Story): Promise<void> {
		const { suspended } = story;
		if (suspended === null) return;
		story.stopped = true;
		this.room.stop(suspended.id);
		if ((await inTime(story.setting, suspended.resumed)) === 'hangs') hangs(story);
		await passed(0);
	}

	/** Waits until nothing at the provider runs any more, and lets the time of what sleeps come until it has ended. */
	async settle(story: Story): Promise<void> {
		const { suspended } = story;
		const over = suspended && inTime(story.setting, suspended.resumed);
		let ended = over === null;
		void over?.then((run) => {
			ended = true;
			if (run === 'hangs') hangs(story);
		});
		while (!ended || this.sandbox.tasks().some(({ stage }) => isOpen(stage))) {
			await passed(20 * PACE);
			if (!ended) await this.wake(story);
		}
		await passed(0);
	}

	/** The sandbox's tasks of an item. */
	tasksOf(story: Story, item: number) {
		return this.sandbox.tasks().filter(({ prompt }) => prompt === promptOf(story, item));
	}

	private callbackUrlOf(story: Story, item: number): string | undefined {
		const bodies = this.sandbox.requests().map(({ body }) => (body ?? {}) as IDataObject);
		const own = bodies.filter(({ prompt }) => prompt === promptOf(story, item));
		const url = own.at(-1)?.callback_url;
		return typeof url === 'string' ? url : undefined;
	}

	private async begin(
		story: Story,
		setting: Setting,
		given: RunOptions,
		diesAt?: number,
	): Promise<void> {
		const options = { ...this.options(story, diesAt), ...given };
		const before = JSON.stringify(options.staticData);
		const lifeOf = () => {
			const life = new Life(story.dyingAt);
			story.dyingAt = undefined;
			story.lives.push(life);
			return life;
		};
		const began = this.room.begin(workflowOf(setting), options, lifeOf);
		const begun = await inTime(setting, began);
		if (begun === 'hangs') return hangs(story);
		const run = 'resumed' in begun ? begun.suspended : begun;
		this.save(before, run);
		story.runs.push(run);
		if (!('resumed' in begun)) return;
		story.suspended = begun;
		void begun.resumed.then((ended) => {
			this.save(before, ended);
			story.suspended = null;
			story.runs.push(ended);
		});
	}

	/** n8n writes the static data whole, if the execution has changed it. That of one that was stopped or died is lost. */
	private save(before: string, { status, staticData }: Run): void {
		const after = JSON.stringify(staticData);
		const lost = status === 'crashed' || status === 'canceled';
		if (!lost && after !== before) this.staticData = JSON.parse(after) as IDataObject;
	}

	private options(story: Story, diesAt?: number): RunOptions {
		const life = new Life(diesAt);
		story.lives.push(life);
		const { credential } = WAYS[this.place.way];
		const data = { ...credential, baseUrl: this.sandbox.url } as never;
		return {
			life,
			binaryMode: 'default',
			workflowId: this.workflowId,
			credentials: { Vidu: { type: 'viduApi', data } },
			staticData: structuredClone(this.staticData),
		};
	}
}

/** As in another process. */
function forgetPurchases(): void {
	const others = submissionsOfProcess('elsewhere');
	for (let each = 0; each < 5000; each++) {
		others.set(String(each), { state: 'submitted', taskId: '1', at: 1 });
	}
}

const passed = async (milliseconds: number) =>
	await new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** What a run brings, or word that it has not come in the longest time that the node may take. */
async function inTime<T>(setting: Setting, work: Promise<T>): Promise<T | 'hangs'> {
	// Four items one after another, each try anew, each with a minute beside its Timeout; and where time
	// passes ten times faster, a machine that is busy with sixteen worlds may take three times as long.
	const seconds = 3 * setting.tries * 4 * (setting.timeout + 60);
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<'hangs'>((resolve) => {
		timer = setTimeout(() => resolve('hangs'), seconds * 1000);
	});
	return await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function hangs(story: Story): void {
	story.hangs = true;
	for (const life of story.lives) life.kill();
}

/** Whether a task still costs or may come to cost: not given back. */
export const isCharged = (stage: string) => stage !== 'failed' && stage !== 'cancelled';
const isOpen = (stage: string) => isCharged(stage) && stage !== 'success';

/** The prompt of an item, which no other item of its world has. */
export const promptOf = ({ name, wishes, mark }: Story, item: number) =>
	`${name}.${item} ${wishes[item]?.faults} a cat runs #${mark}`;

/** The items of a run, good and bad, as they came out. */
export const itemsOf = (run: Run): INodeExecutionData[] =>
	[...run.items(NODE), ...run.items(NODE, 1)].filter(({ json }) => json !== undefined);

/** All that a user gets to see of a story: items, errors, what the node logged, what waits. */
export const shownOf = ({ runs, lives }: Story): string =>
	inspect(
		[
			runs.map((run) => [
				run.data.resultData.runData,
				run.error,
				run.customData,
				run.context(NODE).viduSuspension,
			]),
			lives.map(({ lines }) => lines),
		],
		{ depth: Infinity, maxStringLength: null, maxArrayLength: null, breakLength: Infinity },
	);

function workflowOf(setting: Setting): WorkflowJson {
	const { waitMode, onError, tries, downloadVideo, ownPayload, tool, ...options } = setting;
	const value = (name: string) => (tool ? `={{ $fromAI('${name}') }}` : `={{ $json.${name} }}`);
	const clip: INode = node({
		name: NODE,
		type: `n8n-nodes-vidu.vidu${tool ? 'Tool' : ''}`,
		credentials: { viduApi: { id: '1', name: 'Vidu' } },
		onError,
		...(tries > 1 && { retryOnFail: true, maxTries: tries, waitBetweenTries: 1 }),
		parameters: {
			operation: 'textToVideo',
			model: 'viduq2',
			prompt: value('prompt'),
			waitMode,
			downloadVideo,
			options: {
				...options,
				pollInterval: 0.2,
				dedupeKey: value('key'),
				...(ownPayload && { payload: 'mine' }),
			},
		},
	});
	if (!tool) return chain([clip], node({ name: 'Failures', type: 'n8n-nodes-base.noOp' }));
	const agent = node({ name: 'Agent', type: 'test.agent' });
	const { connections } = chain([agent]);
	const served = { ai_tool: [[{ node: agent.name, type: 'ai_tool' as const, index: 0 }]] };
	return { nodes: [start, agent, clip], connections: { ...connections, [NODE]: served } };
}
