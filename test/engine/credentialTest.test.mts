/** The credential's test, run as n8n runs it: its request by n8n's routing, then its rules. */
import type { IDataObject, INodeType } from 'n8n-workflow';
import { ViduApi } from '../../credentials/ViduApi.credentials.ts';
import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { startAnswers, type Answers } from './harness/answers.mts';
import { runWorkflow } from './harness/run.mts';
import { chain, node } from './harness/workflow.mts';
import { WAYS } from './money/providers.mts';

const { request, rules = [] } = new ViduApi().test;
const BAD_KEY = 'sk-no-such-key';

/** A declarative node that makes the request of the test, as `CredentialsTester` puts one together. */
const probe: INodeType = {
	description: {
		displayName: 'Probe',
		name: 'test.probe',
		group: ['transform'],
		version: 1,
		description: 'Makes the request of the credential test',
		defaults: { name: 'Probe' },
		inputs: ['main'],
		outputs: ['main'],
		credentials: [{ name: 'viduApi', required: true }],
		requestDefaults: {},
		properties: [
			{ displayName: 'Temp', name: 'temp', type: 'string', default: '', routing: { request } },
		],
	},
};

let sandbox: Sandbox;
let stranger: Answers;

beforeAll(async () => {
	[sandbox, stranger] = await Promise.all([startSandbox(), startAnswers()]);
});

afterAll(async () => await Promise.all([sandbox.close(), stranger.close()]));

/** What the editor shows: the message of the rule that applies, else n8n's own. */
async function verdict(credential: IDataObject): Promise<string> {
	const tested = node({
		name: 'Probe',
		type: 'test.probe',
		credentials: { viduApi: { id: '1', name: 'account' } },
	});
	const data = { authScheme: 'auto', region: 'global', baseUrl: sandbox.url, ...credential };
	const done = await runWorkflow(chain([tested]), {
		credentials: { account: { type: 'viduApi', data: data as never } },
		nodeTypes: [probe],
	});
	if (done.error) {
		const status = Number((done.error as { httpCode?: unknown }).httpCode);
		const rule = rules.find(
			({ type, properties }) => type === 'responseCode' && properties.value === status,
		);
		return rule?.properties.message ?? done.error.message;
	}
	const body: unknown = done.items('Probe')[0]?.json;
	const rule = rules.find(
		(each) =>
			each.type === 'responseSuccessBody' &&
			valueAt(body, each.properties.key) === each.properties.value,
	);
	return rule?.properties.message ?? 'OK';
}

/** As lodash's `get`, with which n8n looks into the body. */
const valueAt = (body: unknown, path: string): unknown =>
	path.split('.').reduce((value, key) => (value === undefined ? value : Object(value)[key]), body);

const CREDENTIALS = Object.entries(WAYS).map(([name, { credential }]) => ({ name, credential }));

describe.each(CREDENTIALS)('the test of a credential of $name', ({ credential }) => {
	it('passes with a good key and buys nothing', async () => {
		expect(await verdict(credential)).toBe('OK');
		expect(sandbox.ledger()).toEqual([]);
	});

	it('fails with a bad key, in words, without showing it', async () => {
		const said = await verdict({ ...credential, apiKey: BAD_KEY });
		expect(said).toMatch(/The API key was (not accepted|refused|rejected)/);
		expect(said).not.toContain(BAD_KEY);
	});

	it.each([
		['an HTML page that says 404', { status: 404, body: '<!doctype html><title>404</title>' }],
		['an HTML page that says 200', { status: 200, body: '\n<html>Console</html>' }],
		['a plain text that says 404', { status: 404, body: '404 page not found' }],
		['an empty 404', { status: 404, body: '' }],
		['an empty 200', { status: 200, body: '' }],
	])('fails where the base URL answers with %s', async (_, answer) => {
		stranger.say([], [answer]);
		expect(await verdict({ ...credential, baseUrl: stranger.url })).toContain('Check Base URL');
		expect(stranger.count('GET')).toBe(1);
	});

	it('fails where the base URL leads elsewhere, and does not go there', async () => {
		stranger.say(
			[],
			[{ status: 302, body: '', headers: { Location: `${sandbox.url}/ent/v2/credits` } }],
		);
		expect(await verdict({ ...credential, baseUrl: stranger.url })).not.toBe('OK');
		expect(stranger.count('GET')).toBe(1);
	});

	it.each([429, 500, 503])('fails while the provider answers %i', async (status) => {
		stranger.say([], [{ status, body: { message: 'later' } }]);
		expect(await verdict({ ...credential, baseUrl: stranger.url })).not.toBe('OK');
	});
});
