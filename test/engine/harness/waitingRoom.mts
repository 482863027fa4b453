/**
 * Stands for the part of n8n that holds suspended executions: takes callbacks under
 * `/webhook-waiting/<execution>/<node>`, lets the node's `webhook` answer them and resumes the
 * execution, in the steps of n8n 2.40 (waiting-webhooks, webhook-helpers, wait-tracker).
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type {
	IRun,
	IRunExecutionData,
	IWebhookData,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { core, onLog, type LogEntry } from './n8n.mts';
import {
	makeAdditionalData,
	makeWorkflow,
	Run,
	startWorkflow,
	storedExecution,
	type RunOptions,
} from './run.mts';
import type { Life } from './life.mts';
import type { WorkflowJson } from './workflow.mts';

const MODE: WorkflowExecuteMode = 'manual';
/** What n8n has of an execution that was stopped while it waited, or whose process died in a turn, besides its data. */
const ENDED = { mode: MODE, startedAt: new Date(), storedAt: 'db' } as const;

/** An answer that a caller got. */
export interface Answered {
	readonly execution: string;
	readonly status: number;
}

interface Guest {
	readonly workflow: WorkflowJson;
	readonly options: RunOptions;
	/** As in n8n's database. */
	data: IRunExecutionData;
	state: 'waiting' | 'running' | 'ended';
	/** How often it was resumed. */
	wakeUps: number;
	/** The life of the next turn. */
	lifeOf(): Life | undefined;
	end(run: Run): void;
	/** Presses Stop while it runs. */
	cancel(): void;
}

/** An execution that waits. */
export interface Suspended {
	readonly id: string;
	/** As n8n stored it. */
	readonly suspended: Run;
	/** When it has been resumed and has ended. */
	readonly resumed: Promise<Run>;
}

export class WaitingRoom {
	/** All callbacks that came, in order. */
	readonly answers: Answered[] = [];
	private readonly guests = new Map<string, Guest>();
	/** Not stored yet: n8n answers as to a running execution. */
	private readonly started = new Set<string>();
	private readonly server = createServer((request, response) => {
		this.callback(request, response).catch((error: unknown) => {
			// The node has answered; what went wrong later is n8n's to log.
			if (response.headersSent) return;
			response.statusCode = 500;
			response.end(String(error));
		});
	});

	/** Opens a room on loopback; its users may be called back once it listens. */
	static async open(): Promise<WaitingRoom> {
		const room = new WaitingRoom();
		await new Promise<void>((resolve) => room.server.listen(0, '127.0.0.1', resolve));
		return room;
	}

