import { GATEWAY_KEYS } from '../../sandbox/server.mts';
import { CREDENTIAL_TYPE, sandboxCredential } from '../../scripts/stage.mts';
import { openSession, type Session } from './session.mts';

let session: Session;

beforeAll(async () => {
	session = await openSession();
});

/** What the editor shows when a credential with this key is saved. */
async function tryKey(apiKey: string) {
	const data = sandboxCredential(session.sandboxUrl, apiKey);
	return await session.client.testCredential(session.credential, CREDENTIAL_TYPE, data);
}

it('accepts a good key', async () => {
	expect(await tryKey('vda_sandbox_key')).toMatchObject({ status: 'OK' });
});

it('accepts a good key as it is copied from a console, scheme and blanks included', async () => {
	expect(await tryKey(' Token vda_sandbox_key\n')).toMatchObject({ status: 'OK' });
});

it('rejects a bad key, without showing it', async () => {
	const { status, message } = await tryKey('vda_no_such_key');
	expect(status).toBe('Error');
	expect(message).not.toContain('vda_no_such_key');
});

it('says what to check after a bad key', async () => {
	const { message } = await tryKey('vda_no_such_key');
	expect(message).toMatch(/API key was not accepted/i);
	expect(message).toMatch(/region/i);
});

describe.each([
	{ provider: 'octopusx', key: GATEWAY_KEYS.octopusx },
	{ provider: 'kkiai', key: GATEWAY_KEYS.kkiai },
	{ provider: 'vtrix', key: GATEWAY_KEYS.vtrix },
	{ provider: 'jiekou', key: GATEWAY_KEYS.jiekou },
	{ provider: 'custom', key: GATEWAY_KEYS.powertokens },
])('a credential of $provider', ({ provider, key }) => {
	const paths = { pathPrefix: '/powertokens/vidu/ent/v2', queryPath: '/tasks/{id}' };

	async function tryWith(apiKey: string) {
		const data = { ...sandboxCredential(session.sandboxUrl, apiKey), provider, ...paths };
		return await session.client.testCredential(session.credential, CREDENTIAL_TYPE, data);
	}

	it('passes with its good key', async () => {
		expect(await tryWith(key)).toMatchObject({ status: 'OK' });
	});

	it('fails with a bad key, without showing it', async () => {
		const { status, message } = await tryWith('sk-no-such-key');
		expect(status).toBe('Error');
		expect(message).not.toContain('sk-no-such-key');
	});

	it('says what to check after a bad key', async () => {
		expect((await tryWith('sk-no-such-key')).message).toMatch(/API key was/);
	});
});
