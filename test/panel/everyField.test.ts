/** Each field of each operation, as the panel declares it: a value that cannot be meant is refused by the label. */
import type {
	IExecuteFunctions,
	INodeProperties,
	INodePropertyCollection,
	IWebhookFunctions,
} from 'n8n-workflow';
import { resources } from '../../nodes/Vidu/operations/registry';
import { triggerProperties } from '../../nodes/Vidu/trigger/properties';
import type {
	AssembledOperation,
	GenerationOperation,
	RequestOperation,
} from '../../nodes/Vidu/operations/types';
import { referenceToVideo } from '../../nodes/Vidu/operations/video/referenceToVideo';
import { planItem } from '../../nodes/Vidu/tasks/submit/plan';
import { openSession } from '../../nodes/Vidu/tasks/context/session';
import { DEFAULT_EVENTS, readTriggerSettings } from '../../nodes/Vidu/trigger/settings';

type Parameters = Record<string, unknown>;

/** A node with these parameters, which must not send anything. */
function contextOf(parameters: Parameters): IExecuteFunctions {
	const node = { name: 'Vidu', type: 'n8n-nodes-vidu.vidu', parameters, typeVersion: 1 };
	return {
		getNode: () => node,
		getInputData: () => [{ json: {} }],
		getExecuteData: () => ({ node, data: {}, source: null }),
		getContext: () => ({}),
		getExecutionId: () => '1',
		getWorkflow: () => ({ id: '1' }),
		getParentNodes: () => [],
		getWorkflowDataProxy: () => ({ $runIndex: 0, $node: {} }),
		getNodeParameter: (path: string, _: number, fallback: unknown) =>
			path
				.split('.')
				.reduce<unknown>((value, key) => (value as Parameters | undefined)?.[key], parameters) ??
			fallback,
		getCredentials: async () => await Promise.resolve({ provider: 'vidu', apiKey: 'key' }),
		helpers: {
			httpRequest: () => {
				throw new Error('A request was sent');
			},
		},
		logger: { debug: () => undefined, info: () => undefined, warn: () => undefined },
	} as unknown as IExecuteFunctions;
}

interface Place {
	readonly property: INodeProperties;
	/** The parameters of a node whose field holds this value. */
	with(value: unknown): Parameters;
}

/** Every field, once for each name, with those inside of collections. */
function placesIn(properties: readonly INodeProperties[]): Place[] {
	const places = properties.flatMap((property): Place[] => {
		const { name, type, options = [] } = property;
		const shown: Parameters = Object.fromEntries(
			Object.entries(property.displayOptions?.show ?? {}).map(([key, values]) => [
				key,
				values?.[0],
			]),
		);
		if (name === 'otherModel') shown.model = 'other';
		const inside = (fields: readonly INodeProperties[], wrap: (row: Parameters) => unknown) =>
			placesIn(fields).map((place) => ({
				property: place.property,
				with: (value: unknown) => ({ ...shown, [name]: wrap(place.with(value)) }),
			}));
		if (type === 'collection') return inside(options as INodeProperties[], (row) => row);
		if (type !== 'fixedCollection')
			return [{ property, with: (value) => ({ ...shown, [name]: value }) }];
		return (options as INodePropertyCollection[]).flatMap(({ name: group, values }) =>
			inside(values, (row) => ({ [group]: [row] })),
		);
	});
	return places.filter(
		({ property, with: set }, index) =>
			!property.noDataExpression &&
			property.type !== 'notice' &&
			index === places.findIndex((one) => JSON.stringify(one.with(0)) === JSON.stringify(set(0))),
	);
}

/** What cannot be meant in a field of this kind. */
function nonsenseFor({ name, type, default: preset }: INodeProperties): unknown[] {
	if (name === 'payload' || name === 'metaData') return [911084878697623552];
	if (type === 'json') return ['x', [{}], 5, '{{ $json.x }}'];
	if (type === 'boolean' || typeof preset === 'boolean') return ['wahr', 2, {}, []];
	if (type === 'number' || typeof preset === 'number') return ['5 s', '5,5', true, {}, []];
	return [{}, [{}], 'x {{ $json.x }}', 911084878697623552];
}

