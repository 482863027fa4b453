/** n8n's own REST API, as its editor uses it: a cookie session of the owner. Works with n8n 2.40. */
import { Agent } from 'node:http';
import axios, { type AxiosInstance } from 'axios';
import { parse } from 'flatted';
import type { INode, INodeExecutionData, IRunData, IWorkflowBase } from 'n8n-workflow';

const POLL_MS = 250;
/** Milliseconds. */
const PUBLISHED_WITHIN = 60_000;
/** Of n8n's list of executions. */
const LARGEST_PAGE = 100;
/** n8n pages by the ID and sorts by the start, and workers start executions in another order. */
const OVERLAP = 10;
/** How an execution may have ended. */
export const ENDED: readonly string[] = ['success', 'error', 'crashed', 'canceled'];

export interface Login {
	readonly email: string;
	readonly password: string;
}

/** What n8n keeps of a credential beside its data. */
export interface StoredCredential {
	readonly id: string;
	readonly name: string;
}

export type WorkflowJson = Pick<
	IWorkflowBase,
	'name' | 'nodes' | 'connections' | 'settings' | 'pinData'
>;

export interface Execution {
	readonly id: string;
	readonly workflowId: string;
	readonly status: string;
	/** Output by node name; empty for a node that did not run. */
	readonly runData: IRunData;
	/** Why it failed; the description is where nodes say what to do. */
	readonly error?: { readonly message: string; readonly description?: string | null };
}

/** How far n8n is with publishing a workflow. */
interface PublicationStatus {
	readonly status: 'in_progress' | 'published' | 'partial' | 'failed' | 'not_published';
	readonly triggers: ReadonlyArray<{ readonly errorMessage: string | null }>;
}

/** As n8n lists it. */
export interface ListedExecution {
	readonly id: string;
	readonly status: string;
	/** ISO time of the end, or of the suspension. */
	readonly stoppedAt: string;
	/** ISO time at which it wakes by itself; null while it does not wait. */
	readonly waitTill: string | null;
}

/** The part of n8n's `IRunExecutionData` that is read here; absent while the execution is young. */
interface StoredData {
	readonly resultData?: { readonly runData?: IRunData; readonly error?: Execution['error'] };
}

export class N8nClient {
	private readonly http: AxiosInstance;
	private versions = new Map<string, string>();

	constructor(readonly url: string) {
		this.http = axios.create({
			baseURL: url,
			maxRedirects: 0,
			// n8n may close an idle connection at the moment in which it is used again.
			httpAgent: new Agent({ keepAlive: false }),
			// n8n hands messages to the editor by this id; a run without it is refused.
			headers: { 'push-ref': 'n8n-nodes-vidu' },
		});
		this.http.interceptors.response.use(undefined, (error: unknown) => {
			if (!axios.isAxiosError(error)) throw error;
			const said = JSON.stringify(error.response?.data ?? error.message);
			throw new Error(`n8n: ${error.config?.method} ${error.config?.url}: ${said}`);
		});
	}

	/** Whether the editor's API answers, and whether the instance still lacks its owner. */
	async settings(): Promise<{ needsOwner: boolean } | undefined> {
		const answer = await this.http.get<unknown>('/rest/settings').catch(() => undefined);
		const data = (answer?.data as { data?: { userManagement?: { showSetupOnFirstLoad: boolean } } })
			?.data;
		return data?.userManagement && { needsOwner: data.userManagement.showSetupOnFirstLoad };
	}

	/** Makes the instance's owner. @throws while n8n is still preparing its database */
	async setUpOwner({ email, password }: Login): Promise<void> {
		const owner = { email, password, firstName: 'Vidu', lastName: 'Sandbox' };
		await this.http.post('/rest/owner/setup', owner);
	}

