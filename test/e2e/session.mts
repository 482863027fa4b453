/** What a test file needs of the stage that all files share. */
import type { Surroundings } from '../../scripts/examples.mts';
import { OWNER } from '../../scripts/n8n.mts';
import { N8nClient } from '../../scripts/n8nClient.mts';
import type { LedgerEntry } from '../../sandbox/tasks.mts';

/** Test files are other modules than jest's global setup; the environment is what both see. */
const VARIABLE = 'N8N_NODES_VIDU_E2E';

/** n8n ignores the clicks of what does not call itself a browser. */
export const BROWSER = {
	'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36',
};

export interface Announcement extends Surroundings {
	/** What n8n has said on its output. */
	readonly logFile: string;
}

export interface Session extends Announcement {
	/** Logged in as the owner. */
	readonly client: N8nClient;
	/** What the sandbox billed, by task id. */
	billed(): Promise<Map<string, number>>;
}

export function announce(announcement: Announcement): void {
	process.env[VARIABLE] = JSON.stringify(announcement);
}

export async function openSession(): Promise<Session> {
	const announcement = JSON.parse(process.env[VARIABLE] ?? '') as Announcement;
	const client = new N8nClient(announcement.n8nUrl);
	await client.logIn(OWNER);
	const billed = async () => {
		const answer = await fetch(`${announcement.sandboxUrl}/_sandbox/ledger`);
		const entries = (await answer.json()) as LedgerEntry[];
		return new Map(entries.map(({ taskId, credits }) => [taskId, credits]));
	};
	return { ...announcement, client, billed };
}
