import { NodeHelpers, type INode, type INodeParameters, type INodeProperties } from 'n8n-workflow';
import { defaultAt, findRow, modelsOf, valuesAt } from '../../nodes/Vidu/catalogue';
import type { ClipRow } from '../../nodes/Vidu/catalogue/types';
import { fieldRows } from '../../nodes/Vidu/fields/rows';
import { Vidu } from '../../nodes/Vidu/Vidu.node';
import { ViduReferenceToVideo } from '../../nodes/Vidu/ViduReferenceToVideo.node';

const REFERENCE = [
	{ kind: 'referenceSubjects', show: { referenceType: ['subjects'] } },
	{ kind: 'referenceMedia', show: { referenceType: ['media'] } },
] as const;

const VIDEO = (['textToVideo', 'imageToVideo', 'startEndToVideo'] as const).map((kind) => ({
	kind,
	show: { resource: ['video'], operation: [kind] },
}));

const REFERENCE_FIELDS = new ViduReferenceToVideo().description.properties;
const VIDEO_FIELDS = new Vidu().description.properties.filter(({ displayOptions }) =>
	VIDEO.some(({ kind }) => displayOptions?.show?.operation?.includes(kind)),
);

const NAMES = ['duration', 'resolution', 'aspectRatio', 'audio'];

const node = { typeVersion: 1 } as INode;

function visible(fields: INodeProperties[], name: string, values: INodeParameters) {
	return fields.filter(
		(field) => field.name === name && NodeHelpers.displayParameter(values, field, node, null),
	);
}

function valuesOf(field: INodeProperties | undefined): unknown[] {
	return (field?.options ?? []).map((option) => ('value' in option ? option.value : undefined));
}

/** What the row says about a field, as [values, default]; null when it has none. */
function expected(
	{ fields }: ClipRow,
	name: string,
	duration: number,
): [readonly unknown[], unknown] | null {
	switch (name) {
		case 'duration':
			return [fields.duration.values, fields.duration.default];
		case 'resolution':
			return [valuesAt(fields.resolution, duration), defaultAt(fields.resolution, duration)];
		case 'aspectRatio':
			return fields.aspectRatio ? [fields.aspectRatio.values, fields.aspectRatio.default] : null;
		default:
			return fields.audio ? [[], fields.audio.default] : null;
	}
}

