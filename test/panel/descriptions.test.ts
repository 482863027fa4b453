import {
	NodeHelpers,
	type INode,
	type INodeProperties,
	type INodePropertyCollection,
	type INodePropertyOptions,
} from 'n8n-workflow';
import { ViduApi } from '../../credentials/ViduApi.credentials';
import { KINDS } from '../../nodes/Vidu/catalogue';
import { resources } from '../../nodes/Vidu/operations/registry';
import { Vidu } from '../../nodes/Vidu/Vidu.node';
import { ViduReferenceToVideo } from '../../nodes/Vidu/ViduReferenceToVideo.node';
import { ViduTrigger } from '../../nodes/Vidu/ViduTrigger.node';
import viduCodex from '../../nodes/Vidu/Vidu.node.json';
import triggerCodex from '../../nodes/Vidu/ViduTrigger.node.json';
import codex from '../../nodes/Vidu/ViduReferenceToVideo.node.json';
import manifest from '../../package.json';

const { description } = new ViduReferenceToVideo();

/** n8n's lint rules read literals only; these hold for the properties as n8n sees them. */
function everyProperty(properties: readonly INodeProperties[]): INodeProperties[] {
	return properties.flatMap((property) => [
		property,
		...(property.options ?? []).flatMap((option) => {
			if ('values' in option) return everyProperty((option as INodePropertyCollection).values);
			return property.type === 'collection' ? everyProperty([option as INodeProperties]) : [];
		}),
	]);
}

const optionsOf = ({ type, options = [] }: INodeProperties) =>
	type === 'options' ? (options as INodePropertyOptions[]) : [];

/** What "Add Option" lists, while the collection is empty. */
const offeredIn = (options: INodeProperties[]) =>
	options.filter((option) =>
		NodeHelpers.displayParameter({}, option, { typeVersion: 1 } as INode, null),
	);

const all = everyProperty(description.properties);
const named = (name: string) => all.filter((property) => property.name === name);

describe.each([
	['Reference to Video node', all],
	['Vidu node', everyProperty(new Vidu().description.properties)],
	['Vidu Trigger node', everyProperty(new ViduTrigger().description.properties)],
	['credential', everyProperty(new ViduApi().properties)],
] as const)('every field of the %s', (_, properties) => {
	it('has a label in title case and a description that says more', () => {
		for (const { displayName, description: text, name, type } of properties) {
			if (type === 'fixedCollection' || type === 'collection' || text === undefined) continue;
			expect(`${name}: ${displayName}`).toMatch(/: [A-Z]/);
			expect(displayName).not.toMatch(/ (?!a |an |and |by |in |of |on |or |per |the |to )[a-z]/);
			expect(text).not.toBe(displayName);
		}
	});

	it('offers its default, each value once, with a label each', () => {
		for (const property of properties) {
			const values = optionsOf(property).map(({ value }) => value);
			expect(new Set(values).size).toBe(values.length);
			if (values.length > 0) expect(values).toContain(property.default);
			for (const { name } of optionsOf(property)) expect(name).toMatch(/\S/);
		}
	});
});

describe('the Reference to Video node', () => {
	it('has every parameter that saved workflows use', () => {
		const names = description.properties.map(({ name }) => name);
		expect([...new Set(names)].sort()).toEqual(
			[
				...['referenceType', 'model', 'subjects', 'imageUrls', 'binaryPropertyNames', 'videoUrls'],
				...['soundUrls', 'soundBinaryPropertyNames', 'videoBinaryPropertyNames'],
				...[
					'prompt',
					'duration',
					'resolution',
					'aspectRatio',
					'audio',
					'waitMode',
					'downloadVideo',
				],
				...['options', 'runOptions', 'otherModel', 'simplify', 'output', 'selectedFields'],
			].sort(),
		);
		for (const name of ['name', 'serverId', 'videoUrl', 'videoBinaryPropertyName', 'voiceId'])
			expect(named(name).length).toBeGreaterThan(0);
	});

	it.each([
		[
			'Video Options',
			['audioType', 'autoSubjects', 'bgm', 'isRec', 'metaData', 'movementAmplitude', 'seed'],
			['voiceId', 'watermark', 'wmPosition', 'wmUrl'],
		],
		[
			'Run and Cost Options',
			['additionalBodyFields', 'binaryPropertyName', 'callbackUrl', 'checkBalance', 'dedupeKey'],
			['downloadCover', 'maxConcurrency', 'maxCredits', 'offPeak', 'onStop', 'payload'],
			['pollInterval', 'requestsPerMinute', 'timeout', 'unknownValues'],
		],
	])('offers in "%s" what belongs there, in the order of the labels', (label, ...names) => {
		const field = description.properties.find(({ displayName }) => displayName === label);
		const offered = offeredIn((field?.options ?? []) as INodeProperties[]);
		expect(offered.map(({ name }) => name).sort()).toEqual(names.flat());
		const labels = offered.map(({ displayName }) => displayName);
		expect(labels).toEqual([...labels].sort((a, b) => a.localeCompare(b)));
	});

	it('is listed under the id that n8n gives it, in the package as well', () => {
		expect(codex.node).toBe(`${manifest.name}.${description.name}`);
		expect(manifest.n8n.nodes).toContain('dist/nodes/Vidu/ViduReferenceToVideo.node.js');
		expect(manifest).not.toHaveProperty('dependencies');
	});

	it('can be used by an agent, and never as an approval step by accident', () => {
		expect(description.usableAsTool).toBe(true);
		for (const property of all) {
			expect(optionsOf(property).map(({ value }) => value)).not.toContain('sendAndWait');
		}
	});
});

