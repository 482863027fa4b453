/**
 * What takes the callbacks of the benchmark, and how each is signed: Vidu Trigger, n8n's own GitHub Trigger
 * and Stripe Trigger, which check a signature too, and its Webhook node, which checks nothing.
 */
import { createHmac, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { INode } from 'n8n-workflow';
import { signCallback } from '../../sandbox/callbacks.mts';
import { SANDBOX_KEY } from '../../sandbox/server.mts';

const PRELOAD = fileURLToPath(new URL('./stripeHere.cjs', import.meta.url));
const STRIPE_SECRET = 'whsec_bench';
/** The event that the body of every callback says. */
export const EVENT = 'invoice.paid';

type Headers = Readonly<Record<string, string>>;
type Part = Pick<INode, 'type' | 'typeVersion' | 'parameters'>;

/** A way to take callbacks. */
export interface Hook {
	readonly name: string;
	readonly node: Part;
	/** The type of the credential that the node has. */
	readonly credential: 'viduApi' | 'githubApi' | 'stripeApi' | null;
	sign(url: string, body: string): Headers;
}

/** GitHub and Stripe, as far as it takes to be told of a webhook. */
export interface Publishers {
	readonly url: string;
	/** The environment of an n8n that is to find them. */
	readonly env: Readonly<Record<string, string>>;
	/** What GitHub was given to sign with. */
	secret(): string;
	close(): void;
}

export async function startPublishers(): Promise<Publishers> {
	let secret = '';
	const server = createServer(async (request, response) => {
		const chunks: Buffer[] = await request.toArray();
		const body = Buffer.concat(chunks).toString('utf8');
		const isGithub = request.url?.startsWith('/repos/');
		if (isGithub && request.method === 'POST') {
			({ secret } = (JSON.parse(body) as { config: { secret: string } }).config);
		}
		const stripe = { id: 'we_1', secret: STRIPE_SECRET, status: 'enabled', enabled_events: ['*'] };
		response.setHeader('content-type', 'application/json');
		response.end(JSON.stringify(isGithub ? { id: 1, active: true } : stripe));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		env: {
			NODE_OPTIONS: `--require ${JSON.stringify(PRELOAD)}`,
			N8N_NODES_VIDU_STRIPE_PORT: String(port),
		},
		secret: () => secret,
		close: () => server.close(),
	};
}

const hmac = (secret: string, text: string) =>
	createHmac('sha256', secret).update(text).digest('hex');

const vidu = (verification: string): Omit<Hook, 'name'> => ({
	node: { type: 'n8n-nodes-vidu.viduTrigger', typeVersion: 1, parameters: { verification } },
	credential: 'viduApi',
	sign: (url) => signCallback(SANDBOX_KEY, url, new Date().toUTCString(), randomUUID()),
});

const webhook = (more: Record<string, string>): Omit<Hook, 'name'> => ({
	node: {
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		parameters: { httpMethod: 'POST', path: randomUUID(), ...more },
	},
	credential: null,
	sign: () => ({}),
});

const locator = (value: string) => ({ __rl: true, mode: 'name', value });

/** All of them; the first two are what the others are compared with. */
export function hooks({ secret }: Publishers): Hook[] {
	return [
		{
			name: "n8n's GitHub Trigger",
			node: {
				type: 'n8n-nodes-base.githubTrigger',
				typeVersion: 1,
				parameters: {
					owner: locator('octocat'),
					repository: locator('hello-world'),
					events: ['*'],
					options: {},
				},
			},
			credential: 'githubApi',
			sign: (_, body) => ({ 'X-Hub-Signature-256': `sha256=${hmac(secret(), body)}` }),
		},
		{
			name: "n8n's Stripe Trigger",
			node: {
				type: 'n8n-nodes-base.stripeTrigger',
				typeVersion: 1,
				parameters: { events: [EVENT] },
			},
			credential: 'stripeApi',
			sign(_, body) {
				const seconds = Math.floor(Date.now() / 1000);
				const signature = hmac(STRIPE_SECRET, `${seconds}.${body}`);
				return { 'Stripe-Signature': `t=${seconds},v1=${signature}` };
			},
		},
		{ name: 'Vidu Trigger, Check the Signature Only', ...vidu('signature') },
		{ name: 'Vidu Trigger, … and Query the API', ...vidu('signatureAndFetch') },
		{ name: "n8n's Webhook node, which checks nothing", ...webhook({}) },
		{ name: '… with an expression', ...webhook({ responseMode: '={{ "onReceived" }}' }) },
	];
}