describe.each([
	{ node: 'Reference to Video', properties: REFERENCE_FIELDS, conditions: REFERENCE },
	{ node: 'Vidu', properties: VIDEO_FIELDS, conditions: VIDEO },
])('the fields that follow the model, in $node', ({ properties, conditions }) => {
	const fields = properties.filter(({ name }) => NAMES.includes(name));
	const cases = conditions.flatMap(({ kind, show }) =>
		modelsOf('vidu', kind).map((model) => ({ kind, model, show })),
	);
	const parametersOf = (show: object): INodeParameters =>
		Object.fromEntries(Object.entries(show).map(([key, values]) => [key, values[0]]));

	it.each([
		['an expression', '={{ $json.model }}'],
		['an expression that the editor resolved to nothing', undefined],
		['an expression that the editor could not resolve', ''],
		['an expression that the editor resolved to null', null],
		['a model of tomorrow', 'vidu-tomorrow'],
	])('show one general variant of each for %s', (_, model) => {
		for (const { kind, show } of conditions) {
			const rows = modelsOf('vidu', kind).map((known) => findRow('vidu', kind, known));
			for (const name of NAMES) {
				const shown = visible(fields, name, { ...parametersOf(show), model, duration: 5 });
				const offers = rows.map((row) => row && expected(row, name, 5));
				if (offers.every((offer) => !offer)) {
					expect(shown).toEqual([]);
					continue;
				}
				expect(shown).toHaveLength(1);
				expect(shown[0]?.default).toBe('');
				const offered = valuesOf(shown[0]);
				for (const offer of offers)
					expect(offered).toEqual(expect.arrayContaining([...(offer?.[0] ?? [])]));
			}
		}
	});

	it('show one resolution while the duration is an expression', () => {
		for (const { model, show } of cases) {
			const values = { ...parametersOf(show), model, duration: '={{ $json.seconds }}' };
			expect(visible(fields, 'resolution', values)).toHaveLength(1);
		}
	});

	it('show nothing for what the node is not doing', () => {
		const elsewhere = Object.fromEntries(
			Object.keys(conditions[0]?.show ?? {}).map((key) => [key, 'somethingElse']),
		);
		for (const name of NAMES) {
			for (const model of ['viduq1', 'vidu-tomorrow']) {
				expect(visible(fields, name, { ...elsewhere, model, duration: 5 })).toEqual([]);
			}
		}
	});

	it('have no orphan: each is seen for some model', () => {
		const seen = new Set<INodeProperties>();
		const all = conditions.flatMap(({ kind, show }) =>
			fieldRows(kind).map(({ model }) => ({ model, show })),
		);
		for (const { model, show } of [
			...all,
			...cases.map((one) => ({ ...one, model: 'vidu-tomorrow' })),
		]) {
			for (const duration of [4, 5, 8]) {
				for (const name of NAMES) {
					visible(fields, name, { ...parametersOf(show), model, duration }).forEach((f) =>
						seen.add(f),
					);
				}
			}
		}
		expect(seen.size).toBe(fields.length);
	});

	it('are written as n8n asks, where its lint rules cannot look', () => {
		for (const field of fields) {
			expect(field.displayName).toMatch(/^[A-Z][a-z]+( [A-Z][a-z]+)*$/);
			expect(field.noDataExpression ?? false).toBe(false);
			const description = field.description ?? '';
			expect(description).not.toBe('');
			expect(description).not.toBe(field.displayName);
			const sentences = description.split('. ').length;
			expect(description.endsWith('.')).toBe(sentences > 1);
			if (field.type === 'boolean') {
				expect(description).toMatch(/^Whether /);
				expect(typeof field.default).toBe('boolean');
				continue;
			}
			const values = valuesOf(field);
			expect(new Set(values).size).toBe(values.length);
			expect(values).toContain(field.default);
			for (const option of field.options ?? []) expect(option.name).toMatch(/^[A-Z0-9]/);
		}
	});

	it('list durations and resolutions from small to large', () => {
		for (const field of fields.filter(({ name }) => name === 'duration' || name === 'resolution')) {
			const sizes = valuesOf(field)
				.filter((value) => value !== '')
				.map((value) => (typeof value === 'number' ? value : ORDER.indexOf(String(value))));
			expect(sizes).not.toContain(-1);
			expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
		}
	});
});

/** "2K" and "4K" are above 1080p. */
const ORDER = ['360p', '540p', '720p', '1080p', '2K', '4K', '8K'];

describe('switching the model', () => {
	const read = (values: INodeParameters, defaults: boolean) =>
		NodeHelpers.getNodeParameters(REFERENCE_FIELDS, values, defaults, false, node, null);

	/** As the editor does it: keep what differs from the defaults, set the model, fill in defaults. */
	const switchTo = (name: string, values: INodeParameters) =>
		read({ ...read(values, false), model: name }, true);

	it('moves what was never changed to the defaults of the new model', () => {
		const before = read({ model: 'viduq2' }, true);
		expect(before).toMatchObject({
			duration: 5,
			resolution: '720p',
			aspectRatio: '16:9',
			audio: false,
		});
		expect(switchTo('viduq1', before ?? {})).toMatchObject({
			duration: 5,
			resolution: '1080p',
			audio: false,
		});
		expect(switchTo('vidu2.0', before ?? {})).toMatchObject({ duration: 4, resolution: '360p' });
		expect(switchTo('viduq3-turbo', before ?? {})).toMatchObject({
			resolution: '720p',
			audio: true,
		});
	});

	it('keeps what was chosen, for the check before the request to judge', () => {
		const before = read({ model: 'viduq2', duration: 8, resolution: '540p' }, true);
		expect(switchTo('viduq1', before ?? {})).toMatchObject({ duration: 8, resolution: '540p' });
	});

	it('leaves the choice to the model when an expression names it', () => {
		const values = read({ model: '={{ $json.model }}' }, true);
		expect(values).toMatchObject({ duration: '', resolution: '', aspectRatio: '', audio: '' });
	});
});