type AnyOperation = GenerationOperation | AssembledOperation | RequestOperation;

async function refusalOf(operation: AnyOperation, parameters: Parameters): Promise<string> {
	const context = contextOf({ taskId: '1', ...parameters });
	try {
		if ('execute' in operation) await operation.execute(context);
		else {
			const plan = await planItem(await openSession(context), operation, 0, {
				call: { keyFor: () => '', end: () => undefined },
				maySleep: false,
				mayRing: false,
				requests: new Map(),
			});
			if ('message' in plan) return `${plan.message} | ${plan.description}`;
		}
	} catch (error) {
		const { message, description } = error as Error & { description: string };
		return `${message} | ${description}`;
	}
	return 'not refused';
}

const operations = [
	{ resource: 'reference', operation: referenceToVideo as AnyOperation },
	...resources().flatMap(({ value, operations: listed }) =>
		listed.map((operation) => ({ resource: value, operation })),
	),
];

describe.each(operations)('$resource $operation.name', ({ operation }) => {
	const places = placesIn(operation.properties()).filter(
		({ property: { type, name } }) => type !== 'notice' && name !== 'includeRaw',
	);
	if (places.length === 0) it('has no fields', () => expect(operation.name).toBe('getCredits'));
	else {
		it.each(places.map((place) => [place.property.displayName, place] as const))(
			'refuses by name what cannot be meant in "%s"',
			async (label, place) => {
				for (const value of nonsenseFor(place.property)) {
					const said = await refusalOf(operation, place.with(value));
					expect(
						said.startsWith(`"${label}" `) ? 'named' : `${JSON.stringify(value)}: ${said}`,
					).toBe('named');
					expect(said).toMatch(/ \| Nothing was sent, and nothing was charged\.$/);
				}
			},
		);
	}
});

describe('Vidu Trigger', () => {
	function settingsOf(parameters: Parameters) {
		const warnings: string[] = [];
		const { getNode, getNodeParameter } = contextOf(parameters);
		const context = {
			getNode,
			getNodeParameter: (name: string, fallback: unknown) => getNodeParameter(name, 0, fallback),
			logger: { warn: (message: string) => warnings.push(message) },
		} as unknown as IWebhookFunctions;
		return { settings: readTriggerSettings(context), warnings };
	}
	const untouched = settingsOf({}).settings;

	it('is safe without any settings', () => {
		expect(untouched).toEqual({
			events: DEFAULT_EVENTS,
			verification: 'signatureAndFetch',
			downloadVideo: false,
			downloadCover: false,
			binaryPropertyName: 'data',
			includeRaw: false,
			models: [],
			maxClockSkew: 300_000,
			callbackUrl: undefined,
		});
	});

	const places = placesIn(triggerProperties()).filter(
		({ property: { name, type } }) => type !== 'notice' && name !== 'verification',
	);
	it.each(places.map((place) => [place.property.displayName, place] as const))(
		'reads "%s" as not set when it cannot be meant, and says so in the log',
		(label, place) => {
			for (const value of nonsenseFor(place.property)) {
				const { settings, warnings } = settingsOf(place.with(value));
				expect(settings).toEqual(untouched);
				expect(warnings).toEqual([expect.stringContaining(`ignored a setting: "${label}" `)]);
			}
		},
	);

	it.each([0, -5, 1e9])('reads a clock skew of %d as not set, and says so in the log', (skew) => {
		const { settings, warnings } = settingsOf({ options: { maxClockSkew: skew } });
		expect(settings).toEqual(untouched);
		expect(warnings).toEqual([
			expect.stringContaining(`"Max Clock Skew (Seconds)" is ${skew}, but`),
		]);
	});

	it('never trusts more because a verification is not understood', () => {
		for (const verification of [{}, [], 'none', true, 'Fetch']) {
			expect(settingsOf({ verification }).settings.verification).toBe('signatureAndFetch');
		}
	});
});
