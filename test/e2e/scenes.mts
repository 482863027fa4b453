/** Workflows in which nodes sleep and wake, and what has to come out of them in any n8n. */
import type { INode, INodeExecutionData } from 'n8n-workflow';
import type { TaskSummary } from '../../sandbox/server.mts';
import {
	output,
	type Execution,
	type StoredCredential,
	type WorkflowJson,
} from '../../scripts/n8nClient.mts';
import { node } from '../engine/harness/workflow.mts';
import { call, called, clip, code, flow, rows, set, when, type ClipOptions } from './flows.mts';

/** Name of the node where there is one; expressions have to cope with it. */
export const CLIP = 'Clip "A"';
export const BAD = '[fail=CreationPolicyViolation]';
/** The text of the row from which an item comes. */
export const ROW = "$('Rows').item.json.prompt";
/** Each clip wakes the execution, to order the next. */
export const ONE_BY_ONE: ClipOptions = { options: { maxConcurrency: 1 } };

/** What a scene is made of. */
export interface Props {
	/** A trigger called "Start". */
	readonly start: INode;
	readonly credential: StoredCredential;
	/** Id of the published `subWorkflow`. */
	readonly sub: string;
}

export interface Scene {
	/** A sentence of what is to be seen. */
	readonly title: string;
	workflow(props: Props): WorkflowJson;
	check(execution: Execution, tasks: Tasks): void;
}

/** What the provider has made. */
export class Tasks {
	constructor(private readonly tasks: readonly TaskSummary[]) {}

	/** What was ordered as the clips of these items, in their order. */
	promptsOf(items: readonly INodeExecutionData[]): string[] {
		const prompts = new Map(this.tasks.map(({ id, prompt }) => [id, prompt]));
		return items.map(({ json }) => prompts.get(String(json.taskId)) ?? '');
	}

	/** Ids of all tasks whose prompts begin with this. */
	bought(prompt: string): string[] {
		return this.tasks.filter((task) => task.prompt.startsWith(prompt)).map(({ id }) => id);
	}

	/** Whether all these are done. */
	ready(prompt: string): boolean {
		const own = this.tasks.filter((task) => task.prompt.startsWith(prompt));
		return own.every(({ stage }) => stage === 'success');
	}
}

/** Makes a clip for each item, one after another, for the workflow that calls it. */
export const subWorkflow = (credential: StoredCredential) =>
	flow('Sub', [called, clip(CLIP, credential, ONE_BY_ONE)], `Called > ${CLIP}`);

const column = (items: readonly INodeExecutionData[], field: string) =>
	items.map(({ json }) => json[field]);

