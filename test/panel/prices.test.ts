import fc from 'fast-check';
import {
	NodeHelpers,
	Workflow,
	type IDataObject,
	type INode,
	type INodeParameters,
	type INodePropertyOptions,
	type INodeType,
	type INodeTypes,
} from 'n8n-workflow';
import { estimate, findRow, valuesAt } from '../../nodes/Vidu/catalogue';
import { creditsText, moneyOf, moneyText, type Money } from '../../nodes/Vidu/catalogue/money';
import {
	VIDEO_KINDS,
	type ClipRow,
	type Region,
	type VideoKind,
} from '../../nodes/Vidu/catalogue/types';
import { fieldRows } from '../../nodes/Vidu/fields/rows';
import { chargeHint } from '../../nodes/Vidu/tasks/deliver/charges';
import { Vidu } from '../../nodes/Vidu/Vidu.node';
import { ViduReferenceToVideo } from '../../nodes/Vidu/ViduReferenceToVideo.node';

const reference = new ViduReferenceToVideo();
const vidu = new Vidu();

/** Where each task is done, and the parameters that choose it. */
const PLACES: Record<VideoKind, { type: INodeType; chosen: INodeParameters }> = {
	referenceSubjects: { type: reference, chosen: { referenceType: 'subjects' } },
	referenceMedia: { type: reference, chosen: { referenceType: 'media' } },
	imageToVideo: { type: vidu, chosen: { operation: 'imageToVideo' } },
	startEndToVideo: { type: vidu, chosen: { operation: 'startEndToVideo' } },
	textToVideo: { type: vidu, chosen: { operation: 'textToVideo' } },
};
const ROWS = VIDEO_KINDS.flatMap((kind): readonly ClipRow[] => fieldRows(kind));

/** What the canvas shows below the node, evaluated as n8n's editor does (`getNodeSubtitle`). */
function subtitle(type: INodeType, parameters: IDataObject): unknown {
	const nodeTypes = {
		getByName: () => type,
		getByNameAndVersion: () => type,
		getKnownTypes: () => ({}),
	} as INodeTypes;
	const place = { id: '1', name: 'Node', type: 'any', typeVersion: 1, position: [0, 0] };
	const nodes = [{ ...place, parameters }] as INode[];
	const workflow = new Workflow({ nodes, connections: {}, active: false, nodeTypes });
	return workflow.expression.getSimpleParameterValue(
		workflow.nodes.Node as INode,
		type.description.subtitle ?? '',
		'internal',
		{},
		undefined,
		'[filled at execution time]',
	);
}

/** A request that the row takes. */
const request = fc.constantFrom(...ROWS).chain((row) =>
	fc.constantFrom(...row.fields.duration.values).chain((duration) =>
		fc.record({
			row: fc.constant(row),
			duration: fc.constant(duration),
			resolution: fc.constantFrom(...valuesAt(row.fields.resolution, duration)),
			audio: row.fields.audio === undefined ? fc.constant(false) : fc.boolean(),
			offPeak: fc.boolean(),
			isRec: row.kind === 'textToVideo' ? fc.constant(false) : fc.boolean(),
		}),
	),
);

test('the resolutions of an image tell its prices in the two lines that the editor shows', () => {
	const { properties } = new Vidu().description;
	const field = properties.find(
		({ name, displayOptions }) =>
			name === 'resolution' && displayOptions?.show?.operation?.includes('referenceToImage'),
	);
	expect(field?.options).toContainEqual({
		name: '4K',
		value: '4K',
		description:
			'10 credits ($0.05) without images, 20 credits ($0.10) with up to 3, 30 credits ($0.15) with up to 7',
	});
});

