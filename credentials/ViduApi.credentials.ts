import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { authorizationOf, connectionOf } from '../nodes/Vidu/providers/connection';
import { DEFAULT_SPELLING, PROVIDERS } from '../nodes/Vidu/providers';

/** The credential test as expressions, because n8n has one test request for all providers. */
const baseUrls = Object.fromEntries(
	PROVIDERS.flatMap(({ id, baseUrl }) => [
		[`${id} global`, baseUrl('global')],
		[`${id} china`, baseUrl('china')],
	]),
);
const probePaths = Object.fromEntries(PROVIDERS.map(({ id, probe }) => [id, probe.path]));
const probesForMissing = PROVIDERS.filter(({ probe }) => probe.missing).map(({ id }) => id);
const customPath = "$credentials.pathPrefix + $credentials.queryPath.replace('{id}', '0')";
const asJson = (value: unknown) => JSON.stringify(value);
const testExpressions = {
	baseURL: `={{ ($credentials.baseUrl || ${asJson(baseUrls)}[$credentials.provider + ' ' + $credentials.region]).trim() }}`,
	url: `={{ $credentials.provider === 'custom' ? ${customPath} : ${asJson(probePaths)}[$credentials.provider] }}`,
	/** "No such task" (400 or 404) shows that the key was accepted. */
	ignoreHttpStatusErrors: `={{ ${asJson(probesForMissing)}.includes($credentials.provider) ? { ignore: true, except: [401, 403, 405, 429, 500, 502, 503, 504] } : false }}`,
};

/** Where each provider's users create their keys: "Vidu: platform.vidu.com or platform.vidu.cn; …". */
const keyPages = PROVIDERS.flatMap(({ name, keyPages: pages = [] }) => {
	const links = pages.map((url) => `<a href="${url}" target="_blank">${new URL(url).host}</a>`);
	return links.length === 0 ? [] : [`${name}: ${links.join(' or ')}`];
}).join('; ');

const NOT_THE_API =
	'The server responded, but not with this API. Check Base URL: enter the host of the API (https://api.vidu.com), not that of the console or documentation.';

/** Adds the key, only for the base URL of the credential and without following redirects. */
async function authenticate(
	credentials: ICredentialDataDecryptedObject,
	requestOptions: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	const { baseUrl } = connectionOf(credentials);
	const target = new URL(requestOptions.url, requestOptions.baseURL);
	if (target.origin !== new URL(baseUrl).origin) {
		throw new Error(`The API key was not sent to ${target.origin}: it belongs to ${baseUrl}`);
	}
	return {
		...requestOptions,
		disableFollowRedirect: true,
		headers: { ...requestOptions.headers, Authorization: authorizationOf(credentials) },
	};
}

export class ViduApi implements ICredentialType {
	name = 'viduApi';

	displayName = 'Vidu API';

	icon = { light: 'file:../icons/vidu.svg', dark: 'file:../icons/vidu.dark.svg' } as const;

	// n8n's lint takes nothing but the text itself; a test compares it with the repository.
	documentationUrl = 'https://github.com/OWNER/n8n-nodes-vidu/blob/main/docs/providers.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Provider',
			name: 'provider',
			type: 'options',
			default: 'vidu',
			options: PROVIDERS.map(({ id, name }) => ({ name, value: id })),
			description: 'Service that runs the models and bills you',
		},
		{
			displayName: 'Region',
			name: 'region',
			type: 'options',
			default: 'global',
			displayOptions: { show: { provider: ['vidu'] } },
			options: [
				{ name: 'Global (platform.vidu.com)', value: 'global' },
				{ name: 'China Mainland (platform.vidu.cn)', value: 'china' },
			],
			description: 'Where you created the account. Each region has its own accounts and keys.',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. vda_…',
			description: `The key from the console of the provider, with or without "Token" or "Bearer". ${keyPages}.`,
		},
		{
			displayName: 'Authorization Scheme',
			name: 'authScheme',
			type: 'options',
			default: 'auto',
			options: [
				{ name: 'Automatic (by Provider)', value: 'auto' },
				{ name: 'Bearer', value: 'bearer' },
				{ name: 'Token', value: 'token' },
			],
			description: 'Word before the key in the Authorization header',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://api.vidu.com',
			description:
				"Address of the API. Leave empty to use the provider's own; required for Custom. Must be https, except on localhost.",
		},
		{
			displayName: 'Path Prefix',
			name: 'pathPrefix',
			type: 'string',
			default: DEFAULT_SPELLING.pathPrefix,
			placeholder: 'e.g. /vidu/ent/v2',
			displayOptions: { show: { provider: ['custom'] } },
			description: 'Path before /reference2video, from the documentation of the gateway',
		},
		{
			displayName: 'Query Path',
			name: 'queryPath',
			type: 'string',
			default: DEFAULT_SPELLING.queryPath,
			placeholder: 'e.g. /tasks/{id}/creations',
			displayOptions: { show: { provider: ['custom'] } },
			description: 'Path to read a task, after the prefix, with {id} for the task ID',
		},
		{
			displayName: 'Subject Key',
			name: 'subjectKey',
			type: 'options',
			default: DEFAULT_SPELLING.subjectKey,
			options: [
				{ name: 'ID (Older Documents)', value: 'id' },
				{ name: 'Name', value: 'name' },
			],
			displayOptions: { show: { provider: ['custom', 'kkiai'] } },
			description:
				'Field of a subject that contains the name by which the prompt mentions it, from the documentation of the gateway',
		},
	];

	authenticate: IAuthenticate = authenticate;

	test: ICredentialTestRequest = {
		request: {
			baseURL: testExpressions.baseURL,
			url: testExpressions.url,
			// An expression, which n8n resolves like the others; the type only allows the result.
			ignoreHttpStatusErrors: testExpressions.ignoreHttpStatusErrors as unknown as boolean,
		},
		// n8n reads rules of both kinds from one list; the type only allows lists of one kind.
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'The API key was not accepted. Check that it was copied completely and that Provider and Region match the account: keys from platform.vidu.com work with Global, keys from platform.vidu.cn with China Mainland.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'The API key was rejected. Check in the console of the provider that it is complete and enabled.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message: NOT_THE_API,
				},
			},
			{
				// The API responds in JSON. Only a text has methods: an HTML page, or an empty response.
				type: 'responseSuccessBody',
				properties: { key: 'trim.name', value: 'trim', message: NOT_THE_API },
			},
		] as ICredentialTestRequest['rules'],
	};
}
