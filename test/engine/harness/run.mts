import type {
	ExecutionError,
	ExecutionStatus,
	IBinaryData,
	IBinaryKeyData,
	ICredentialType,
	IDataObject,
	INodeExecutionData,
	INodeType,
	IRun,
	IRunExecutionData,
	IWorkflowExecuteAdditionalData,
	NodeExecutionHint,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { ViduApi } from '../../../credentials/ViduApi.credentials.ts';
import { Vidu } from '../../../nodes/Vidu/Vidu.node.ts';
import { ViduReferenceToVideo } from '../../../nodes/Vidu/ViduReferenceToVideo.node.ts';
import { ViduTrigger } from '../../../nodes/Vidu/ViduTrigger.node.ts';
import { PATIENCE } from '../../../nodes/Vidu/tasks/context/patience.ts';
import { CredentialsHelper, type SavedCredentials } from './credentials.mts';
import type { Life } from './life.mts';
import { binaryData, core, onLog, setBinaryMode, workflowLibrary } from './n8n.mts';
import type { BinaryMode, LogEntry } from './n8n.mts';
import { NodeTypes } from './nodeTypes.mts';
import { checkOutput } from './outputSchema.mts';
import './processedData.mts';
import type { WorkflowJson } from './workflow.mts';

// Tests do not wait for minutes.
Object.assign(PATIENCE, {
	refusal: 400,
	unknownTask: 200,
	emptySuccess: 300,
	unreachable: 300,
	firstPause: 20,
	otherWorkers: 20,
	together: 20,
});

/** An item that the workflow starts with; the bytes are put where the binary mode says before it starts. */
export interface InputItem {
	json?: IDataObject;
	binary?: Record<string, { data: Buffer; fileName: string; mimeType: string }>;
}

export interface RunOptions {
	/** Saved credentials by name, which the nodes refer to by that name. */
	credentials?: SavedCredentials;
	/** What the trigger emits, as if pinned to it in the editor; otherwise one empty item. */
	items?: InputItem[];
	/** `filesystem` if not given. */
	binaryMode?: BinaryMode;
	/** Of the workflow, as in n8n's database: what the nodes have recorded there is found again by it. */
	workflowId?: string;
	/** `manual` if not given; `trigger` is a production run. */
	mode?: WorkflowExecuteMode;
	/** The static data that earlier executions of the workflow have left. */
	staticData?: IDataObject;
	/** Node types of a test, beside those of this package; they are known by their description's name. */
	nodeTypes?: INodeType[];
	/** Credential types of a test, beside `viduApi`. */
	credentialTypes?: ICredentialType[];
	/** Where n8n takes callbacks to suspended executions; see waitingRoom.mts. */
	webhookWaitingUrl?: string;
	/** Whose log lines and death are those of this execution. */
	life?: Life;
	/** Runs this failed execution again from the node that failed, as "Retry" in n8n's list of executions does. */
	retryOf?: Run;
	/** With the nodes as they were then ("with original workflow"), not as they are now. */
	original?: boolean;
}

/** A workflow that runs. */
export interface Execution {
	id: string;
	/** What came of it; never rejects because a node failed. */
	finished: Promise<Run>;
	/** Presses Stop, and waits until the running node has ended. */
	stop(): Promise<Run>;
}

/** What n8n has of an execution whose process died: nothing that it had done is saved. */
const CRASHED = {
	status: 'crashed',
	mode: 'manual',
	startedAt: new Date(),
	data: { resultData: { runData: {} } },
} as unknown as IRun;
/** n8n makes them once as well; their descriptions take long. */
const PACKAGED: INodeType[] = [new Vidu(), new ViduReferenceToVideo(), new ViduTrigger()];
/** Of a workflow whose test names none. */
const WORKFLOW_ID = 'engine-test';
let lastExecutionId = 0;

/** Starts a workflow in n8n's own engine, with the nodes of this package, whose items have to fit their schemas. */
export async function startWorkflow(
	{ name = 'Engine test', nodes, connections, settings }: WorkflowJson,
	options: RunOptions = {},
): Promise<Execution> {
	const id = String(++lastExecutionId);
	const mode = options.retryOf ? 'retry' : (options.mode ?? 'manual');
	await setBinaryMode(options.binaryMode ?? 'filesystem');
	const workflow = makeWorkflow({ name, nodes, connections, settings }, options);
	const additionalData = makeAdditionalData(id, mode, workflow, options);

	const logs: LogEntry[] = [];
	const stopListening = onLog((entry) => logs.push(entry));
	const execution = options.retryOf
		? new core.WorkflowExecute(
				additionalData,
				mode,
				failedExecution(options.retryOf.data, workflow, options.original === true),
			).processRunExecutionData(workflow)
		: begin(
				new core.WorkflowExecute(additionalData, mode),
				workflow,
				await pinnedItems(workflow, options.items, id),
			);
	const ended = execution.then((run) => {
		for (const [name, tasks] of Object.entries(run.data.resultData.runData)) {
			const tested = workflow.getNode(name);
			const items = tasks.flatMap(({ data }) => data?.main?.[0] ?? []);
			if (tested) checkOutput(tested, items);
		}
		return new Run(run, logs, workflow.staticData);
	});
	const died = options.life?.died.then(() => {
		// What is left of it only costs time.
		ended.catch(() => undefined);
		execution.cancel();
		return new Run(CRASHED, logs, options.staticData ?? {});
	});
	const finished = Promise.race([ended, ...(died ? [died] : [])]).finally(stopListening);
	return {
		id,
		finished,
		stop: async () => {
			execution.cancel();
			return await finished;
		},
	};
}

/** Begins at the trigger, in the way of n8n 2 or of n8n 1, where `run` takes its arguments one by one. */
function begin(
	engine: InstanceType<typeof core.WorkflowExecute>,
	workflow: InstanceType<typeof workflowLibrary.Workflow>,
	pinData: Record<string, INodeExecutionData[]> | undefined,
): ReturnType<typeof engine.run> {
	if (engine.run.length === 1) return engine.run({ workflow, pinData });
	const run = engine.run as unknown as (...given: unknown[]) => ReturnType<typeof engine.run>;
	return run.call(engine, workflow, undefined, undefined, pinData);
}

/** The workflow as the engine takes it. */
export function makeWorkflow(
	{ name, nodes, connections, settings }: WorkflowJson,
	{ nodeTypes, staticData, workflowId, life }: RunOptions,
): InstanceType<typeof workflowLibrary.Workflow> {
	return new workflowLibrary.Workflow({
		id: workflowId ?? WORKFLOW_ID,
		name,
		nodes: structuredClone(nodes),
		connections,
		active: false,
		nodeTypes: new NodeTypes(
			PACKAGED.map((type) => (life ? life.of(type) : type)),
			nodeTypes ?? [],
		),
		staticData,
		settings: { executionOrder: 'v1', ...settings },
	});
}

/** Runs a workflow to its end; see {@link startWorkflow}. */
export async function runWorkflow(workflow: WorkflowJson, options?: RunOptions): Promise<Run> {
	return await (
		await startWorkflow(workflow, options)
	).finished;
}

/** What an execution left behind. */
export class Run {
	readonly status: ExecutionStatus;

	readonly data: IRunExecutionData;

	/** When a suspended execution is to go on. */
	readonly waitTill?: Date;

	constructor(
		run: IRun,
		/** What n8n and the nodes logged while it ran, debug included. */
		readonly logs: LogEntry[],
		/** The workflow's static data as it is now; pass it on to the next execution. */
		readonly staticData: IDataObject,
	) {
		this.status = run.status;
		this.data = run.data;
		this.waitTill = run.waitTill ?? undefined;
	}

	/** The error that ended the execution. */
	get error(): ExecutionError | undefined {
		return this.data.resultData.error;
	}

	/** Metadata that nodes attached to the execution. */
	get customData(): Record<string, string> {
		return this.data.resultData.metadata ?? {};
	}

	/** The items that the last run of a node put out; of its error output with `output` 1. None if it did not run. */
	items(nodeName: string, output = 0): INodeExecutionData[] {
		return this.lastTask(nodeName)?.data?.main?.[output] ?? [];
	}

	/** The yellow hints at the last run of a node. */
	hints(nodeName: string): NodeExecutionHint[] {
		return this.lastTask(nodeName)?.hints ?? [];
	}

	/** What a node keeps in its node context. */
	context(nodeName: string): IDataObject {
		return this.data.executionData?.contextData[`node:${nodeName}`] ?? {};
	}

	/** The bytes of a binary field, from wherever n8n keeps them. */
	async binary(item: INodeExecutionData | undefined, property = 'data'): Promise<Buffer> {
		const field = item?.binary?.[property];
		if (!field) throw new Error(`The item has no binary field "${property}"`);
		return await binaryData.getAsBuffer(field);
	}

	private lastTask(nodeName: string) {
		return this.data.resultData.runData[nodeName]?.at(-1);
	}
}

/** What the engine is told of the instance that it runs in. */
export function makeAdditionalData(
	executionId: string,
	mode: WorkflowExecuteMode,
	workflow: InstanceType<typeof workflowLibrary.Workflow>,
	{ credentials, credentialTypes, webhookWaitingUrl }: RunOptions,
): IWorkflowExecuteAdditionalData {
	const notHere = async (): Promise<never> => {
		throw new Error('Not available in engine tests');
	};
	const base = 'http://127.0.0.1:5678';
	return {
		executionId,
		workflowId: workflow.id,
		credentialsHelper: new CredentialsHelper(
			[new ViduApi(), ...(credentialTypes ?? [])],
			credentials ?? {},
		),
		hooks: new core.ExecutionLifecycleHooks(mode, executionId, {
			id: workflow.id,
			name: workflow.name ?? '',
			active: false,
			activeVersionId: null,
			isArchived: false,
			createdAt: new Date(),
			updatedAt: new Date(),
			nodes: Object.values(workflow.nodes),
			connections: workflow.connectionsBySourceNode,
			settings: workflow.settings,
		}),
		externalSecretsProxy: new core.ExternalSecretsProxy(),
		currentNodeExecutionIndex: 0,
		variables: {},
		restApiUrl: `${base}/rest`,
		instanceBaseUrl: `${base}/`,
		webhookBaseUrl: `${base}/webhook`,
		webhookTestBaseUrl: `${base}/webhook-test`,
		webhookWaitingBaseUrl: webhookWaitingUrl ?? `${base}/webhook-waiting`,
		formBaseUrl: `${base}/form`,
		formTestBaseUrl: `${base}/form-test`,
		formWaitingBaseUrl: `${base}/form-waiting`,
		mcpBaseUrl: `${base}/mcp`,
		mcpTestBaseUrl: `${base}/mcp-test`,
		logAiEvent: () => {},
		executeWorkflow: notHere,
		getRunExecutionData: notHere,
		getRuntimeCredential: notHere,
		startRunnerTask: notHere,
	};
}

async function pinnedItems(
	workflow: InstanceType<typeof workflowLibrary.Workflow>,
	items: InputItem[] | undefined,
	executionId: string,
): Promise<Record<string, INodeExecutionData[]> | undefined> {
	const startNode = workflow.getStartNode()?.name;
	if (startNode === undefined || items === undefined) return undefined;
	const pinned = items.map(async ({ json = {}, binary }) => {
		const stored: IBinaryKeyData = {};
		for (const [property, { data, ...file }] of Object.entries(binary ?? {})) {
			const field: IBinaryData = { ...file, data: '' };
			stored[property] = await binaryData.store(
				{ type: 'execution', workflowId: workflow.id, executionId },
				data,
				field,
			);
		}
		return { json, ...(binary && { binary: stored }) };
	});
	return { [startNode]: await Promise.all(pinned) };
}

/** An execution as n8n reads it back from its database. */
export function storedExecution(data: IRunExecutionData): IRunExecutionData {
	return workflowLibrary.jsonParse<IRunExecutionData>(
		workflowLibrary.jsonStringify(data, { replaceCircularRefs: true }),
	);
}

/**
 * A failed execution as n8n retries it: the stack says where to go on, and the failed run of the node
 * that is repeated is forgotten. Unless `original`, nodes are as in `workflow`, which may be another than then.
 */
function failedExecution(
	data: IRunExecutionData,
	workflow: InstanceType<typeof workflowLibrary.Workflow>,
	original: boolean,
): IRunExecutionData {
	const stored = storedExecution(data);
	for (const entry of stored.executionData?.nodeExecutionStack ?? []) {
		if (!original) entry.node = workflow.getNode(entry.node.name) ?? entry.node;
	}
	const { resultData } = stored;
	delete resultData.error;
	const runs = resultData.runData[resultData.lastNodeExecuted ?? ''];
	if (runs?.at(-1)?.error) runs.pop();
	return stored;
}