export const SCENES: readonly Scene[] = [
	{
		title: 'woken for each of its clips, a node puts out each one once, in order',
		workflow: ({ start, credential }) =>
			flow(
				'Woken often',
				[start, rows(['often 0', 'often 1', 'often 2']), clip(CLIP, credential, ONE_BY_ONE)],
				`Start > Rows > ${CLIP}`,
			),
		check(execution, tasks) {
			const items = output(execution, CLIP);
			expect(tasks.promptsOf(items)).toEqual(['often 0', 'often 1', 'often 2']);
			expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
				[0, 1, 2].map((item) => ({ item })),
			);
			expect(tasks.bought('often')).toHaveLength(3);
		},
	},
	{
		title:
			'three nodes in a line sleep one after another; each item finds its row and the clips before it',
		workflow: ({ start, credential }) =>
			flow(
				'Three in a line',
				[
					start,
					rows(['three 0', 'three 1']),
					clip('A', credential),
					clip('B', credential, { parameters: { prompt: `={{ ${ROW} }}, again` }, ...ONE_BY_ONE }),
					clip('C', credential, { parameters: { prompt: `={{ ${ROW} }}, for the last time` } }),
					set('After', { row: ROW, a: "$('A').item.json.taskId", b: "$('B').item.json.taskId" }),
				],
				'Start > Rows > A > B > C > After',
			),
		check(execution, tasks) {
			const items = output(execution, 'After');
			expect(column(items, 'row')).toEqual(['three 0', 'three 1']);
			expect(column(items, 'a')).toEqual(column(output(execution, 'A'), 'taskId'));
			expect(column(items, 'b')).toEqual(column(output(execution, 'B'), 'taskId'));
			expect(column(items, 'taskId')).toEqual(column(output(execution, 'C'), 'taskId'));
			expect(tasks.bought('three')).toHaveLength(6);
		},
	},
	{
		title: 'nodes on parallel branches sleep one after another, and both hand on their clips',
		workflow: ({ start, credential }) =>
			flow(
				'Parallel branches',
				[
					start,
					rows(['parallel 0', 'parallel 1']),
					clip('A', credential),
					clip('B', credential, { parameters: { prompt: '={{ $json.prompt }}, beside' } }),
					node({ name: 'Merge', type: 'n8n-nodes-base.merge', typeVersion: 3 }),
					set('After', { row: ROW }),
				],
				'Start > Rows > A > Merge > After',
				'Rows > B > Merge@1',
			),
		check(execution, tasks) {
			expect(tasks.promptsOf(output(execution, 'Merge'))).toEqual([
				'parallel 0',
				'parallel 1',
				'parallel 0, beside',
				'parallel 1, beside',
			]);
			const found = column(output(execution, 'After'), 'row');
			expect(found).toEqual(['parallel 0', 'parallel 1', 'parallel 0', 'parallel 1']);
		},
	},
	{
		title: 'a node that two branches lead into sleeps once for each',
		workflow: ({ start, credential }) =>
			flow(
				'Two branches into one node',
				[
					start,
					rows(['joined 0']),
					code('Others', "return [{ json: { prompt: 'joined 1' } }]"),
					clip(CLIP, credential),
					set('After', { clips: `$('${CLIP}').all().length` }),
				],
				`Start > Rows > ${CLIP} > After`,
				`Start > Others > ${CLIP}`,
			),
		check(execution, tasks) {
			const runs = execution.runData.After ?? [];
			expect(runs.map(({ data }) => data?.main?.[0]?.length)).toEqual([1, 1]);
			const items = runs.flatMap(({ data }) => data?.main?.[0] ?? []);
			expect(tasks.promptsOf(items).sort()).toEqual(['joined 0', 'joined 1']);
			expect(tasks.bought('joined')).toHaveLength(2);
		},
	},
	{
		title: 'a node in a loop sleeps in every turn, and each clip finds its row',
		workflow: ({ start, credential }) =>
			flow(
				'Loop',
				[
					start,
					rows(['loop 0', 'loop 1', 'loop 2', 'loop 3', 'loop 4']),
					node({
						name: 'Loop',
						type: 'n8n-nodes-base.splitInBatches',
						typeVersion: 3,
						parameters: { batchSize: 2, options: {} },
					}),
					clip(CLIP, credential, ONE_BY_ONE),
					set('In the loop', { row: ROW, first: `$('${CLIP}').first().json.taskId` }),
					node({ name: 'Done', type: 'n8n-nodes-base.noOp' }),
				],
				'Start > Rows > Loop > Done',
				`Loop:1 > ${CLIP} > In the loop > Loop`,
			),
		check(execution, tasks) {
			const items = output(execution, 'Done');
			const ordered = ['loop 0', 'loop 1', 'loop 2', 'loop 3', 'loop 4'];
			expect(tasks.promptsOf(items)).toEqual(ordered);
			expect(column(items, 'row')).toEqual(ordered);
			const ids = column(items, 'taskId');
			expect(column(items, 'first')).toEqual([ids[0], ids[0], ids[2], ids[2], ids[4]]);
			expect(tasks.bought('loop')).toHaveLength(ordered.length);
		},
	},
	{
		title: 'a sub-workflow that sleeps hands its items to the workflow that waits for it',
		workflow: ({ start, sub }) =>
			flow(
				'Calls and waits',
				[start, rows(['called 0', 'called 1', 'called 2']), call(sub, true)],
				'Start > Rows > Call',
			),
		check(execution, tasks) {
			const items = output(execution, 'Call');
			expect(column(items, 'state')).toEqual(['succeeded', 'succeeded', 'succeeded']);
			expect(tasks.promptsOf(items)).toEqual(['called 0', 'called 1', 'called 2']);
		},
	},
	{
		title: 'behind the second output of an If each clip finds its row, also at the error output',
		workflow: ({ start, credential }) =>
			flow(
				'Pairs',
				[
					start,
					rows(['pairs 0', `pairs 1 ${BAD}`, 'pairs 2', 'pairs 3']),
					when('If', '$json.prompt.endsWith("0")'),
					clip(CLIP, credential, {
						...ONE_BY_ONE,
						settings: { onError: 'continueErrorOutput' },
					}),
					set('Good', { row: ROW }),
					set('Bad', { row: ROW }),
				],
				`Start > Rows > If:1 > ${CLIP} > Good`,
				`${CLIP}:1 > Bad`,
			),
		check(execution, tasks) {
			const good = output(execution, 'Good');
			expect(tasks.promptsOf(good)).toEqual(['pairs 2', 'pairs 3']);
			expect(column(good, 'row')).toEqual(['pairs 2', 'pairs 3']);
			expect(column(output(execution, 'Bad'), 'row')).toEqual([`pairs 1 ${BAD}`]);
		},
	},
];
