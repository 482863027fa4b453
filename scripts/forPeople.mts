/** The stage as a person wants it: at ports that one knows, at a brisk pace, opening on the workflows. */
import { OWNER } from './n8n.mts';
import { askedPort, freePort } from './ports.mts';
import { setStage, type Stage, type StageOptions } from './stage.mts';

const N8N_PORT = 5678;
/**
 * What takes Vidu a minute and a half takes the sandbox 2 s, and is ready when a node looks for the
 * first time, after 5 s.
 */
const SANDBOX = { port: 4010, speed: 45, renderSeconds: 90, standIns: true };
/** How many times faster than Vidu the sandbox is. */
export const { speed: SPEED } = SANDBOX;
const ENVIRONMENT = {
	// Its assistant would be the first page, and asks for a model's key.
	N8N_DISABLED_MODULES: 'instance-ai',
};

/** In the help of a command. */
export const PORT_USAGE = `--port N   where n8n's editor listens, default ${N8N_PORT}`;

interface PeoplesOptions
	extends Pick<StageOptions, 'userFolder' | 'filesFolder' | 'n8nEnv' | 'step'> {
	/** From the command line: taken, or refused. */
	readonly port?: string;
}

/** @throws when the port that was asked for cannot be had */
export async function setStageForPeople({ port, ...options }: PeoplesOptions): Promise<Stage> {
	return await setStage({
		...options,
		n8nPort: port === undefined ? await freePort(N8N_PORT) : await askedPort(port),
		sandbox: SANDBOX,
		n8nEnv: { ...ENVIRONMENT, ...options.n8nEnv },
	});
}

/** Where everything is, a line each. */
export function whereabouts({ n8n, sandbox }: Stage, port?: string): string {
	const moved = port === undefined && !n8n.url.endsWith(`:${N8N_PORT}`);
	return `    Editor    ${n8n.url}${moved ? `  (port ${N8N_PORT} is taken; --port chooses another)` : ''}
    Login     ${OWNER.email}  ${OWNER.password}
    Sandbox   ${sandbox.url}  (an API, without pages)
    Log       ${n8n.logFile}`;
}
