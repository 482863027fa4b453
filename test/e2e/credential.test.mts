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

it('rejects a bad key and says what to check, without showing the key', async () => {
	const { status, message } = await tryKey('vda_no_such_key');
	expect(status).toBe('Error');
	expect(message).toMatch(/API key was not accepted/i);
	expect(message).toMatch(/region/i);
	expect(message).not.toContain('vda_no_such_key');
});