describe('the Vidu node', () => {
	const { description: vidu } = new Vidu();
	const first = (name: string) => vidu.properties.filter((property) => property.name === name);

	it('offers the resources and operations that saved workflows use', () => {
		expect(
			first('resource')
				.flatMap(optionsOf)
				.map(({ value }) => value),
		).toEqual([
			...[
				'account',
				'api',
				'audio',
				'file',
				'film',
				'image',
				'model',
				'prompt',
				'subject',
				'task',
				'video',
			],
		]);
		const operations = first('operation').map((property) => [
			property.displayOptions?.show?.resource?.[0],
			optionsOf(property).map(({ value }) => value),
		]);
		expect(operations).toEqual([
			['account', ['estimate', 'getCredits']],
			['api', ['request']],
			['audio', ['cloneVoice', 'textToAudio', 'textToSpeech', 'timingToAudio']],
			['file', ['upload']],
			['film', ['estimate', 'make']],
			['image', ['referenceToImage']],
			['model', ['get', 'getMany']],
			['prompt', ['recommend']],
			['subject', ['create', 'get', 'getMany', 'update']],
			['task', ['cancel', 'get', 'getMany', 'wait']],
			[
				'video',
				[
					...['digitalHuman', 'extend', 'imageToVideo', 'join', 'lipSync', 'motionSync'],
					...[
						'multiFrame',
						'startEndToVideo',
						'template',
						'templateStory',
						'textToVideo',
						'upscale',
					],
				],
			],
		]);
	});

	it('has an operation for every kind in the catalogue', () => {
		const offered = resources().flatMap(({ operations }) => operations.map(({ name }) => name));
		// The first two are Subject → Create and Update, the others the other node's.
		const elsewhere = ['createSubject', 'updateSubject', 'referenceMedia', 'referenceSubjects'];
		expect(KINDS.filter((kind) => ![...offered, ...elsewhere].includes(kind))).toEqual([]);
	});

	it('has one collection of options for each operation, or two where some shape the result', () => {
		const collections = (operation: string) =>
			vidu.properties
				.filter(({ type, name, displayOptions }) => {
					const show = displayOptions?.show;
					return (
						type === 'collection' && /ptions$/.test(name) && show?.operation?.includes(operation)
					);
				})
				.map(({ name, displayName }) => `${name}: ${displayName}`);
		expect(collections('upscale')).toEqual(['options: Options']);
		expect(collections('wait')).toEqual(['options: Options']);
		const running = 'runOptions: Run and Cost Options';
		expect(collections('imageToVideo')).toEqual(['options: Video Options', running]);
		expect(collections('textToSpeech')).toEqual(['options: Audio Options', running]);
		expect(collections('recommend')).toEqual(['options: Request Options', running]);
	});

	it('keeps and shows an option of the run where an earlier workflow has it', () => {
		const place = { typeVersion: 1 } as INode;
		const earlier = { maxCredits: 100, dedupeKey: '={{ $json.id }}', checkBalance: false, seed: 7 };
		const stored = NodeHelpers.getNodeParameters(
			vidu.properties,
			{ resource: 'video', operation: 'textToVideo', options: { ...earlier, nonsense: 1 } },
			true,
			false,
			place,
			vidu,
		);
		expect(stored).toMatchObject({ options: earlier, runOptions: {} });
		expect(stored?.options).not.toHaveProperty('nonsense');
	});

	it('shows every field for one resource and its operations only', () => {
		for (const property of vidu.properties.slice(1)) {
			expect(property.displayOptions?.show?.resource).toHaveLength(1);
		}
	});

	it('is listed under the id that n8n gives it', () => {
		expect(viduCodex.node).toBe(`${manifest.name}.${vidu.name}`);
		expect(manifest.n8n.nodes).toContain('dist/nodes/Vidu/Vidu.node.js');
	});
});

describe('the Vidu Trigger node', () => {
	const { description: trigger } = new ViduTrigger();

	it('has the parameters that saved workflows use, and their defaults', () => {
		const defaults = Object.fromEntries(
			trigger.properties.map(({ name, default: value }) => [name, value]),
		);
		expect(defaults).toEqual({
			notice: '',
			events: ['succeeded', 'failed'],
			verification: 'signatureAndFetch',
			downloadVideo: false,
			simplify: true,
			options: {},
		});
		const options = (trigger.properties.at(-1)?.options ?? []) as INodeProperties[];
		expect(options.map(({ name }) => name).sort()).toEqual(
			[
				...['binaryPropertyName', 'callbackUrl', 'downloadCover', 'includeRaw', 'maxClockSkew'],
				'models',
			].sort(),
		);
		const labels = options.map(({ displayName }) => displayName);
		expect(labels).toEqual([...labels].sort((a, b) => a.localeCompare(b)));
	});

	it('says in two sentences where its URL goes', () => {
		const notice = trigger.properties.find(({ type }) => type === 'notice')?.displayName ?? '';
		expect(notice.match(/\.( |$)/g)).toHaveLength(2);
		expect(notice).toContain('"Callback URL"');
	});

	it('listens to POST, and is listed under the id that n8n gives it', () => {
		expect(trigger.webhooks).toMatchObject([{ name: 'default', httpMethod: 'POST' }]);
		expect(triggerCodex.node).toBe(`${manifest.name}.${trigger.name}`);
		expect(manifest.n8n.nodes).toContain('dist/nodes/Vidu/ViduTrigger.node.js');
	});
});
