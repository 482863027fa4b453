import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { authorizationOf, connectionOf } from '../nodes/Vidu/providers/connection';
import { PROVIDERS } from '../nodes/Vidu/providers';

const defaultBaseUrls = Object.fromEntries(
	PROVIDERS.flatMap(({ id, baseUrl }) => [
		[`${id} global`, baseUrl('global')],
		[`${id} china`, baseUrl('china')],
	]),
);

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
			description: "Leave empty to use the provider's own. Only https is accepted, http for localhost.",
		},
	];

	authenticate: IAuthenticate = authenticate;

	test: ICredentialTestRequest = {
		request: {
			baseURL: `={{ ($credentials.baseUrl || ${JSON.stringify(defaultBaseUrls)}[$credentials.provider + ' ' + $credentials.region]).trim() }}`,
			url: '/ent/v2/credits',
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'The API key was not accepted. Check that it was copied whole and that Region matches the account: keys from platform.vidu.com work with Global, keys from platform.vidu.cn with China Mainland.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message: 'The API key is known, but may not be used. Check it in the console of the provider.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message:
						'The address answers, but not as this API does. Check Base URL: it is the host of the API (https://api.vidu.com), not of its console or documentation.',
				},
			},
		],
	};
}
