import { EventEmitter } from 'node:events';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INode,
	INodeExecutionData,
	IWebhookData,
} from 'n8n-workflow';
import { ViduTrigger } from '../../../nodes/Vidu/ViduTrigger.node.ts';
import { core, onLog, workflowLibrary, type LogEntry } from './n8n.mts';
import { NodeTypes } from './nodeTypes.mts';
import { makeAdditionalData } from './run.mts';
import { node } from './workflow.mts';

/** A request as n8n hands it to a node, after its own parsing. */
export interface Incoming {
	readonly headers?: Readonly<Record<string, string>>;
	readonly body: string;
	/** Raw, with its `?`. */
	readonly query?: string;
}

export interface Handled {
	readonly status: number;
	readonly message: string;
	/** What the execution starts with; undefined when none starts. */
	readonly item?: INodeExecutionData;
	/** Whether the provider had its answer when webhook() was done. */
	readonly answeredEarly: boolean;
}

export interface TriggerOptions {
	readonly parameters?: IDataObject;
	readonly credential: ICredentialDataDecryptedObject;
	/** Where n8n thinks its production webhooks are. */
	readonly baseUrl?: string;
	/** As the editor's test URL. */
	readonly test?: boolean;
	/** What n8n says to a callback that deserves an execution. */
	readonly started?: () => number | Promise<number>;
}

let lastId = 0;

/** A published workflow that begins with Vidu Trigger, called as n8n's webhook server calls it. */
export class TriggerWorkflow {
	readonly logs: LogEntry[] = [];
	/** As n8n's database keeps it; every request works on its own copy. */
	staticData: IDataObject = {};
	private readonly id = `trigger-${++lastId}`;
	private readonly type = new ViduTrigger();

	constructor(private readonly options: TriggerOptions) {
		onLog((entry) => this.logs.push(entry));
	}

	/** The URL to be given to the provider. */
	get url(): string {
		return this.prepare().webhookUrl;
	}

	/** Publishes. @throws what the node says against it */
	async publish(): Promise<void> {
		const { workflow, trigger, additionalData, webhook } = this.prepare();
		const context = new core.HookContext(
			workflow,
			trigger,
			additionalData,
			'trigger',
			'activate',
			webhook,
		);
		await this.type.webhookMethods.default.checkExists.call(context);
	}

	/** A request of the provider. */
	async call({ headers = {}, body, query = '' }: Incoming): Promise<Handled> {
		const { workflow, trigger, additionalData, webhook, webhookUrl } = this.prepare();
		const response = new FakeResponse();
		const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
		Object.assign(additionalData, {
			httpRequest: {
				method: 'POST',
				originalUrl: new URL(webhookUrl).pathname + query,
				headers: Object.fromEntries(lower),
				rawBody: Buffer.from(body),
				body: {},
			},
			httpResponse: response,
		});
		const mode = this.options.test ? 'manual' : 'webhook';
		const context = new core.WebhookContext(
			workflow,
			trigger,
			additionalData,
			mode,
			webhook,
			[],
			null,
		);
		const result = await this.type.webhook.call(context);
		const answeredEarly = response.headersSent;
		const item = result.workflowData?.[0]?.[0];
		if (!answeredEarly) {
			if (result.noWebhookResponse) throw new Error('The provider would wait for ever');
			const status = (item && (await this.options.started?.())) ?? 200;
			response.status(status).json({ message: 'n8n' });
		}
		if (response.statusCode < 500 && workflow.staticData.__dataChanged === true) {
			this.staticData = JSON.parse(JSON.stringify(workflow.staticData)) as IDataObject;
		}
		return { status: response.statusCode, message: response.message, item, answeredEarly };
	}

	private prepare() {
		const { parameters = {}, credential, baseUrl, test } = this.options;
		const trigger: INode = node({
			name: 'Vidu Trigger',
			type: 'n8n-nodes-vidu.viduTrigger',
			webhookId: 'hook',
			parameters: parameters as INode['parameters'],
			credentials: { viduApi: { id: 'vidu', name: 'vidu' } },
		});
		const workflow = new workflowLibrary.Workflow({
			id: this.id,
			nodes: [trigger],
			connections: {},
			active: true,
			nodeTypes: new NodeTypes([this.type], []),
			staticData: JSON.parse(JSON.stringify(this.staticData)) as IDataObject,
		});
		const additionalData = makeAdditionalData('', 'webhook', workflow, {
			credentials: { vidu: { type: 'viduApi', data: credential } },
		});
		if (baseUrl !== undefined) additionalData.webhookBaseUrl = baseUrl;
		const [description] = this.type.description.webhooks ?? [];
		const webhook = { webhookDescription: description, isTest: test } as IWebhookData;
		const base = test ? additionalData.webhookTestBaseUrl : additionalData.webhookBaseUrl;
		return { workflow, trigger, additionalData, webhook, webhookUrl: `${base}/hook/webhook` };
	}
}

/** The part of Express's response that nodes use. */
class FakeResponse extends EventEmitter {
	statusCode = 200;
	headersSent = false;
	message = '';

	status(code: number): this {
		this.statusCode = code;
		return this;
	}

	json(body: { message: string }): this {
		if (this.headersSent) throw new Error('The provider was answered twice');
		this.headersSent = true;
		this.message = body.message;
		this.emit('finish');
		return this;
	}
}
