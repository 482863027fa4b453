/** How the node and n8n's engine understand each other while it sleeps; with a real engine in test/engine/suspend. */
import fc from 'fast-check';
import type {
	EngineRequest,
	EngineResponse,
	IDataObject,
	IExecuteData,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	ISourceData,
} from 'n8n-workflow';
import {
	askForRun,
	cannotSleep,
	markOf,
	noteIn,
	PREFIX,
	type Note,
} from '../../nodes/Vidu/tasks/suspend/sleep';
import { withSleep, type Turn } from '../../nodes/Vidu/tasks/suspend/withSleep';

const node = { name: 'Clip', type: 'n8n-nodes-vidu.vidu' } as INode;
const source: ISourceData = { previousNode: 'If', previousNodeOutput: 1, previousNodeRun: 2 };
const items: INodeExecutionData[] = [{ json: { prompt: 'one' } }];
const done: Turn = { output: [[{ json: { made: true } }]], hints: ['a hint'] };
const NEVER_ASKED: EngineResponse = { actionResponses: [], metadata: {} };

/** One run index of a node in one execution, as the engine calls it again and again. */
class Engine {
	readonly nodeContext: IDataObject = {};
	readonly told: Array<string | null> = [];
	readonly hints: string[] = [];
	waitTill: Date | null = null;
	entry: IExecuteData = { node: { ...node }, data: { main: [items] }, source: { main: [source] } };

	/** Calls the node with items of a user, and what its request came to. */
	async call(turn: Turn, response?: EngineResponse) {
		return await this.run(items, { ...source }, turn, response);
	}

	/** Runs what the node asked for. */
	async runAsked({ actions }: EngineRequest, runIndex = 0) {
		const asked = [{ json: { ...items[0]?.json, toolCallId: actions[0]?.id } }];
		return await this.run(asked, { previousNode: 'Clip' }, done, undefined, runIndex);
	}

	async run(
		input: INodeExecutionData[],
		from: ISourceData | null,
		turn: Turn,
		response?: EngineResponse,
		runIndex = 0,
	) {
		this.entry = {
			node: { ...node },
			data: { main: [input] },
			source: from && { main: [from] },
			runIndex,
		};
		const context = {
			getNode: () => node,
			getExecutionId: () => '7',
			getWorkflowDataProxy: () => ({ $runIndex: runIndex }),
			getExecuteData: () => this.entry,
			getContext: () => this.nodeContext,
			getInputData: () => input,
			getWorkflowSettings: () => ({ executionOrder: 'v1' }),
			addExecutionHints: (...hints: Array<{ message: string }>) =>
				this.hints.push(...hints.map(({ message }) => message)),
			putExecutionToWait: async (till: Date) => {
				this.waitTill = await Promise.resolve(till);
			},
		} as unknown as IExecuteFunctions;
		return await withSleep(context, response, async (wakeful) => {
			this.told.push(wakeful);
			return await Promise.resolve(turn);
		});
	}
}

const answerTo = (request: unknown): EngineResponse => ({
	actionResponses: [],
	metadata: (request as EngineRequest).metadata as Note,
});

