/** A whole run: a rehearsal against the sandbox, the provider itself, the report. */
import { readFileSync } from 'node:fs';
import type { ProviderId, Region } from '../../nodes/Vidu/catalogue/types.ts';
import { isLocal } from '../../nodes/Vidu/transport/hosts.ts';
import { GATEWAY_KEYS, SANDBOX_KEY, startSandbox } from '../../sandbox/server.mts';
import { Budget } from './budget.mts';
import { Door } from './door.mts';
import type { Credential, Settings } from './options.mts';
import { startReceiver } from './receiver.mts';
import { findingsOf, pageOf, sectionsOf } from './report.mts';
import { sessionOf, type Side } from './side.mts';
import { runSteps } from './steps.mts';

export interface Surroundings {
	readonly now: () => number;
	readonly wait: Side['wait'];
	/** Takes every sentence as it is known: IDs of paid tasks, above all. */
	readonly say: Side['say'];
}

export interface Outcome {
	readonly page: string;
	readonly findings: readonly string[];
	readonly spent: string;
	/** Whether the API is on this machine. */
	readonly isLocal: boolean;
}

/** Never throws once something may have been bought: the report tells what went wrong. */
export async function runLive(settings: Settings, surroundings: Surroundings): Promise<Outcome> {
	surroundings.say('Rehearsing against the sandbox');
	const rehearsal = await rehearse(settings);
	const { credential } = settings;
	const door = new Door(credential.apiKey);
	const notes: string[] = [];
	const say = (sentence: string) => {
		const hidden = door.hide(sentence);
		notes.push(hidden);
		surroundings.say(hidden);
	};
	const { callbackUrl: url, callbackPort: port } = settings;
	const callback = url === null ? null : { url, port };
	const { budget, baseUrl } = await goOn(settings, door, callback, { ...surroundings, say });
	const provider = credential.provider as ProviderId;
	const sections = sectionsOf(provider, door.exchanges, rehearsal.exchanges);
	const about = {
		provider,
		host: new URL(baseUrl).host,
		isLocal: isLocal(baseUrl),
		version: versionOf(),
		at: new Date(surroundings.now()).toISOString(),
	};
	return {
		page: door.hide(pageOf(about, notes, budget, sections)),
		findings: findingsOf(sections, budget).map(door.hide),
		spent: budget.spent(),
		isLocal: about.isLocal,
	};
}

/** Where callbacks come in; without an address they come straight to the port. */
interface Callback {
	readonly url: string | null;
	readonly port: number;
}

/** All steps with one credential. A defect ends them, and is told. */
async function goOn(
	{ credential, maxCredits, assumeCredits }: Settings,
	door: Door,
	callback: Callback | null,
	{ now, wait, say }: Surroundings,
) {
	const session = sessionOf(door, credential);
	const { provider, key } = session;
	const budget = new Budget(maxCredits, assumeCredits);
	const receiver = callback && (await startReceiver(callback, { door, key, provider, now }));
	let isWhole = true;
	try {
		await runSteps({ credential, door, session, budget, receiver, wait, say });
	} catch (error) {
		isWhole = false;
		say(`The run ended early: ${(error as Error).message}`);
	} finally {
		await receiver?.close();
	}
	return { budget, isWhole, baseUrl: session.connection.baseUrl };
}

/**
 * The same steps against the sandbox, whose clock goes on while they wait.
 * @throws Error if they do not come to their end there: then nothing is worth an order
 */
async function rehearse(settings: Settings): Promise<Door> {
	let passed = 0;
	const now = () => Date.now() + passed;
	const region = settings.credential.region as Region;
	const sandbox = await startSandbox({ speed: 1, now, region });
	const wait = async (milliseconds: number) => {
		// Slowly at first, so that every state is seen.
		passed += Math.min(milliseconds, passed + 1000);
		// The sandbox looks at its tasks again, and its callbacks go out.
		sandbox.set({});
		await new Promise((resolve) => setTimeout(resolve, 5));
	};
	const credential = standIn(settings.credential, sandbox.url);
	const said: string[] = [];
	try {
		const door = new Door(credential.apiKey);
		const callback = settings.callbackUrl === null ? null : { url: null, port: 0 };
		const say = (sentence: string) => void said.push(sentence);
		const { isWhole } = await goOn({ ...settings, credential }, door, callback, { now, wait, say });
		if (isWhole) return door;
	} finally {
		await sandbox.close();
	}
	throw new Error(`The rehearsal against the sandbox failed: ${said.join('. ')}`);
}

/** The credential that leads to the sandbox; a relay stands in for other gateways. */
function standIn(credential: Credential, baseUrl: string): Credential {
	const provider = credential.provider as ProviderId;
	const own = { ...credential, baseUrl, authScheme: 'auto' };
	if (provider === 'vidu') return { ...own, apiKey: SANDBOX_KEY };
	if (provider !== 'custom') return { ...own, apiKey: GATEWAY_KEYS[provider] };
	return {
		...own,
		apiKey: GATEWAY_KEYS.relay302,
		pathPrefix: '/relay302/vidu/ent/v2',
		queryPath: '/tasks/{id}/creations',
	};
}

function versionOf(): string {
	const manifest: unknown = JSON.parse(
		readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
	);
	return String(Object(manifest).version);
}
