/**
 * API: request. Any request below the base URL of the credential, for what has no operation yet. POST
 * and PUT may cost money: they are sent once, and a task in their response is waited for. GET is free.
 */
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { asText } from '../../providers/read';
import type { WireRequest } from '../../providers/types';
import { isAgentTool } from '../../tasks/context/agentTool';
import {
	booleanOf,
	choiceOf,
	collectionOf,
	parameter,
	objectOf,
	recordsOf,
	textOf,
} from '../../tasks/context/parameters';
import { requestFree, type Session } from '../../tasks/context/session';
import { executeGeneration } from '../../tasks/execute';
import { ANSWER_WITHIN, validationFailure, type Generation } from '../../tasks/submit/request';
import { anyTaskFields } from '../../tasks/deliver/fields';
import { providersOwn } from '../../tasks/deliver/schema';
import { isFailure, type Failure } from '../../transport/failure';
import { freeOperation } from '../freeOperation';
import { deliveryOptions, notAsTool, optionsField, runOptions, waitField } from '../options';
import type { Listing, RequestOperation } from '../types';

const METHODS = ['GET', 'POST', 'PUT'] as const;
/** For requests that may cost money. */
const paid = { method: ['POST', 'PUT'] };
const AS_TOOL = 'Allow Agents to Send Requests';

const queryField = (): INodeProperties => ({
	displayName: 'Query Parameters',
	name: 'query',
	type: 'fixedCollection',
	placeholder: 'Add Parameter',
	default: {},
	typeOptions: { multipleValues: true },
	options: [
		{
			displayName: 'Parameter',
			name: 'parameter',
			values: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. show_detail',
					description: 'Name of the query parameter',
				},
				{
					displayName: 'Value',
					name: 'value',
					type: 'string',
					default: '',
					placeholder: 'e.g. true',
					description: 'Value of the query parameter',
				},
			],
		},
	],
	description: 'Parameters to add to the URL; the same name may occur more than once',
});

const properties = (): INodeProperties[] => [
	{
		displayName: 'Method',
		name: 'method',
		type: 'options',
		// For all items, because only POST and PUT may cost money.
		noDataExpression: true,
		default: 'GET',
		options: METHODS.map((method) => ({ name: method, value: method })),
		description:
			'HTTP method. POST and PUT are sent once, and not again after an unclear response.',
	},
	{
		displayName: 'Path',
		name: 'path',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. /ent/v2/trending-replicate',
		description:
			'Path after the base URL of the credential, from the documentation of the provider',
	},
	queryField(),
	{
		displayName: 'JSON Body',
		name: 'body',
		type: 'json',
		default: '{}',
		displayOptions: { show: paid },
		description: 'JSON object to send, from the documentation of the provider. It is not checked.',
	},
	{
		displayName: AS_TOOL,
		name: 'allowAsTool',
		type: 'boolean',
		default: false,
		displayOptions: { show: { '@tool': [true] } },
		description:
			'Whether an agent may use this operation, which can send anything to the provider, at any price',
	},
	{ ...waitField('Result'), displayOptions: { show: paid } },
	{
		displayName: 'Download Result',
		name: 'downloadVideo',
		type: 'boolean',
		default: true,
		displayOptions: { show: paid, hide: { waitMode: ['none'], ...notAsTool.hide } },
		description:
			'Whether to output the video, image or audio file of a task in the response in addition to its link',
	},
	{
		...optionsField(
			[...deliveryOptions(), ...runOptions()].filter(
				({ name }) => name !== 'checkBalance' && name !== 'maxCredits',
			),
		),
		displayOptions: { show: paid },
	},
];

/** What is wrong with a path, as the end of a sentence; null if it stays below the base URL. */
export function pathProblem(path: string): string | null {
	if (!path.startsWith('/') || path.startsWith('//'))
		return 'must begin with one slash: the host is that of the credential';
	if (/[?#]/.test(path)) return 'must not contain a query: use "Query Parameters"';
	if (!/^[\w\-.~%!$&'()*+,;=:@/]+$/.test(path)) return 'contains a character that no path can have';
	const segments = path.split('/').slice(1);
	const leaves = segments.some((segment) => /^(\.|%2e){1,2}$/i.test(segment));
	return leaves || segments.slice(0, -1).includes('') ? 'must not contain // or ..' : null;
}

/** The method for all items. */
function methodOf(context: IExecuteFunctions) {
	return choiceOf(parameter(context, 'method', 0), 'Method', METHODS) ?? 'GET';
}

/** The request of an item, or why it is not sent. */
function readRequest(context: IExecuteFunctions, itemIndex: number): WireRequest | Failure {
	const read = (name: string) => parameter(context, name, itemIndex);
	const isAllowed = booleanOf(read('allowAsTool'), AS_TOOL) ?? false;
	if (isAgentTool(context) && !isAllowed)
		return validationFailure([`Agents may not send API requests unless "${AS_TOOL}" is on`]);
	const method = methodOf(context);
	const path = textOf(read('path'), 'Path') ?? '';
	const query: Record<string, string[]> = {};
	const rows = collectionOf(read('query'), 'Query Parameters').parameter;
	for (const { name, value } of recordsOf(rows, 'Query Parameters')) {
		const [key, text = ''] = [textOf(name, 'Name'), textOf(value, 'Value')];
		if (key !== undefined) (query[key] ??= []).push(text);
	}
	const body = method === 'GET' ? undefined : (objectOf(read('body'), 'JSON Body') ?? {});
	const problem = pathProblem(path);
	return problem === null
		? { method, path, ...(Object.keys(query).length > 0 && { query }), body }
		: validationFailure([`"Path" is ${path === '' ? 'empty' : `"${path}"`}, but ${problem}`]);
}

const paidRequest: Generation = {
	name: 'request',
	makes: null,
	buildRequest: async ({ context }, itemIndex) => {
		const asked = readRequest(context, itemIndex);
		if (isFailure(asked)) return asked;
		const { model, prompt, payload } = asked.body ?? {};
		return await Promise.resolve({
			asked,
			uploads: new Set<never>(),
			model: asText(model),
			prompt: asText(prompt),
			payload: asText(payload),
			markable: false,
			ringable: false,
			media: [],
			offPeak: false,
			expectedSeconds: 60,
			answerWithin: ANSWER_WITHIN.other,
			estimatedCredits: null,
			atMostCredits: null,
			openRate: null,
			hints: [],
			fingerprint: asked,
		});
	},
};

const listing: Listing = {
	resource: 'api',
	label: 'Request',
	action: 'Send API request',
	description: 'Send any request to the API of the provider, for what has no operation yet',
};

const freeRequest = freeOperation({
	...listing,
	name: paidRequest.name,
	properties,
	output: { response: providersOwn({}) },
	results: async (session: Session, itemIndex) => {
		const request = readRequest(session.context, itemIndex);
		if (isFailure(request)) return request;
		const answer = await requestFree(session, request, `the request to ${request.path}`);
		if (isFailure(answer)) return answer;
		// Read as by the provider: without an echoed key.
		return [{ response: session.provider.readCreate(answer.body, null).raw as object }];
	},
});

export const apiRequest: Listing & RequestOperation = {
	...freeRequest,
	output: { ...anyTaskFields(), ...freeRequest.output },
	outputShown: paid,
	execute: async (context, response) =>
		methodOf(context) === 'GET'
			? await freeRequest.execute(context)
			: await executeGeneration(context, paidRequest, response),
};
