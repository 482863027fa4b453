/** A value that a person would have to look up outside the editor is picked there, or its field says where it is found. */
import type { INodeProperties } from 'n8n-workflow';
import { ViduApi } from '../../credentials/ViduApi.credentials';
import { Vidu } from '../../nodes/Vidu/Vidu.node';
import { ViduReferenceToVideo } from '../../nodes/Vidu/ViduReferenceToVideo.node';
import { PROVIDERS } from '../../nodes/Vidu/providers';

const vidu = new Vidu();
const reference = new ViduReferenceToVideo();

/** All fields, also those in collections and lists. */
function everyField(properties: readonly INodeProperties[]): INodeProperties[] {
	return properties.flatMap((property) => [
		property,
		...(property.options ?? []).flatMap((option) => {
			if ('values' in option) return everyField(option.values);
			return 'type' in option ? everyField([option]) : [];
		}),
	]);
}

const fields = [...vidu.description.properties, ...reference.description.properties];
const all = everyField(fields);
const named = (name: string) => all.filter((field) => field.name === name);

/** The fields of an operation. */
const of = (resource: string, operation: string) =>
	vidu.description.properties.filter(
		({ displayOptions }) =>
			displayOptions?.show?.resource?.includes(resource) &&
			displayOptions.show.operation?.includes(operation),
	);

test.each([
	['task', 'get', 'taskId'],
	['task', 'wait', 'taskId'],
	['task', 'cancel', 'taskId'],
	['video', 'extend', 'videoCreationId'],
	['video', 'upscale', 'videoCreationId'],
	['subject', 'get', 'subjectId'],
	['subject', 'update', 'subjectId'],
])('%s %s picks its %s from a list, or takes it by ID', (resource, operation, name) => {
	const field = of(resource, operation).find((each) => each.name === name);
	expect(field?.type).toBe('resourceLocator');
	expect(field?.modes?.map(({ displayName }) => displayName)).toEqual(['From List', 'By ID']);
	// A step after the one that made it needs no choice.
	expect(field?.default).toMatchObject({
		mode: 'id',
		value: expect.stringMatching(/^=\{\{ \$json\./),
	});
});

test('every list is one that its node can load', () => {
	const lists = (node: Vidu | ViduReferenceToVideo) =>
		everyField(node.description.properties).flatMap(({ modes = [] }) =>
			modes.flatMap(({ typeOptions }) => typeOptions?.searchListMethod ?? []),
		);
	for (const node of [vidu, reference]) {
		expect(lists(node).length).toBeGreaterThan(0);
		expect(Object.keys(node.methods.listSearch)).toEqual(expect.arrayContaining(lists(node)));
	}
});

test('the filters of tasks are chosen, except for templates', () => {
	const [filters] = of('task', 'getMany').filter(({ name }) => name === 'filters');
	const types = everyField(filters ? [filters] : []).map(({ name, type }) => [name, type]);
	expect(Object.fromEntries(types)).toMatchObject({
		modelVersions: 'multiOptions',
		resolutions: 'multiOptions',
		states: 'multiOptions',
		templates: 'string',
	});
});

test('fields for voices and templates link to the pages that list them', () => {
	const making = of('audio', 'cloneVoice');
	const voices = named('voiceId').filter((field) => !making.includes(field));
	expect(voices.length).toBeGreaterThan(4);
	for (const { description } of voices) {
		expect(description).toMatch(/<a href="https:\/\/\S+" target="_blank">[^<]*voices<\/a>/);
	}
	for (const { description } of [...named('template'), ...named('templates')]) {
		expect(description).toMatch(/<a href="https:\/\/\S+" target="_blank">[^<]*templates<\/a>/);
	}
});

test('the field of the key says where each provider has its keys', () => {
	const { description = '' } = new ViduApi().properties.find(({ name }) => name === 'apiKey') ?? {};
	for (const { id, name, keyPages } of PROVIDERS) {
		if (id !== 'custom') expect(description).toContain(`${name}: <a href="${keyPages?.[0]}"`);
	}
});