	get url(): string {
		return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/webhook-waiting`;
	}

	async close(): Promise<void> {
		this.server.closeAllConnections();
		await new Promise((resolve) => this.server.close(resolve));
	}

	/** Runs a workflow until it is suspended. @throws when it ends without */
	async suspend(workflow: WorkflowJson, given: RunOptions = {}): Promise<Suspended> {
		const suspended = await this.begin(workflow, given);
		if (suspended instanceof Run) {
			throw new Error(`Not suspended: ${suspended.status} ${suspended.error?.message ?? ''}`);
		}
		return suspended;
	}

	/** Runs a workflow until it is suspended or has ended. `lifeOf` gives the life of each turn after a sleep. */
	async begin(
		workflow: WorkflowJson,
		given: RunOptions = {},
		lifeOf: Guest['lifeOf'] = () => undefined,
	): Promise<Suspended | Run> {
		const options = { ...given, webhookWaitingUrl: this.url };
		const { id, finished } = await startWorkflow(workflow, options);
		this.started.add(id);
		const suspended = await finished;
		if (suspended.waitTill === undefined) return suspended;
		const resumed = new Promise<Run>((end) => {
			const data = storedExecution(suspended.data);
			// The process that takes it up again is another one.
			const later = { ...options, life: undefined };
			const cancel = () => undefined;
			this.guests.set(id, {
				workflow,
				options: later,
				data,
				state: 'waiting',
				wakeUps: 0,
				lifeOf,
				end,
				cancel,
			});
		});
		return { id, suspended, resumed };
	}

	/** Runs a workflow to its end, across a suspension if there is one. */
	async run(workflow: WorkflowJson, options: RunOptions = {}): Promise<Run> {
		return await (
			await this.suspend(workflow, options)
		).resumed;
	}

	/** Is gone for a moment, as an n8n that restarts: what waits, waits on. */
	async restart(): Promise<void> {
		const { port } = this.server.address() as AddressInfo;
		await this.close();
		await new Promise<void>((resolve) => this.server.listen(port, '127.0.0.1', resolve));
	}

	/**
	 * Lets the time of an execution come, as n8n's wait tracker sees it.
	 * @param read what n8n had read of it, where that is out of date by now @returns whether it still waited
	 */
	async wake(id: string, read?: IRunExecutionData): Promise<boolean> {
		const guest = this.guest(id);
		if (guest.state !== 'waiting') return false;
		await this.resume(id, guest, storedExecution(read ?? guest.data));
		return true;
	}

	/** When an execution is to go on; undefined when it does not wait. */
	waitTill(id: string): Date | undefined {
		const { state, data } = this.guest(id);
		return state === 'waiting' && data.waitTill ? new Date(data.waitTill) : undefined;
	}

	/** How often an execution was resumed, by the clock or by a callback. */
	wakeUps(id: string): number {
		return this.guest(id).wakeUps;
	}

	/** An execution as n8n has stored it last. */
	stored(id: string): IRunExecutionData {
		return this.guest(id).data;
	}

	/** Presses Stop: what waits is not resumed any more, what runs is told. */
	stop(id: string): void {
		const guest = this.guest(id);
		if (guest.state === 'running') return guest.cancel();
		guest.state = 'ended';
		const ended = { ...ENDED, status: 'canceled', data: guest.data } as IRun;
		guest.end(new Run(ended, [], {}));
	}

	private guest(id: string): Guest {
		const guest = this.guests.get(id);
		if (guest === undefined) throw new Error(`Execution ${id} never waited`);
		return guest;
	}

	private async callback(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const url = new URL(request.url ?? '', 'http://n8n');
		const [, , id = '', nodeId = ''] = url.pathname.split('/').map(decodeURIComponent);
		response.on('finish', () => this.answers.push({ execution: id, status: response.statusCode }));
		const guest = this.guests.get(id);
		if (guest?.state !== 'waiting') {
			response.writeHead(this.started.has(id) ? 409 : 404).end();
			return;
		}
		const data = storedExecution(guest.data);
		data.waitTill = undefined;
		const rawBody = Buffer.concat(chunks);
		const additionalData = {
			...makeAdditionalData(id, MODE, makeWorkflow(guest.workflow, guest.options), guest.options),
			httpRequest: {
				method: request.method,
				headers: request.headers,
				query: Object.fromEntries(url.searchParams),
				body: JSON.parse(rawBody.toString() || '{}') as unknown,
				originalUrl: request.url,
				rawBody,
			},
			httpResponse: express(response),
		} as unknown as IWorkflowExecuteAdditionalData;
		const workflow = makeWorkflow(guest.workflow, guest.options);
		const node = Object.values(workflow.nodes).find((candidate) => candidate.id === nodeId);
		if (node === undefined) {
			response.writeHead(404).end();
			return;
		}
		const entry = data.executionData?.nodeExecutionStack[0];
		if (entry === undefined) throw new Error('There is nothing to resume');
		entry.node.disabled = true;
		const webhook = { webhookDescription: { name: 'default' } } as unknown as IWebhookData;
		const context = new core.WebhookContext(
			workflow,
			node,
			additionalData,
			MODE,
			webhook,
			[],
			data,
		);
		const type = workflow.nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
		const answer = await type.webhook?.call(context as never);
		if (answer?.workflowData === undefined) return;
		if ((guest.state as Guest['state']) !== 'waiting')
			throw new Error('It is already being resumed');
		entry.data.main = answer.workflowData;
		entry.metadata = { ...entry.metadata, forwardAllOutputs: true };
		// n8n 2.40, preserveInputOverride: an empty run stays where the engine was asked for it.
		const runs = data.resultData.runData[node.name];
		const last = runs?.pop();
		if (last?.inputOverride) {
			const { source, inputOverride } = last;
			runs?.push({ startTime: 0, executionTime: 0, executionIndex: 0, source, inputOverride });
		}
		await this.resume(id, guest, data);
	}

	private async resume(id: string, guest: Guest, data: IRunExecutionData): Promise<void> {
		guest.state = 'running';
		guest.wakeUps += 1;
		// n8n stores it as it is resumed, and nothing more until the turn has ended.
		guest.data = storedExecution(data);
		const life = guest.lifeOf();
		const options = { ...guest.options, life };
		const workflow = makeWorkflow(guest.workflow, options);
		const additionalData = makeAdditionalData(id, MODE, workflow, options);
		const logs: LogEntry[] = [];
		const stopListening = onLog((entry) => logs.push(entry));
		const engine = new core.WorkflowExecute(additionalData, MODE, data);
		const execution = engine.processRunExecutionData(workflow);
		guest.cancel = () => execution.cancel();
		const died = life?.died.then(() => {
			execution.catch(() => undefined);
			execution.cancel();
			return { ...ENDED, status: 'crashed', data: guest.data } as IRun;
		});
		const run = await Promise.race([execution, ...(died ? [died] : [])]).finally(stopListening);
		if (run.waitTill) {
			guest.data = storedExecution(run.data);
			guest.state = 'waiting';
			return;
		}
		guest.state = 'ended';
		guest.end(new Run(run, logs, workflow.staticData));
	}
}

/** What of Express's response the nodes use. */
function express(response: ServerResponse) {
	return {
		get headersSent() {
			return response.headersSent;
		},
		status(code: number) {
			response.statusCode = code;
			return this;
		},
		json(body: unknown) {
			response.end(JSON.stringify(body));
			return this;
		},
		end: () => response.end(),
	};
}
