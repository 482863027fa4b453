/** From a credential to its connection. */
import { authorizationOf, connectionOf } from '../../nodes/Vidu/providers/connection';

describe('a credential', () => {
	it('is of Vidu with its own paths, where it says nothing else', () => {
		expect(connectionOf({})).toEqual({
			provider: 'vidu',
			region: 'global',
			baseUrl: 'https://api.vidu.com',
			pathPrefix: '/ent/v2',
			queryPath: '/tasks/{id}/creations',
			subjectKey: 'name',
		});
	});

	it('spells a gateway of its own: paths and the key of subjects', () => {
		const given = {
			...{ provider: 'custom', baseUrl: 'https://gateway.example/' },
			...{ pathPrefix: '/v/', queryPath: '/ask/{id}', subjectKey: 'id' },
		};
		expect(connectionOf(given)).toMatchObject({
			...{ provider: 'custom', baseUrl: 'https://gateway.example' },
			...{ pathPrefix: '/v', queryPath: '/ask/{id}', subjectKey: 'id' },
		});
	});

	it.each([
		['a provider of a later version', { provider: 'later' }, '"Provider" is "later"'],
		['a query path without a place for the ID', { queryPath: '/ask' }, 'must contain {id}'],
		['a path of another host', { pathPrefix: '//evil.example' }, '"Path Prefix"'],
		['no address', { baseUrl: 'gateway' }, 'which is not a URL'],
		['http to another machine', { baseUrl: 'http://gateway.example' }, 'must start with https'],
		['ftp', { baseUrl: 'ftp://gateway.example' }, 'must start with https'],
		['a user name', { baseUrl: 'https://user@gateway.example' }, 'must not contain a user name'],
		['a password', { baseUrl: 'https://:word@gateway.example' }, 'must not contain a user name'],
	])('with %s is rejected by the name of the field', (_, given, message) => {
		const custom = { provider: 'custom', baseUrl: 'https://gateway.example', ...given };
		expect(() => connectionOf(custom)).toThrow(message);
	});

	it.each([
		['token', 'kkiai', 'Token k'],
		['bearer', 'vidu', 'Bearer k'],
		['auto', 'vidu', 'Token k'],
		['auto', 'kkiai', 'Bearer k'],
	])('with the scheme %s at %s authorizes by "%s"', (authScheme, provider, header) => {
		expect(authorizationOf({ authScheme, provider, apiKey: 'k' })).toBe(header);
	});

	it('leads to the host of the region', () => {
		expect(connectionOf({ provider: 'vidu', region: 'global' }).baseUrl).toBe(
			'https://api.vidu.com',
		);
		expect(connectionOf({ provider: 'vidu', region: 'china' }).baseUrl).toBe('https://api.vidu.cn');
	});

	it.each(['vda_k', ' vda_k\n', 'Token vda_k', 'token  vda_k', 'Bearer vda_k '])(
		'takes the key as pasted: "%s"',
		(apiKey) => {
			expect(authorizationOf({ provider: 'vidu', apiKey, authScheme: 'auto' })).toBe('Token vda_k');
			expect(authorizationOf({ provider: 'vidu', apiKey, authScheme: 'bearer' })).toBe(
				'Bearer vda_k',
			);
		},
	);

	it.each([
		'http://127.0.0.1:4010',
		'http://localhost:1/',
		'http://[::1]:2',
		'https://relay.example/v/',
	])('accepts the base URL %s', (baseUrl) => {
		expect(connectionOf({ provider: 'vidu', baseUrl }).baseUrl).toBe(baseUrl.replace(/\/$/, ''));
	});
});