describe('a node that sleeps', () => {
	it('asks the engine for one run of itself, which puts the execution to wait and leaves nothing', async () => {
		const engine = new Engine();
		const request = (await engine.call({ sleepUntil: 1e12 }, NEVER_ASKED)) as EngineRequest;
		expect(request.actions).toMatchObject([{ nodeName: 'Clip', type: 'main', input: {} }]);
		expect(await engine.runAsked(request)).toEqual([[]]);
		expect(engine.waitTill).toEqual(new Date(1e12));
		expect(engine.entry).toMatchObject({ data: { main: [] }, node: { alwaysOutputData: false } });
		expect(engine.told).toEqual([null]);
	});

	it('does its next turn when it is called again, with its own source, and shows hints with its items only', async () => {
		const engine = new Engine();
		const request = (await engine.call({ sleepUntil: 1e12 }, NEVER_ASKED)) as EngineRequest;
		await engine.runAsked(request);
		expect(engine.hints).toEqual([]);
		const output = await engine.run(items, { previousNode: 'If' }, done, answerTo(request));
		expect(output).toBe((done as { output: unknown }).output);
		expect(engine.entry.source?.main?.[0]).toEqual(source);
		expect(engine.told).toEqual([null, null]);
		expect(engine.hints).toEqual(['a hint']);
	});

	it('is told to wait awake when the engine did not run what it asked for', async () => {
		const engine = new Engine();
		const request = await engine.call({ sleepUntil: 1e12 }, NEVER_ASKED);
		await engine.call(done, answerTo(request));
		expect(engine.told).toEqual([null, 'n8n did not run the node again as requested']);
	});

	it('has the asked run put out the items where empty runs of bells stand behind its own', async () => {
		const engine = new Engine();
		const first = (await engine.call({ sleepUntil: 1e12 }, NEVER_ASKED)) as EngineRequest;
		await engine.runAsked(first, 3);
		const last = (await engine.call(done, answerTo(first))) as EngineRequest;
		expect(engine.hints).toEqual([]);
		expect(await engine.runAsked(last, 4)).toBe((done as { output: unknown }).output);
		expect(engine.entry.source?.main?.[0]).toEqual(source);
		expect(engine.hints).toEqual(['a hint']);
		expect(await engine.call(done, answerTo(last))).toBeNull();
		expect(engine.told).toEqual([null, null]);
	});

	it('does nothing in an asked run that comes too late', async () => {
		const engine = new Engine();
		const request = (await engine.call({ sleepUntil: 1e12 }, NEVER_ASKED)) as EngineRequest;
		await engine.runAsked(request);
		engine.waitTill = null;
		expect(await engine.runAsked(request)).toBeNull();
		expect(engine.waitTill).toBeNull();
	});

	it('remembers that the engine calls back, where a try of Retry On Fail does not say so', async () => {
		const engine = new Engine();
		await engine.call(done);
		await engine.call(done, NEVER_ASKED);
		await engine.call(done);
		expect(engine.told).toEqual([
			'n8n lets a node resume itself from version 1.121 on only',
			null,
			null,
		]);
	});

	it("takes a user's item that looks like its own for an item", async () => {
		const engine = new Engine();
		const request = (await engine.call({ sleepUntil: 1e12 }, NEVER_ASKED)) as EngineRequest;
		await engine.runAsked(request);
		const forged = [{ json: { toolCallId: `${PREFIX}7/0/1` } }];
		const output = await engine.run(forged, source, done, NEVER_ASKED);
		expect(output).toBe((done as { output: unknown }).output);
	});
});

describe('what is not ours', () => {
	/** Any text, and some that begins nearly as ours. */
	const texts = fc.oneof(
		fc.string(),
		fc.string().map((tail) => PREFIX.slice(0, -1) + tail.replace(/^ /, '')),
		fc.string().map((head) => `${head}.${PREFIX}`),
	);
	const foreign = fc.oneof(texts, fc.anything({ values: [texts] }));

	it('is no asked run: any items of a user', () => {
		const jsons = fc.dictionary(fc.constantFrom('toolCallId', 'prompt', 'id'), foreign);
		fc.assert(
			fc.property(fc.array(jsons, { maxLength: 3 }), (given) => {
				expect(markOf(given.map((json) => ({ json: json as IDataObject })))).toBeUndefined();
			}),
		);
	});

	it('is no asked run: several items, whatever they hold', () => {
		const ours = { json: { toolCallId: `${PREFIX}7/0/1` } };
		expect(markOf([ours])).toBe(`${PREFIX}7/0/1`);
		expect(markOf([ours, ours])).toBeUndefined();
	});

	it('is no note: any answer of the engine to another', () => {
		const metadata = fc.oneof(
			foreign,
			fc.record({ mark: foreign, source: fc.anything(), delivered: fc.anything() }),
		);
		fc.assert(
			fc.property(fc.option(fc.record({ metadata })), (response) => {
				expect(noteIn((response ?? undefined) as EngineResponse | undefined)).toBeUndefined();
			}),
		);
	});

	it('but a note of ours comes back as it was given', () => {
		const note: Note = { mark: `${PREFIX}7/0/1`, source, delivered: false };
		expect(
			noteIn({ actionResponses: [], metadata: askForRun('Clip', note).metadata as Note }),
		).toBe(note);
	});
});

describe('where a node cannot sleep', () => {
	const v1 = { executionOrder: 'v1' } as const;
	it.each([
		['as a tool', { ...node, type: `${node.type}Tool` }, source, v1, true, /as a tool/],
		['in an old engine', node, source, v1, false, /from version 1.121 on only/],
		['first in its workflow', node, undefined, v1, true, /no node comes before it/],
		['in the legacy order', node, source, { executionOrder: 'v0' }, true, /legacy/],
		['in an old workflow', node, source, {}, true, /legacy/],
	] as const)('%s, it is told why', (_, where, from, settings, callsBack, why) => {
		expect(cannotSleep(where, from, settings, callsBack)).toMatch(why);
	});

	it('and elsewhere it can, also where n8n does not tell the order', () => {
		expect(cannotSleep(node, source, v1, true)).toBeNull();
		expect(cannotSleep(node, source, undefined, true)).toBeNull();
	});
});
