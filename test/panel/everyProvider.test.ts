/** The panel as the editor shows it, for each provider, kind and model: what their documents say can be chosen. */
import {
	NodeHelpers,
	type ILoadOptionsFunctions,
	type INode,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyCollection,
	type INodePropertyOptions,
} from 'n8n-workflow';
import { defaultAt, KINDS, rowsOf, rulesOf, valuesAt } from '../../nodes/Vidu/catalogue';
import {
	entriesOf,
	isMediaRule,
	type ListRule,
	type Rule,
	type Rules,
} from '../../nodes/Vidu/catalogue/rules';
import type { Kind, ProviderId, Row } from '../../nodes/Vidu/catalogue/types';
import { mediaParameters, rowsParameter } from '../../nodes/Vidu/fields/property';
import { resources } from '../../nodes/Vidu/operations/registry';
import { PROVIDERS } from '../../nodes/Vidu/providers';
import { check } from '../../nodes/Vidu/tasks/validate';
import { Vidu } from '../../nodes/Vidu/Vidu.node';
import { ViduReferenceToVideo } from '../../nodes/Vidu/ViduReferenceToVideo.node';

const [vidu, reference] = [new Vidu(), new ViduReferenceToVideo()];

const NAMES = ['duration', 'resolution', 'aspectRatio', 'audio'] as const;

const node = { typeVersion: 1 } as INode;

/** A node and its parameters. */
interface Place {
	readonly type: Pick<Vidu, 'description'> & {
		readonly methods: Pick<Vidu['methods'], 'loadOptions'>;
	};
	readonly parameters: INodeParameters;
}

/** The node that makes a kind, with a model. */
function placeOf(kind: Kind, model: string | null): Place {
	const chosen: INodeParameters = model === null ? {} : { model };
	if (kind === 'referenceSubjects' || kind === 'referenceMedia') {
		const referenceType = kind === 'referenceMedia' ? 'media' : 'subjects';
		return { type: reference, parameters: { ...chosen, referenceType } };
	}
	const names: Partial<Record<Kind, string>> = { createSubject: 'create', updateSubject: 'update' };
	const operation = names[kind] ?? kind;
	const listed = resources().find(({ operations }) =>
		operations.some(({ name }) => name === operation),
	);
	return { type: vidu, parameters: { ...chosen, resource: listed?.value ?? '', operation } };
}

function visible(
	properties: readonly INodeProperties[],
	name: string,
	parameters: INodeParameters,
	root = parameters,
) {
	return properties.filter(
		(one) => one.name === name && NodeHelpers.displayParameter(parameters, one, node, null, root),
	);
}

/** The options of a field as the editor gets them. */
async function listOf(
	{ type, parameters }: Place,
	property: INodeProperties,
	provider: ProviderId,
): Promise<INodePropertyOptions[]> {
	const method = property.typeOptions?.loadOptionsMethod;
	if (method === undefined) return (property.options ?? []) as INodePropertyOptions[];
	const load = type.methods.loadOptions[method];
	if (load === undefined) throw new Error(`no method ${method}`);
	return await load.call({
		getCurrentNodeParameters: () => parameters,
		getCredentials: async () => await Promise.resolve({ provider }),
	} as unknown as ILoadOptionsFunctions);
}

const valuesIn = (options: readonly INodePropertyOptions[]) => options.map(({ value }) => value);

/** A custom provider has Vidu's rows. */
const cases = PROVIDERS.filter(({ id }) => id !== 'custom').flatMap(({ id }) =>
	KINDS.flatMap((kind) =>
		rowsOf(id, kind).map((row: Row) => ({ provider: id, kind, model: row.model, row })),
	),
);