describe('the line below the node on the canvas', () => {
	it('shows the price that the catalogue has, for whatever is chosen', () => {
		fc.assert(
			fc.property(request, ({ row, audio, isRec, offPeak, ...frame }) => {
				const { type, chosen } = PLACES[row.kind];
				const { model } = row;
				const options = { ...(isRec && { isRec }) };
				const runOptions = { ...(offPeak && { offPeak }) };
				const set = { ...chosen, model, audio, ...frame, options, runOptions };
				const text = String(subtitle(type, set));
				const { credits, atMost } = estimate(row, { ...frame, audio, isRec, offPeak }, 'global');
				const sign = credits === null ? '≤' : '≈';
				const told = atMost === null ? '' : creditsText('vidu', 'global', atMost);
				const price = atMost === null ? '' : `${sign} ${told} at Vidu · `;
				const length = frame.duration === 0 ? 'auto' : `${frame.duration}s`;
				expect(text).toBe(`${price}${model.replace('viduq', 'q')} ${length} ${frame.resolution}`);
			}),
			{ numRuns: 100 },
		);
	});

	it('counts an option of the run also where an earlier workflow has it', () => {
		const earlier = subtitle(reference, { options: { offPeak: true } });
		expect(earlier).toBe(subtitle(reference, { runOptions: { offPeak: true } }));
		expect(earlier).toContain('23 credits');
	});

	it('shows the defaults of a node that nobody has touched', () => {
		expect(subtitle(reference, {})).toBe('≈ 45 credits ($0.23) at Vidu · q2 5s 720p');
		expect(subtitle(vidu, {})).toBe('≈ 100 credits ($0.50) at Vidu · q3-pro 5s 720p');
	});

	it.each([
		[{ model: '={{ $json.model }}' }, 'model by expression'],
		[{ duration: '={{ $json.seconds }}' }, 'q2 length by expression 720p'],
		[{ resolution: '={{ $("Nowhere").item.json.x }}' }, 'q2 5s resolution by expression'],
		[{ audio: '={{ $json.audio }}' }, 'q2 5s 720p'],
		[{ runOptions: { offPeak: '={{ $json.cheap }}' } }, 'q2 5s 720p'],
		[{ options: { offPeak: '={{ $json.cheap }}' } }, 'q2 5s 720p'],
	])('guesses nothing with %j', (parameters, rest) => {
		expect(subtitle(reference, parameters)).toBe(`price by expression · ${rest}`);
	});

	it.each([
		['extend', '≈ 70 credits ($0.35) at Vidu · q2-pro 5s 720p'],
		['upscale', '10 credits ($0.05) per second at Vidu · upscale: video'],
		['lipSync', '20 credits ($0.10) per 5 seconds at Vidu · lipSync: video'],
		['motionSync', '10 credits ($0.05) per second at Vidu · motionSync: video'],
	])('tells the price of %s', (operation, line) => {
		expect(subtitle(vidu, { operation })).toBe(line);
	});

	it.each([
		[
			'audio',
			'cloneVoice',
			'300 credits ($1.50) per task, 10 credits ($0.05) per 500 characters at Vidu',
		],
		['audio', 'textToSpeech', '10 credits ($0.05) per 500 characters at Vidu'],
		[
			'audio',
			'textToAudio',
			'10 credits ($0.05) per task below 5 s, 20 credits ($0.10) per task of 5 s or more at Vidu',
		],
		['image', 'referenceToImage', '6–10 credits ($0.03–$0.05) at Vidu'],
		['prompt', 'recommend', '10 credits ($0.05) per 5 prompts at Vidu'],
		['subject', 'create', '5 credits ($0.025) per task at Vidu'],
	])('tells the price of %s: %s', (resource, operation, price) => {
		const line = `${price} · ${operation}: ${resource}`;
		expect(subtitle(vidu, { resource, operation })).toBe(line);
	});

	it('sums the parts of a video through key frames', () => {
		const keyFrames = { keyFrame: [{ duration: 2 }, { duration: 7 }] };
		expect(subtitle(vidu, { operation: 'multiFrame', keyFrames })).toMatch(
			/^≈ 130 credits \(\$0.65\) at Vidu · q2-pro 720p/,
		);
	});

	it('tells the price of Vidu Q4 in 4K, and upscaling to 8K', () => {
		const q4 = { model: 'viduq4-preview', resolution: '4K', duration: 16 };
		expect(subtitle(vidu, { operation: 'imageToVideo', ...q4 })).toBe(
			'≈ 1248 credits ($6.24) at Vidu · q4-preview 16s 4K',
		);
		expect(subtitle(vidu, { operation: 'upscale', upscaleResolution: '8K' })).toBe(
			'160 credits ($0.80) per second at Vidu · upscale: video',
		);
	});

	it('says of other operations what they do', () => {
		expect(subtitle(vidu, { resource: 'task', operation: 'get' })).toBe('get: task');
		expect(subtitle(vidu, { resource: 'account', operation: 'estimate' })).toBe(
			'estimate: account',
		);
	});

	it('never throws, whatever is stored', () => {
		// n8n's expressions refuse these words as keys, which no model is called.
		const refused = /^(arguments|caller|callee|constructor|prototype|__\w+__)$/;
		const text = fc.string().filter((word) => !refused.test(word));
		const value = fc.oneof(
			fc.constantFrom<unknown>(null, '', '=', '={{ broken', 0, -1, NaN, true, 'viduq2', 'toString'),
			fc.constantFrom<unknown>({}, [], [{}], { offPeak: 1 }),
			text,
			fc.double(),
			fc.array(text),
		);
		const stored = fc.record(
			{
				model: value,
				duration: value,
				resolution: value,
				audio: value,
				options: value,
				runOptions: value,
			},
			{ requiredKeys: [] },
		);
		fc.assert(
			fc.property(stored, fc.boolean(), (parameters, ofVidu) => {
				const line = subtitle(ofVidu ? vidu : reference, parameters as IDataObject);
				expect(typeof line).toBe('string');
				expect(line).not.toMatch(/NaN credits|undefined/);
			}),
			{ numRuns: 100 },
		);
	});

	it('is a short expression', () => {
		for (const { description } of [reference, vidu]) {
			expect(Buffer.byteLength(description.subtitle ?? '')).toBeLessThan(4096);
		}
	});
});

