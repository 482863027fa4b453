import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { authorizationOf, connectionOf } from '../nodes/Vidu/providers/connection';
import { DEFAULT_PATHS, PROVIDERS } from '../nodes/Vidu/providers';

/** The credential test as expressions, since n8n has one test request for all providers. */
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

const NOT_THE_API =
	'The address answers, but not as this API does. Check Base URL: it is the host of the API (https://api.vidu.com), not of its console or documentation.';

/** Adds the key, for the credential's own base URL only and without following redirects. */
async function authenticate(
	credentials: ICredentialDataDecryptedObject,
	requestOptions: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	const { baseUrl } = connectionOf(credentials);
	const target = new URL(requestOptions.url, requestOptions.baseURL);
	if (target.origin !== new URL(baseUrl).origin) {
		throw new Error(`The API key is not sent to ${target.origin}: it belongs to ${baseUrl}`);
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

	documentationUrl = 'https://platform.vidu.com/docs/quick-start';

	properties: INodeProperties[] = [
		{
			displayName: 'Provider',
			name: 'provider',
			type: 'options',
			default: 'vidu',
			options: PROVIDERS.map(({ id, name }) => ({ name, value: id })),
			description: 'Who runs the models and sends the bill',
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
			description: 'Where the account was opened. The two regions have separate accounts and keys.',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. vda_…',
			description: 'The key alone, or as copied with "Token" or "Bearer" before it',
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
			description: 'The word before the key in the Authorization header',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://api.vidu.com',
			description:
				"Leave empty to use the provider's own; needed for Custom. Only https is accepted, http for localhost.",
		},
		{
			displayName: 'Path Prefix',
			name: 'pathPrefix',
			type: 'string',
			default: DEFAULT_PATHS.pathPrefix,
			placeholder: 'e.g. /vidu/ent/v2',
			displayOptions: { show: { provider: ['custom'] } },
			description: 'What stands before /reference2video in the documentation of the gateway',
		},
		{
			displayName: 'Query Path',
			name: 'queryPath',
			type: 'string',
			default: DEFAULT_PATHS.queryPath,
			placeholder: 'e.g. /tasks/{id}/creations',
			displayOptions: { show: { provider: ['custom'] } },
			description: 'Where a task is read, below the prefix, with {id} for the task ID',
		},
	];

	authenticate: IAuthenticate = authenticate;

	test: ICredentialTestRequest = {
		request: {
			baseURL: testExpressions.baseURL,
			url: testExpressions.url,
			// An expression, which n8n resolves like the others; its type knows the result only.
			ignoreHttpStatusErrors: testExpressions.ignoreHttpStatusErrors as unknown as boolean,
		},
		// n8n reads rules of both kinds from one list; its type knows lists of one kind only.
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'The API key was not accepted. Check that it was copied whole and that Provider and Region are those of the account: keys from platform.vidu.com work with Global, keys from platform.vidu.cn with China Mainland.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'The API key was refused. Check in the console of the provider that it is complete and may be used.',
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
				// Only a text has methods: a page in HTML or nothing at all, where the API answers in JSON.
				type: 'responseSuccessBody',
				properties: { key: 'trim.name', value: 'trim', message: NOT_THE_API },
			},
		] as ICredentialTestRequest['rules'],
	};
}
