import { createRequire } from 'node:module';
import fc from 'fast-check';
import type { INode } from 'n8n-workflow';
import { troubleOf } from '../../nodes/Vidu/transport/notSent.ts';

/** As n8n has them. */
const requireFromCore = createRequire(createRequire(import.meta.url).resolve('n8n-core'));
const { AxiosError } = createRequire(requireFromCore.resolve('@n8n/backend-network'))('axios');
const { NodeApiError } = requireFromCore('n8n-workflow') as typeof import('n8n-workflow');
const ssrf = requireFromCore('@n8n/backend-network');

const node: INode = {
	...{ id: '1', name: 'Clip', type: 'test', typeVersion: 1, position: [0, 0], parameters: {} },
};
/** As n8n's request helper throws it: wrapped by axios, then by n8n. */
const thrown = (cause: Error) => new NodeApiError(node, AxiosError.from(cause));
const system = (code: string, syscall: string) =>
	Object.assign(new Error(`${syscall} ${code} 203.0.113.1:443`), { code, syscall });
const several = (...errors: Error[]) =>
	Object.assign(new AggregateError(errors), { code: 'ETIMEDOUT' });

describe('what was certainly not sent', () => {
	test.each([
		['refused', system('ECONNREFUSED', 'connect'), 'the server refused the connection'],
		['not routed', system('EHOSTUNREACH', 'connect'), 'the server cannot be reached'],
		[
			'swallowed by a firewall',
			system('ETIMEDOUT', 'connect'),
			'the server did not respond in time',
		],
		['unknown', system('ENOTFOUND', 'getaddrinfo'), 'the host name could not be resolved'],
		[
			'refused at several addresses',
			several(system('ETIMEDOUT', 'connect'), system('ENETUNREACH', 'connect')),
			'the server did not respond in time',
		],
		[
			'somebody else',
			Object.assign(new Error('Hostname does not match'), { code: 'ERR_TLS_CERT_ALTNAME_INVALID' }),
			'the server certificate is not trusted (ERR_TLS_CERT_ALTNAME_INVALID)',
		],
		[
			'expired',
			Object.assign(new Error('certificate has expired'), { code: 'CERT_HAS_EXPIRED' }),
			'the server certificate is not trusted (CERT_HAS_EXPIRED)',
		],
		[
			'behind a proxy that signs for it',
			Object.assign(new Error('x'), { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }),
			'the server certificate is not trusted (UNABLE_TO_VERIFY_LEAF_SIGNATURE)',
		],
		[
			'blocked by n8n, by its address',
			new ssrf.SsrfBlockedIpError('10.0.0.1', 'gateway.example'),
			"n8n's SSRF protection blocks this address",
		],
		[
			'blocked by n8n, by its name',
			new ssrf.SsrfBlockedHostnameError('gateway.example'),
			"n8n's SSRF protection blocks this address",
		],
	])('is a request to a server that is %s', (_, cause, reason) => {
		for (const error of [cause, thrown(cause), new NodeApiError(node, cause as never)]) {
			expect(troubleOf(error)).toEqual({ reason, notSent: true });
		}
	});

	test.each([
		['a connection in use whose route is lost', system('EHOSTUNREACH', 'read')],
		['a connection in use that times out', system('ETIMEDOUT', 'read')],
		['a connection that is reset', system('ECONNRESET', 'read')],
		['a write that fails', system('EPIPE', 'write')],
		['a code alone', Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })],
		['an error without a code', new Error('odd')],
		['text', 'ECONNREFUSED'],
		['nothing', undefined],
	])('is not %s', (_, cause) => {
		expect(troubleOf(cause).notSent).toBe(false);
		if (cause instanceof Error) expect(troubleOf(thrown(cause)).notSent).toBe(false);
	});

	test('nothing that is inherited is evidence', () => {
		const error = Object.create({ syscall: 'connect', code: 'ECONNREFUSED' });
		expect(troubleOf(error)).toEqual({ reason: 'unknown', notSent: false });
		expect(troubleOf({ code: 'constructor' }).reason).toBe('network: constructor');
	});

	test('no query of an address, which may be signed, and no endless text is repeated', () => {
		const { reason } = troubleOf(
			new Error(
				`Invalid redirect: https://cdn.example/a.mp4?Signature=s3cret#x ${'y'.repeat(9000)}`,
			),
		);
		expect(reason).toContain('https://cdn.example/a.mp4 ');
		expect(reason).not.toContain('s3cret');
		expect(reason.length).toBeLessThanOrEqual(300);
	});

	test('whatever is thrown, there is a sentence', () => {
		const circle: { cause?: unknown } = {};
		circle.cause = circle;
		expect(troubleOf(circle)).toEqual({ reason: 'unknown', notSent: false });
		fc.assert(
			fc.property(fc.anything(), (error) => {
				const { reason, notSent } = troubleOf(error);
				expect(reason).not.toBe('');
				expect(notSent).toBe(false);
			}),
		);
	});
});

test('older versions of n8n, which keep only the message of an error, tell it as well', () => {
	const kept = (message: string) => ({ name: 'NodeApiError', messages: [message] });
	expect(troubleOf(kept('connect ECONNREFUSED 127.0.0.1:1'))).toEqual({
		reason: 'the server refused the connection',
		notSent: true,
	});
	expect(troubleOf(kept('read ECONNRESET')).notSent).toBe(false);
	expect(troubleOf(kept('the server could not connect ECONNREFUSED')).notSent).toBe(false);
});