/** The options of a field that the editor shows for these parameters. */
function shown(type: INodeType, name: string, parameters: INodeParameters) {
	const fields = type.description.properties.filter(
		(field) =>
			field.name === name &&
			NodeHelpers.displayParameter(parameters, field, { typeVersion: 1 } as INode, null),
	);
	expect(fields).toHaveLength(1);
	return (fields[0]?.options ?? []) as INodePropertyOptions[];
}

const textOf = (options: INodePropertyOptions[], value: unknown) =>
	options.find((option) => option.value === value)?.description ?? '';

/** As the options write it: with its worth, and China's price where it is another. */
function price(row: ClipRow, duration: number, resolution: string): string | null {
	const [global = null, china] = (['global', 'china'] as const).map(
		(region) => estimate(row, { duration, resolution }, region).atMost,
	);
	if (global === null) return null;
	const worth = moneyText(moneyOf('vidu', 'global', global) as Money);
	return `${global} credits (${worth}${china === global ? '' : `; China ${china}`})`;
}

describe('the options of duration and resolution', () => {
	const cases = ROWS.flatMap((row) =>
		row.fields.duration.values.map((duration) => ({ row, duration })),
	);

	it('say what every combination costs', () => {
		for (const { row, duration } of cases) {
			const { type, chosen } = PLACES[row.kind];
			const parameters = { resource: 'video', ...chosen, model: row.model, duration };
			const resolutions = valuesAt(row.fields.resolution, duration);
			const text = textOf(shown(type, 'duration', parameters), duration);
			for (const resolution of resolutions) {
				const given = price(row, duration, resolution);
				if (given === null) expect(text).not.toContain('credits');
				else if (resolutions.length === 1) expect(text).toContain(given);
				else
					expect(text.replaceAll(' credits', '')).toContain(
						`${resolution}: ${given.replace(' credits', '')}`,
					);
				if (duration === 0) expect(text).toMatch(/^Up to /);

				const here = textOf(shown(type, 'resolution', parameters), resolution);
				const usual = /for (\d+) s/.exec(here)?.[1] ?? row.fields.duration.values[0];
				if (given === null) expect(here).not.toContain('credits');
				else expect(here).toContain(price(row, Number(usual), resolution));
				const more = /, (\d+) \(\$[\d.]+(?:; China (\d+))?\) per further second/.exec(here);
				if (more !== null && duration > Number(usual)) {
					const steps = duration - Number(usual);
					const of = (region: Region, seconds: number) =>
						estimate(row, { duration: seconds, resolution }, region).atMost ?? NaN;
					expect(of('global', duration)).toBe(
						of('global', Number(usual)) + steps * Number(more[1]),
					);
					expect(of('china', duration)).toBe(
						of('china', Number(usual)) + steps * Number(more[2] ?? more[1]),
					);
				}
			}
		}
	});
});

describe('the hint on charges', () => {
	const item = (itemIndex: number, credits: number | null, estimatedCredits: number | null) => ({
		...{ itemIndex, model: 'viduq2', credits, estimatedCredits },
	});

	const hint = (charges: Parameters<typeof chargeHint>[0]) => chargeHint(charges, 'vidu', 'global');

	it('names the item whose charge is not the estimate', () => {
		expect(hint([item(0, 45, 45), item(1, 50, 45)])).toMatch(
			/^viduq2 \[item 1\] cost 50 credits \(\$0\.25\), not 45 credits \(\$0\.23\) as estimated/,
		);
	});

	it('sums up several', () => {
		expect(hint([item(0, 50, 45), item(1, 50, 45), item(2, 45, 45)])).toMatch(
			/^2 of 3 items cost 100 credits \(\$0\.50\), not 90/,
		);
	});

	it('stays away when all is as estimated, or one side is not known', () => {
		expect(hint([])).toBeNull();
		expect(hint([item(0, 45, 45), item(1, null, 45), item(2, 45, null)])).toBeNull();
	});
});

test('a credit is worth what the price pages of the two regions say', () => {
	expect(moneyOf('vidu', 'global', 45)).toEqual({ amount: 0.225, currency: 'USD' });
	expect(moneyOf('vidu', 'china', 16_000)).toEqual({ amount: 500, currency: 'CNY' });
	expect(moneyOf('kkiai', 'global', 45)).toBeNull();
	expect(findRow('kkiai', 'referenceSubjects', 'viduq2')?.price).not.toBeNull();
});
