import type {
	ICredentialDataDecryptedObject,
	ICredentials,
	ICredentialType,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeProperties,
	IRequestOptionsSimplified,
	IWorkflowExecuteAdditionalData,
	Workflow,
} from 'n8n-workflow';
import { workflowLibrary } from './n8n.mts';

/** Saved credentials by name, as a user would have entered them; fields left out get their default. */
export type SavedCredentials = Record<
	string,
	{ type: string; data: ICredentialDataDecryptedObject }
>;

/**
 * Hands out credentials and signs requests with them as n8n's own helper does, from memory instead
 * of the database: `authenticate` may be a function or `{ type: 'generic' }` with `$credentials`
 * expressions. Pre-authentication, OAuth and expressions in saved fields are not supported.
 */
export class CredentialsHelper extends workflowLibrary.ICredentialsHelper {
	constructor(
		private readonly types: ICredentialType[],
		private readonly saved: SavedCredentials,
	) {
		super();
	}

	getParentTypes(name: string): string[] {
		const parents = this.type(name).extends ?? [];
		return parents.flatMap((parent) => [parent, ...this.getParentTypes(parent)]);
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.type(typeName);
		const request = requestOptions as IHttpRequestOptions;
		if (authenticate === undefined) return request;
		if (typeof authenticate === 'function') return await authenticate(credentials, request);
		if (workflow === undefined || node === undefined) {
			throw new Error('Generic authentication needs the workflow and the node');
		}

		const resolve = (text: string) =>
			text.startsWith('=')
				? String(
						workflow.expression.getSimpleParameterValue(node, text, 'internal', {
							$credentials: credentials,
						}),
					)
				: text;
		const properties = Object.fromEntries(
			Object.entries(authenticate.properties).map(([part, values]) => [
				part,
				{
					...Object(request[part as keyof IHttpRequestOptions]),
					...Object.fromEntries(
						Object.entries(values).map(([name, value]) => [resolve(name), resolve(String(value))]),
					),
				},
			]),
		);
		return { ...request, ...properties };
	}

	async preAuthentication(): Promise<undefined> {}

	async runPreAuthentication(): Promise<undefined> {}

	async getCredentials({ name }: INodeCredentialsDetails): Promise<ICredentials> {
		throw new Error(`The encrypted form of "${name}" is not kept here`);
	}

	async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		{ name }: INodeCredentialsDetails,
		type: string,
	): Promise<ICredentialDataDecryptedObject> {
		const saved = this.saved[name];
		if (saved?.type !== type) throw new Error(`No credential "${name}" of type "${type}" is saved`);
		const withDefaults = workflowLibrary.NodeHelpers.getNodeParameters(
			this.getCredentialsProperties(type),
			saved.data as Parameters<typeof workflowLibrary.NodeHelpers.getNodeParameters>[1],
			true,
			false,
			null,
			null,
		);
		return { ...withDefaults, ...saved.data } as ICredentialDataDecryptedObject;
	}

	async updateCredentials({ name }: INodeCredentialsDetails): Promise<void> {
		throw new Error(`Nodes do not change the credential "${name}"`);
	}

	async updateCredentialsOauthTokenData({ name }: INodeCredentialsDetails): Promise<void> {
		throw new Error(`The credential "${name}" is not OAuth`);
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		return this.type(type).properties;
	}

	private type(name: string): ICredentialType {
		const type = this.types.find((candidate) => candidate.name === name);
		if (!type) throw new Error(`Unknown credential type "${name}"`);
		return type;
	}
}
