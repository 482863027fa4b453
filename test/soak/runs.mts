/** The workflows of the soak: every way to wait, every setting of On Error, both nodes and the trigger. */
import type { IDataObject, INode } from 'n8n-workflow';
import type { StoredCredential, WorkflowJson } from '../../scripts/n8nClient.mts';
import { clip, flow, hook, type ClipOptions } from '../e2e/flows.mts';
import { node } from '../engine/harness/workflow.mts';

export interface Props {
	readonly credential: StoredCredential;
	readonly sandboxUrl: string;
	/** Where Vidu Trigger listens. */
	readonly triggerUrl: string;
}

/** Real seconds. So long a run takes at most, whatever the provider says. */
const TIMEOUT = 20;

/** What an order meets beside the hostility of the sandbox; see sandbox/faults.mts. */
const FAULTS = [
	'',
	'[callback=none]',
	'[fail=CreationPolicyViolation]',
	'[drop]',
	'[render=9]',
	'[callback=twice]',
	'[poll500=1]',
	'',
	'[create500]',
	'[truncate=1]',
	'[busy=1] [retryAfter=0]',
	'[expired=1] [render=200]',
	'[callback=late]',
];

/** Faults after which the node has no answer with the id of what was accepted. */
export const UNANSWERED = /\[(drop|create500)\]/;

const SLEEPS = { waitMode: 'suspend' };
const POLLS = { waitMode: 'poll' };
const FILES = { downloadVideo: true };
/** How often each of them runs in a round: their two items meet other faults each time. */
export const TIMES = 3;
const ITEMS = 2;

/** By name, what follows an item for each order. */
const RUNS: Readonly<Record<string, (props: Props) => INode[]>> = {
	'clips, polled': (props) => [made(props, { parameters: { ...POLLS, ...FILES } })],
	'clips, asleep': (props) => [made(props, { parameters: SLEEPS })],
	'clips, asleep, tried again': (props) => [
		made(props, {
			parameters: SLEEPS,
			settings: {
				onError: 'continueErrorOutput',
				retryOnFail: true,
				maxTries: 2,
				waitBetweenTries: 1000,
			},
		}),
	],
	'clips, ordered, then waited for': (props) => [
		made(props, { parameters: { waitMode: 'none' } }),
		clip('Wait', props.credential, {
			parameters: { resource: 'task', operation: 'wait', ...SLEEPS, ...FILES },
			options: { timeout: TIMEOUT },
			settings: { onError: 'continueRegularOutput' },
		}),
	],
	'references, polled': (props) => [
		reference(props, { parameters: POLLS, settings: { onError: 'continueErrorOutput' } }),
	],
	'references, asleep': (props) => [
		reference(props, {
			parameters: { ...SLEEPS, ...FILES },
			settings: { onError: 'continueRegularOutput' },
		}),
	],
	'references, left to the trigger': (props) => [
		reference(props, {
			parameters: { waitMode: 'none' },
			options: { callbackUrl: props.triggerUrl },
		}),
	],
	'pictures, polled': (props) => [
		made(props, {
			parameters: {
				...{ resource: 'image', operation: 'referenceToImage', model: 'viduq2' },
				...{ resolution: '1080p', ...POLLS, ...FILES },
			},
			settings: { onError: 'continueRegularOutput' },
		}),
	],
	'credits left': ({ credential }) => [
		clip('Credits', credential, { parameters: { resource: 'account', operation: 'getCredits' } }),
	],
};

/** Workflows by the path at which each takes its orders. */
export function workflows(props: Props): Map<string, WorkflowJson> {
	const orders = node({
		name: 'Orders',
		type: 'n8n-nodes-base.splitOut',
		parameters: { fieldToSplitOut: 'body.orders' },
	});
	return new Map(
		Object.entries(RUNS).map(([name, nodesOf], at) => {
			const path = `soak-${at}`;
			const nodes = [hook(path), orders, ...nodesOf(props)];
			return [path, flow(name, nodes, nodes.map((one) => one.name).join(' > '))];
		}),
	);
}

/** The orders of the run of that number, which is from 0: no two prompts of a soak are the same. */
export function ordersOf(run: number): Array<{ prompt: string }> {
	return Array.from({ length: ITEMS }, (_, item) => {
		const fault = FAULTS[(run * ITEMS + item) % FAULTS.length] ?? '';
		return { prompt: `@cat walks, take ${run}.${item} ${fault}`.trim() };
	});
}

function made({ credential }: Props, { options, ...more }: ClipOptions): INode {
	return clip('Clips', credential, { ...more, options: { timeout: TIMEOUT, ...options } });
}

function reference(props: Props, { parameters, ...more }: ClipOptions): INode {
	const subjects: IDataObject = {
		subject: [{ name: 'cat', imageUrls: [`${props.sandboxUrl}/samples/cat.png`] }],
	};
	const all = { referenceType: 'subjects', subjects, duration: 2, resolution: '720p' };
	return {
		...made(props, { ...more, parameters: { ...all, ...parameters } }),
		type: 'n8n-nodes-vidu.viduReferenceToVideo',
	};
}