	/** Opens the session that every other call needs. */
	async logIn({ email, password }: Login): Promise<void> {
		const answer = await this.http.post('/rest/login', { emailOrLdapLoginId: email, password });
		const cookies = (answer.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]);
		this.http.defaults.headers.common.Cookie = cookies.join('; ');
	}

	/** Descriptions of all loaded nodes, as the editor gets them. */
	async nodeTypes(): Promise<Array<Record<string, unknown> & { name: string }>> {
		return (await this.http.get('/types/nodes.json')).data;
	}

	/** Any file that n8n serves, such as an icon. */
	async file(path: string): Promise<{ type: string; body: Buffer }> {
		const answer = await this.http.get(path, { responseType: 'arraybuffer' });
		return { type: String(answer.headers['content-type']), body: Buffer.from(answer.data) };
	}

	async createCredential(
		name: string,
		type: string,
		data: Record<string, unknown>,
	): Promise<StoredCredential> {
		return (await this.http.post('/rest/credentials', { name, type, data })).data.data;
	}

	/** What the editor shows after *Save* or *Retry* in a credential's window. */
	async testCredential(
		credential: StoredCredential,
		type: string,
		data: Record<string, unknown>,
	): Promise<{ status: 'OK' | 'Error'; message: string }> {
		const { id, name } = credential;
		const body = { credentials: { id, name, type, data } };
		return (await this.http.post('/rest/credentials/test', body)).data.data;
	}

	/** @returns the new workflow's id */
	async createWorkflow(workflow: WorkflowJson): Promise<string> {
		// Older versions of n8n (2.0) do not take it for granted that it is not active.
		const body = { active: false, ...workflow };
		const { id, versionId } = (await this.http.post('/rest/workflows', body)).data.data;
		this.versions.set(id, versionId);
		return id;
	}

	/** *Save*; what is published stays as it was. */
	async saveWorkflow(workflowId: string, workflow: WorkflowJson): Promise<void> {
		const versionId = this.versions.get(workflowId);
		const body = { ...workflow, versionId };
		const saved = (await this.http.patch(`/rest/workflows/${workflowId}`, body)).data.data;
		this.versions.set(workflowId, saved.versionId);
	}

	/** Publishes the saved version, and waits until its triggers and webhooks listen. @throws what a trigger says against it */
	async activate(workflowId: string): Promise<void> {
		const versionId = this.versions.get(workflowId);
		await this.http.post(`/rest/workflows/${workflowId}/activate`, { versionId });
		for (const deadline = Date.now() + PUBLISHED_WITHIN; ; ) {
			const path = `/rest/workflows/${workflowId}/publication-status`;
			const validateStatus = (code: number) => code === 200 || code === 404;
			const answer = await this.http.get(path, { validateStatus });
			// Older versions of n8n publish before they answer, and have no such address.
			if (answer.status === 404) return;
			const { status, triggers } = answer.data.data as PublicationStatus;
			if (status === 'published') return;
			// A busy n8n begins some time after it has answered.
			const isToCome = status === 'not_published' && Date.now() < deadline;
			if (status !== 'in_progress' && !isToCome) {
				throw new Error(triggers.map(({ errorMessage }) => errorMessage).join('; ') || status);
			}
			await new Promise((resolve) => setTimeout(resolve, POLL_MS));
		}
	}

	/** *Execute workflow* from the trigger of that name. @returns the execution's id */
	async run(workflowId: string, trigger: Pick<INode, 'name'>): Promise<string> {
		const path = `/rest/workflows/${workflowId}`;
		// Older versions of n8n run what the editor sends them, later ones what is saved.
		const workflowData = (await this.http.get(path)).data.data;
		const body = { workflowData, triggerToStartFrom: { name: trigger.name } };
		return (await this.http.post(`${path}/run`, body)).data.data.executionId;
	}

	/** *Stop* on a running or waiting execution. */
	async stop(executionId: string): Promise<void> {
		await this.http.post(`/rest/executions/${executionId}/stop`);
	}

	/** *Retry* in the list of executions, and waits for its end. @returns the new execution */
	async retry(executionId: string, loadWorkflow: boolean): Promise<Execution> {
		const answer = await this.http.post(`/rest/executions/${executionId}/retry`, { loadWorkflow });
		return await this.ended(answer.data.data.id);
	}

	/** The newest executions, newest first, without their data. */
	async executions(limit = 20): Promise<Array<{ id: string; status: string; workflowId: string }>> {
		return (await this.http.get('/rest/executions', { params: { limit } })).data.data.results;
	}

	/** Ids of the newest executions that are suspended now. */
	async waiting(): Promise<string[]> {
		const params = { filter: JSON.stringify({ status: ['waiting'] }), limit: LARGEST_PAGE };
		const { results } = (await this.http.get('/rest/executions', { params })).data.data;
		return (results as ListedExecution[]).map(({ id }) => id);
	}

	/** Every execution of a workflow, newest first, without its data. */
	async executionsOf(workflowId: string): Promise<ListedExecution[]> {
		const all = new Map<string, ListedExecution>();
		for (let lastId: string | undefined; ; ) {
			const params = { filter: JSON.stringify({ workflowId }), limit: LARGEST_PAGE, lastId };
			const { results } = (await this.http.get('/rest/executions', { params })).data.data;
			for (const one of results as ListedExecution[]) all.set(one.id, one);
			if (results.length < LARGEST_PAGE) {
				return [...all.values()].sort((one, other) => Number(other.id) - Number(one.id));
			}
			const last = (results as ListedExecution[]).slice(-OVERLAP).map(({ id }) => Number(id));
			lastId = String(Math.max(...last));
		}
	}

	async execution(id: string): Promise<Execution> {
		const path = `/rest/executions/${id}`;
		const answer = await this.http.get(path).catch(async (error: unknown) => {
			// Some versions of n8n (2.16) list an execution that has saved nothing yet, but cannot show it.
			const listed = (await this.executions(LARGEST_PAGE)).find((one) => one.id === id);
			if (listed === undefined) throw error;
			const hasEnded = ENDED.includes(listed.status);
			return hasEnded ? await this.http.get(path) : { data: { data: { ...listed, data: '[{}]' } } };
		});
		const { workflowId, status, data } = answer.data.data;
		const { runData = {}, error } = (parse(data) as StoredData | undefined)?.resultData ?? {};
		return { id, workflowId, status, runData, error };
	}

	/** Waits until an execution has ended. @throws when that takes longer than `timeoutSeconds` */
	async ended(id: string, timeoutSeconds = 120): Promise<Execution> {
		const deadline = Date.now() + timeoutSeconds * 1000;
		for (;;) {
			const execution = await this.execution(id);
			if (ENDED.includes(execution.status)) return execution;
			if (Date.now() > deadline) {
				throw new Error(`Execution ${id} is still ${execution.status} after ${timeoutSeconds} s`);
			}
			await new Promise((resolve) => setTimeout(resolve, POLL_MS));
		}
	}

	/** *Run test* in the tab *Evaluations*, and waits for its end. */
	async evaluate(
		workflowId: string,
	): Promise<{ status: string; metrics: Record<string, number> | null }> {
		const path = `/rest/workflows/${workflowId}/test-runs`;
		const { testRunId } = (await this.http.post(`${path}/new`, {})).data;
		for (;;) {
			const { status, metrics } = (await this.http.get(`${path}/${testRunId}`)).data.data;
			if (!['new', 'running'].includes(status)) return { status, metrics };
			await new Promise((resolve) => setTimeout(resolve, POLL_MS));
		}
	}

	/** The bytes of an item's binary field. */
	async binary(item: INodeExecutionData, field = 'data'): Promise<Buffer> {
		const binary = item.binary?.[field];
		if (!binary) throw new Error(`The item has no binary field "${field}"`);
		if (!binary.id) return Buffer.from(binary.data, 'base64');
		const answer = await this.http.get('/rest/binary-data', {
			params: { id: binary.id, action: 'download' },
			responseType: 'arraybuffer',
		});
		return Buffer.from(answer.data);
	}
}

/** Items of a node's last run, first output. */
export function output(execution: Execution, node: string): INodeExecutionData[] {
	return execution.runData[node]?.at(-1)?.data?.main?.[0] ?? [];
}