describe.each(cases)('$provider, $kind, $model', ({ provider, kind, model, row }) => {
	const place = placeOf(kind, model);
	const { properties } = place.type.description;
	const collection = ['options', 'runOptions'].flatMap(
		(name) => (visible(properties, name, place.parameters)[0]?.options ?? []) as INodeProperties[],
	);

	it('has every field of the document, and offers its values', async () => {
		for (const [name, rule] of entriesOf(row.fields)) {
			const isOption = rulesOf(kind)[name]?.option === true;
			const among = isOption ? collection : properties;
			const shown = visible(
				among,
				parameterIn(name, rule),
				isOption ? {} : place.parameters,
				place.parameters,
			);
			expect([name, shown.length]).toEqual([name, 1]);
			const [property] = shown as [INodeProperties];
			if (rule.kind === 'list') expectRows(property, name, rule, place.parameters);
			if (rule.kind === 'choices')
				expect(valuesIn(await listOf(place, property, provider))).toEqual(rule.values);
		}
	});

	it('offers of what follows the model just what the provider takes, and a default of it', async () => {
		const { duration } = row.fields;
		for (const seconds of duration?.kind === 'seconds' ? duration.values : [undefined]) {
			const parameters = {
				...place.parameters,
				...(seconds !== undefined && { duration: seconds }),
			};
			for (const [name, rule] of entriesOf(row.fields)) {
				if (rule.option || !('values' in rule) || rule.kind === 'choices') continue;
				const [property] = visible(properties, name, parameters) as [INodeProperties];
				const [values, usual] =
					rule.kind === 'seconds'
						? [rule.values, rule.default]
						: [valuesAt<string | number>(rule, seconds), defaultAt<string | number>(rule, seconds)];
				const chosen = { ...parameters, [name]: property.default };
				const offered = valuesIn(
					await listOf({ ...place, parameters: chosen }, property, provider),
				);
				expect(new Set(offered)).toEqual(new Set(values));
				expect(offered).toHaveLength(values.length);
				if (provider === 'vidu') expect(property.default).toBe(usual);
			}
		}
	});

	it('is accepted without a hint as long as nothing was chosen', () => {
		const values = NAMES.flatMap((name) => {
			const [property] = visible(properties, name, place.parameters);
			return property === undefined ? [] : [[name, property.default] as const];
		});
		const { problems, hints } = check(row, Object.fromEntries(values), provider);
		const said = [...problems, ...hints].join('\n');
		expect(said).not.toMatch(/"(Duration|Resolution|Aspect Ratio|Audio|Audio Type)"/);
	});

	it('offers nothing in a field that the provider does not have', async () => {
		for (const name of NAMES) {
			if (row.fields[name] !== undefined) continue;
			const [property] = visible(properties, name, place.parameters);
			if (property === undefined) continue;
			const options = await listOf(place, property, provider);
			expect(options).toEqual([
				{ name: expect.stringMatching(/^Not Available with /), value: property.default },
			]);
		}
	});
});

function parameterIn(name: keyof Rules, rule: Rule): string {
	return isMediaRule(rule) ? mediaParameters(name, rule).urls : name;
}

function expectRows(
	property: INodeProperties,
	list: keyof Rules,
	rule: ListRule,
	root: INodeParameters,
): void {
	const group = (property.options as INodePropertyCollection[]).find(
		({ name }) => name === rowsParameter(list),
	);
	for (const [name, inner] of entriesOf(rule.of)) {
		if (name === 'videos' && rule.subjects?.maxVideos === 0) continue;
		expect(visible(group?.values ?? [], parameterIn(name, inner), {}, root)).toHaveLength(1);
	}
}

describe('a value that the provider of the credential does not take', () => {
	const place = placeOf('imageToVideo', 'viduq2-pro');
	const [duration] = visible(vidu.description.properties, 'duration', place.parameters) as [
		INodeProperties,
	];

	it('stays in the list, marked, so that the editor does not replace it', async () => {
		const parameters = { ...place.parameters, duration: 16 };
		const options = await listOf({ ...place, parameters }, duration, 'octopusx');
		expect(options.at(-1)).toEqual({ name: '16 Seconds (Not Accepted by OctopusX)', value: 16 });
	});

	it('is not in the list while nobody chose it', async () => {
		const parameters = { ...place.parameters, duration: '={{ $json.seconds }}' };
		const options = await listOf({ ...place, parameters }, duration, 'octopusx');
		expect(valuesIn(options)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
	});

	it('is there with its price at Vidu only', async () => {
		const prices = async (provider: ProviderId) =>
			(await listOf(place, duration, provider)).map(({ description }) => description);
		expect((await prices('vidu'))[4]).toContain('credits ($');
		expect(new Set(await prices('octopusx'))).toEqual(new Set([undefined]));
	});
});
