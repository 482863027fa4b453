/** What of the UI arrives on the wire: the real node in n8n's engine, one provider of the sandbox. */
import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../../sandbox/server.mts';
import { account } from '../harness/clip.mts';
import { withoutMark } from '../harness/mark.mts';
import { runWorkflow, type InputItem, type Run } from '../harness/run.mts';
import { chain, node } from '../harness/workflow.mts';

/** A document's parameter, how it is set in the node, where it arrives in the body, and as what. */
export type Row = readonly [parameter: string, set: IDataObject, at: string, value: unknown];

/** What is asked for, how, and what the refusal says. */
export type Refused = readonly [what: string, set: IDataObject, sentence: RegExp];

export interface Account {
	readonly credential: IDataObject;
	readonly type: 'viduReferenceToVideo' | 'vidu';
	/** The parameters of the plainest order; those of a test lie over them. */
	readonly base: IDataObject;
}

/** Never looked at by the sandbox, which takes hosts other than this machine as reachable. */
export const picture = (name: string) => `https://pictures.example/${name}.png`;

/** The plainest subject. */
export const cat = { name: 'cat', imageUrls: [picture('cat')] };

/** Parameters with these subjects in place of the plainest one. */
export const subjects = (...subject: IDataObject[]) => ({ subjects: { subject } });

/** The value at a path such as `subjects.0.images`; undefined where there is none. */
export const at = (body: unknown, path: string): unknown =>
	path.split('.').reduce((value, key) => Object(value)[key] as unknown, body);

/** Opens a sandbox for the tests of a file or a `describe`. */
export function openWire({ credential, type, base }: Account) {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox({ speed: 300, renderSeconds: 90, credits: 1_000_000 });
	});
	afterEach(() => sandbox.reset());
	afterAll(async () => await sandbox.close());

	const posts = () => sandbox.requests().filter(({ method }) => method === 'POST');

	/** Runs the node with these parameters; options are laid over those of the plainest order. */
	async function run(
		set: IDataObject = {},
		items?: InputItem[],
		settings: Partial<INode> = {},
	): Promise<Run> {
		const options = {
			...(base.options as INodeParameters),
			...(set.options as INodeParameters),
		};
		const clip = node({
			name: 'Clip',
			type: `n8n-nodes-vidu.${type}`,
			credentials: { viduApi: { id: '1', name: 'Vidu' } },
			parameters: { waitMode: 'none', ...base, ...set, options },
			...settings,
		});
		return await runWorkflow(chain([clip]), { ...account(sandbox.url, credential), items });
	}

	return {
		run,
		posts,
		sandbox: () => sandbox,
		/** The one order that these parameters make; the sandbox, as strict as the document, took it. */
		async order(set: IDataObject = {}, items?: InputItem[]) {
			const done = await run(set, items);
			expect(`${done.error?.message} ${done.error?.description}`).toBe('undefined undefined');
			expect(posts()).toHaveLength(1);
			expect(sandbox.ledger()).toHaveLength(1);
			return { path: posts()[0]?.path, body: withoutMark(posts()[0]?.body), done };
		},
		/** What the user is told when nothing is sent and nothing is charged. */
		async refusal(set: IDataObject, items?: InputItem[]): Promise<string> {
			const { status, error } = await run(set, items);
			expect(status).toBe('error');
			expect(sandbox.requests()).toEqual([]);
			expect(sandbox.ledger()).toEqual([]);
			return `${error?.message}\n${error?.description}`;
		},
	};
}
