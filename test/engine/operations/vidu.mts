/** Runs one operation of the Vidu node against a sandbox of its own. */
import { readFile } from 'node:fs/promises';
import type { IDataObject, INode } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../../../sandbox/server.mts';
import { account } from '../harness/clip.mts';
import { withoutMark } from '../harness/mark.mts';
import { runWorkflow, type InputItem, type Run } from '../harness/run.mts';
import { chain, node } from '../harness/workflow.mts';

export interface Stage {
	readonly sandbox: Sandbox;
	/** Address of one of the sandbox's pictures. */
	sample(name: string): string;
	/** Bodies of the requests that were posted (or put) to this path, without `/ent/v2`. */
	bodies(path: string): unknown[];
	run(
		resource: string,
		operation: string,
		parameters?: IDataObject,
		items?: InputItem[],
		settings?: Partial<INode>,
		credential?: IDataObject,
	): Promise<Run>;
	/** JSON of the items that came out. */
	outputs(done: Run): IDataObject[];
}

/** Starts a sandbox for the tests of a file; it is empty again after each test. */
export function useStage(): Stage {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await startSandbox({ speed: 300, renderSeconds: 90 });
	});
	afterEach(() => sandbox.reset());
	afterAll(async () => await sandbox.close());
	return {
		get sandbox() {
			return sandbox;
		},
		sample: (name) => `${sandbox.url}/samples/${name}`,
		bodies: (path) =>
			sandbox
				.requests()
				.filter((request) => request.method !== 'GET' && request.path === `/ent/v2${path}`)
				.map(({ body }) => withoutMark(body)),
		run: async (
			resource,
			operation,
			parameters = {},
			items = [{ json: {} }],
			settings = {},
			credential = {},
		) => {
			const tested = node({
				name: 'Vidu',
				type: 'n8n-nodes-vidu.vidu',
				credentials: { viduApi: { id: '1', name: 'Vidu' } },
				parameters: { resource, operation, ...parameters },
				...settings,
			});
			return await runWorkflow(chain([tested]), { ...account(sandbox.url, credential), items });
		},
		outputs: (done) => done.items('Vidu').map(({ json }) => json),
	};
}

/** An address of a video that no test fetches. */
export const CLIP = 'https://example.com/clip.mp4';

/** So that no test waits for what the sandbox makes quickly. */
export const quick = { pollInterval: 0.1 };

/** A PNG of this size, as far as its header goes, in a binary field called `data`. */
export function blankPicture(width: number, height: number): InputItem {
	const data = Buffer.alloc(33);
	data.write('89504e470d0a1a0a0000000d49484452', 'hex');
	data.writeUInt32BE(width, 16);
	data.writeUInt32BE(height, 20);
	return { json: {}, binary: { data: { data, fileName: 'blank.png', mimeType: 'image/png' } } };
}

/** A picture of the sandbox in a binary field called `data`. */
export async function picture(name: string): Promise<InputItem> {
	const data = await readFile(new URL(`../../../sandbox/assets/${name}`, import.meta.url));
	return { json: {}, binary: { data: { data, fileName: name, mimeType: 'image/png' } } };
}
