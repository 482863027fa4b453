/** How long the node keeps n8n's thread: planning, large answers, and what the editor asks for. */
import type { IExecuteFunctions, ILoadOptionsFunctions, INodeType } from 'n8n-workflow';
import { modelLists } from '../../nodes/Vidu/fields/model.ts';
import { textToVideo } from '../../nodes/Vidu/operations/video/textToVideo.ts';
import { referenceToVideo } from '../../nodes/Vidu/operations/video/referenceToVideo.ts';
import { parseBody } from '../../nodes/Vidu/providers/read.ts';
import { openSession, type Session } from '../../nodes/Vidu/tasks/context/session.ts';
import { isFailure } from '../../nodes/Vidu/transport/failure.ts';
import { planItem, type Planning } from '../../nodes/Vidu/tasks/submit/plan.ts';
import type { Generation } from '../../nodes/Vidu/tasks/submit/request.ts';
import { Vidu } from '../../nodes/Vidu/Vidu.node.ts';
import { ViduReferenceToVideo } from '../../nodes/Vidu/ViduReferenceToVideo.node.ts';
import { ViduTrigger } from '../../nodes/Vidu/ViduTrigger.node.ts';
import { bar, markdown, median } from './table.mts';

const ITEMS = 10_000;
/** Items that are planned together; each figure is one of these. */
const BATCH = 100;
const ANSWER = 20e6;
const ROUNDS = 11;

/** What comes in: an item for each clip. */
const ITEMS_IN = Array.from({ length: ITEMS }, () => ({ json: {} }));

type Parameters = Readonly<Record<string, unknown>>;

const CLIP: Parameters = {
	model: 'viduq2',
	referenceType: 'subjects',
	subjects: { subject: [{ name: 'cat', imageUrls: ['https://media.example/cat.png'] }] },
	prompt: '@cat walks through the rain',
	duration: 5,
	resolution: '720p',
	options: { maxCredits: 1e9, payload: 'row 17' },
};

/** The table. */
export async function cpu(): Promise<string> {
	const rows = [
		["how long n8n's thread is kept", 'this node', 'bar'],
		await planning('Reference to Video', referenceToVideo),
		await planning('Text to Video', textToVideo),
		...parsing(),
		await listing(),
		...[new Vidu(), new ViduReferenceToVideo(), new ViduTrigger()].map(describing),
	];
	return markdown(rows);
}

/** n8n's part of it, which is to resolve the parameters, is left out. */
async function planning(name: string, operation: Generation): Promise<string[]> {
	const session = await openSession(contextOf(CLIP));
	const requests = new Map();
	const planning = {
		call: { keyFor: (at: number, digest: string) => `0:${at}:${digest}`, end: () => undefined },
		maySleep: true,
		mayRing: true,
		requests,
	};
	// Once before, so that the code is compiled: n8n plans more than one run.
	await planAll(session, operation, planning);
	const usual = median(await planAll(session, operation, planning));
	return [
		`${name}: one of ${ITEMS} items checked, priced and planned, median`,
		`${usual.toFixed(0)} µs`,
		bar('≤ 50 µs', usual <= 50),
	];
}

/** @returns microseconds of CPU time an item, for each batch */
async function planAll(
	session: Session,
	operation: Generation,
	planning: Planning,
): Promise<number[]> {
	const each: number[] = [];
	for (let first = 0; first < ITEMS; first += BATCH) {
		const begun = process.cpuUsage();
		const plans = await Promise.all(
			Array.from(
				{ length: BATCH },
				async (_, at) => await planItem(session, operation, first + at, planning),
			),
		);
		const { user, system } = process.cpuUsage(begun);
		each.push((user + system) / BATCH);
		const failed = plans.find(isFailure);
		if (failed) throw new Error(failed.message);
	}
	return each;
}

/** As lists of tasks are: long ids, links, short texts. */
function answer(bytes: number): string {
	const task = (at: number) => ({
		id: String(911084878697623552n + BigInt(at)),
		state: 'success',
		credits: 4,
		created_at: '2026-11-21T10:00:00.123Z',
		creations: [
			{ id: `c${at}`, url: `https://media.example/${at}/video.mp4?signature=${'x'.repeat(200)}` },
		],
	});
	const one = JSON.stringify(task(0)).length;
	return JSON.stringify({
		tasks: Array.from({ length: Math.ceil(bytes / one) }, (_, at) => task(at)),
	});
}

/** Ids are strings in Vidu's answers, and whole numbers in those of some gateways. */
function parsing(): string[][] {
	const text = answer(ANSWER);
	const numbers = text.replace(/"id":"(\d+)"/g, '"id":$1');
	return [
		['ids as strings', text],
		['ids as numbers', numbers],
	].map(([what = '', body = '']) => {
		const ratios: number[] = [];
		for (let round = 0; round < ROUNDS; round++) {
			const plain = timed(() => void JSON.parse(body));
			ratios.push(timed(() => void parseBody(body)) / plain);
		}
		const usual = median(ratios);
		return [
			`an answer of ${ANSWER / 1e6} MB read, ${what}, in times of JSON.parse, median`,
			`${usual.toFixed(1)} ×`,
			bar('≤ 3 ×', usual <= 3),
		];
	});
}

/** Nothing can be requested here: the context has no way to. */
async function listing(): Promise<string[]> {
	const context = {
		getCurrentNodeParameters: () => CLIP,
		getCredentials: async () => await Promise.resolve({ provider: 'vidu' }),
	} as unknown as ILoadOptionsFunctions;
	const each: number[] = [];
	for (let round = 0; round < 100; round++) {
		const begun = performance.now();
		await modelLists.models?.call(context);
		each.push(performance.now() - begun);
	}
	const usual = median(each);
	return [
		'list of models for the editor, no request, median',
		`${usual.toFixed(2)} ms`,
		bar('≤ 5 ms', usual <= 5),
	];
}

function describing({ description }: INodeType): string[] {
	const kilobytes = JSON.stringify(description).length / 1000;
	const what = `description of ${description.displayName}, as the editor downloads it`;
	return [
		what,
		`${kilobytes.toFixed(0)} kB`,
		description.name === 'vidu' ? bar('≤ 400 kB', kilobytes <= 400) : '',
	];
}

/** Time of the CPU, since other work may have it in between; in microseconds. */
function timed(work: () => void): number {
	const begun = process.cpuUsage();
	work();
	const { user, system } = process.cpuUsage(begun);
	return user + system;
}

/** A node with these parameters, none of them an expression. */
function contextOf(parameters: Parameters): IExecuteFunctions {
	const node = { name: 'Vidu', type: 'n8n-nodes-vidu.vidu', parameters, typeVersion: 1 };
	return {
		getNode: () => node,
		getInputData: () => ITEMS_IN,
		getExecuteData: () => ({ node, data: {}, source: null }),
		getNodeParameter: (path: string, _: number, fallback: unknown) =>
			path
				.split('.')
				.reduce<unknown>((value, key) => (value as Parameters | undefined)?.[key], parameters) ??
			fallback,
		getCredentials: async () => await Promise.resolve({ provider: 'vidu', apiKey: 'key' }),
	} as unknown as IExecuteFunctions;
}
