/** The test of the credential, as n8n runs it when the user presses Save: its expressions, its request, its rules. */
import { runInNewContext } from 'node:vm';
import type { IExecuteFunctions, IN8nHttpFullResponse } from 'n8n-workflow';
import { ViduApi } from '../../credentials/ViduApi.credentials.ts';
import { parseBody } from '../../nodes/Vidu/providers/read.ts';
import type { Credential } from './options.mts';

const TIMEOUT = 30_000;
const { request, rules = [] } = new ViduApi().test;

/** Null if the credential passes, else what the user is told. */
export async function testCredential(
	context: IExecuteFunctions,
	credential: Credential,
): Promise<string | null> {
	const valueOf = (expression: unknown): unknown =>
		runInNewContext(String(expression).replace(/^=\{\{|\}\}$/g, ''), { $credentials: credential });
	const answer = (await context.helpers.httpRequestWithAuthentication.call(context, 'viduApi', {
		baseURL: String(valueOf(request.baseURL)),
		url: String(valueOf(request.url)),
		abortSignal: AbortSignal.timeout(TIMEOUT),
	})) as IN8nHttpFullResponse;
	const { statusCode: status, body } = answer;
	const tolerant = Object(valueOf(request.ignoreHttpStatusErrors)) as { except?: number[] };
	const passes = tolerant.except
		? !tolerant.except.includes(status)
		: status >= 200 && status < 300;
	if (!passes) {
		const rule = rules.find(
			({ type, properties }) => type === 'responseCode' && properties.value === status,
		);
		return rule?.properties.message ?? `HTTP ${status}`;
	}
	const parsed = parseBody(String(body));
	const broken = rules.find(
		({ type, properties }) =>
			type === 'responseSuccessBody' && valueAt(parsed, properties.key) === properties.value,
	);
	return broken?.properties.message ?? null;
}

/** As lodash's `get`, with which n8n looks into the body. */
const valueAt = (body: unknown, path: string): unknown =>
	path
		.split('.')
		.reduce((value, name) => (value === undefined ? value : Object(value)[name]), body);
