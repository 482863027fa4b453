/** The schemas beside the built nodes, which n8n shows before a node has run. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { resources } from '../../nodes/Vidu/operations/registry.ts';
import { outputSchemas } from '../../scripts/outputSchemas.mts';

const FOLDER = fileURLToPath(new URL('../../dist/nodes/Vidu/__schema__', import.meta.url));

const built = new Map(
	readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.json'))
		.map((name) => [name, JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as object]),
);

test('are those of the operations of today, each where n8n looks for it', () => {
	const operations = resources().flatMap(({ value, operations: listed }) =>
		listed.map(({ name }) => `v1.0.0/${value}/${name}.json`),
	);
	expect([...built.keys()].sort()).toEqual(['v1.0.0.json', ...operations].sort());
	expect(built).toEqual(outputSchemas());
});

test.each(['v1.0.0.json', 'v1.0.0/video/imageToVideo.json', 'v1.0.0/task/wait.json'])(
	'%s has the link of a video, which can be used before there is one',
	(name) => {
		const url = { type: 'string' };
		const videos = { type: 'array', items: { type: 'object', properties: { url } } };
		expect(built.get(name)).toMatchObject({ type: 'object', properties: { videos } });
	},
);

test('have one type for each field: of a list, n8n shows the first and no fields below it', () => {
	for (const [name, schema] of built) {
		expect([name, JSON.stringify(schema)]).toEqual([name, expect.not.stringContaining('"type":[')]);
	}
});
