/** What the tests of a node that sleeps share: a sandbox, a room for executions that wait, and a time that can be moved on. */
import { randomUUID } from 'node:crypto';
import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import { PATIENCE } from '../../../nodes/Vidu/tasks/context/patience.ts';
import { signCallback } from '../../../sandbox/callbacks.mts';
import { SANDBOX_KEY, startSandbox, type Sandbox } from '../../../sandbox/server.mts';
import { account, rows } from '../harness/clip.mts';
import { Run, type RunOptions } from '../harness/run.mts';
import { moveTime, now, skip } from '../harness/timeline.mts';
import { WaitingRoom, type Suspended } from '../harness/waitingRoom.mts';
import { chain, node, type WorkflowJson } from '../harness/workflow.mts';
import { WAYS, type WayName } from '../money/providers.mts';

export const NAME = 'Clip';
/** Seconds that a clip takes; it is thought to take 90. */
export const RENDER = 80;
/** Seconds: after these every clip is thought to be ready. */
export const EXPECTED = 90;
const MINUTE = 60_000;

/** A node that makes a clip of `{{ $json.prompt }}`, and sleeps meanwhile. */
export function clip(options: IDataObject = {}, settings: Partial<INode> = {}): INode {
	return node({
		name: NAME,
		type: 'n8n-nodes-vidu.vidu',
		credentials: { viduApi: { id: '1', name: 'Vidu' } },
		...settings,
		parameters: {
			operation: 'textToVideo',
			model: 'viduq2',
			prompt: '={{ $json.prompt }}',
			waitMode: 'suspend',
			options: options as never,
			...settings.parameters,
		},
	});
}

export const failures = node({ name: 'Failures', type: 'n8n-nodes-base.noOp' });

export const numbered = (count: number, faults = '') =>
	Array.from({ length: count }, (_, index) => `clip ${index} ${faults}`.trim());

export class Stage {
	sandbox!: Sandbox;
	room!: WaitingRoom;

	async open(): Promise<void> {
		moveTime();
		// As they are at a provider: these minutes pass at once here.
		Object.assign(PATIENCE, {
			refusal: 3 * MINUTE,
			emptySuccess: MINUTE,
			unreachable: MINUTE,
			firstPause: 1_000,
		});
		this.sandbox = await startSandbox({ now, speed: 1, renderSeconds: RENDER });
		this.room = await WaitingRoom.open();
	}

	async close(): Promise<void> {
		await this.sandbox.close();
		await this.room.close();
	}

	/** An account at a provider. */
	account(way: WayName = 'vidu'): RunOptions {
		return account(this.sandbox.url, WAYS[way].credential);
	}

	/** Runs a workflow until it sleeps, or has ended. */
	async begin(workflow: WorkflowJson, prompts: readonly string[], options: RunOptions = {}) {
		return await this.room.begin(workflow, {
			...this.account(),
			items: rows(...prompts),
			...options,
		});
	}

	/** Runs one clip node until it sleeps. @throws when it ends without */
	async suspend(prompts: readonly string[], tested = clip(), options: RunOptions = {}) {
		const begun = await this.begin(workflowOf(tested), prompts, options);
		if (begun instanceof Run) {
			throw new Error(`Did not sleep: ${begun.status} ${begun.error?.message ?? ''}`);
		}
		return begun;
	}

	/** Runs a workflow to its end, by the clock alone. */
	async run(workflow: WorkflowJson, prompts: readonly string[], options: RunOptions = {}) {
		const begun = await this.begin(workflow, prompts, options);
		return begun instanceof Run ? begun : await this.sleepOn(begun);
	}

	/** Lets time pass until n8n wakes the execution. @returns whether it waited */
	async wakeUp({ id }: Pick<Suspended, 'id'>): Promise<boolean> {
		const till = this.room.waitTill(id);
		if (till === undefined) return false;
		this.pass((till.getTime() - now()) / 1000);
		return await this.room.wake(id);
	}

	/** Lets an execution be woken by the clock until it has ended. */
	async sleepOn(suspended: Suspended): Promise<Run> {
		for (let wakeUps = 0; await this.wakeUp(suspended); wakeUps++) {
			if (wakeUps > 2000) throw new Error('It sleeps on and on');
		}
		return await suspended.resumed;
	}

	/** Lets so many seconds pass, also for the callbacks that the sandbox has to send. */
	pass(seconds: number): void {
		skip(seconds * 1000);
		this.sandbox.set({});
	}

	/** The requests that ordered something, taken or not. */
	orders() {
		return this.sandbox.requests().filter(({ method }) => method === 'POST');
	}

	/** The requests that asked for the status of tasks. */
	looks() {
		return this.sandbox
			.requests()
			.filter(({ method, path }) => method === 'GET' && /task|generation|async/.test(path));
	}

	/** Counts the tasks that are in flight together, at most, from now on. @returns that number so far */
	watchFlights(): () => number {
		let most = 0;
		this.sandbox.addLogger(() => {
			const open = this.sandbox
				.tasks()
				.filter(({ stage }) => ['created', 'queueing', 'processing'].includes(stage));
			most = Math.max(most, open.length);
		});
		return () => most;
	}

	/** The downloads of finished clips. */
	downloads() {
		return this.sandbox.requests().filter(({ path }) => /\.mp4/.test(path));
	}

	/** What the clip of an item was ordered with. */
	promptOf({ json }: INodeExecutionData): string | undefined {
		return this.sandbox.tasks().find(({ id }) => id === json.taskId)?.prompt;
	}

	promptsOf(run: Run, name = NAME, output = 0) {
		return run.items(name, output).map((item) => this.promptOf(item));
	}

	/** Where the clip ordered as the `index`-th is to ring. */
	bellOf(index: number): string {
		return String(Object(this.orders()[index]?.body).callback_url);
	}

	/** Rings as the provider would, or nearly so. @returns the status of the answer */
	async ring(
		url: string,
		body: IDataObject = { state: 'success' },
		headers: Record<string, string | undefined> = {},
	): Promise<number> {
		const signed = signCallback(SANDBOX_KEY, url, new Date().toUTCString(), randomUUID());
		return await post(url, body, { ...signed, ...headers });
	}

	/** A callback that can be sent again and again, with the same nonce and signature. */
	repeatable(url: string): (body: IDataObject) => Promise<number> {
		const signed = signCallback(SANDBOX_KEY, url, new Date().toUTCString(), randomUUID());
		return async (body) => await post(url, body, signed);
	}

	/** What those who rang an execution were answered. */
	answers(id: string): number[] {
		return this.room.answers
			.filter(({ execution }) => execution === id)
			.map(({ status }) => status);
	}
}

/** Posts a callback; headers that are undefined are left out. */
export async function post(
	url: string,
	body: IDataObject,
	headers: Record<string, string | undefined>,
): Promise<number> {
	const all = Object.entries({ 'Content-Type': 'application/json', ...headers });
	const given = all.filter((entry): entry is [string, string] => entry[1] !== undefined);
	const answer = await fetch(url, {
		method: 'POST',
		headers: Object.fromEntries(given),
		body: JSON.stringify(body),
	});
	return answer.status;
}

/** One clip node after the trigger, its error output connected if it has one. */
export const workflowOf = (tested: INode): WorkflowJson =>
	chain([tested], tested.onError === 'continueErrorOutput' ? failures : undefined);

/** A stage for the tests of this file, empty for each of them. */
export function openStage(): Stage {
	const stage = new Stage();
	beforeAll(async () => await stage.open());
	afterEach(() => stage.sandbox.reset());
	afterAll(async () => await stage.close());
	return stage;
}
