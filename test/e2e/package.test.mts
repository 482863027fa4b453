import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { openSession, type Session } from './session.mts';

/** A node as n8n's editor gets it. */
interface NodeType {
	readonly name: string;
	readonly displayName: string;
	readonly iconUrl: string | { readonly light: string; readonly dark: string };
	readonly codex?: { readonly categories?: string[]; readonly alias?: string[] };
}

interface Codex {
	readonly node: string;
	readonly categories: string[];
	readonly alias: string[];
}

const manifest = JSON.parse(
	readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { n8n: { nodes: string[] } };
/** Paths of the nodes without their extension. */
const sources = manifest.n8n.nodes.map((path) => path.replace(/^dist\//, '').replace(/\.js$/, ''));

let session: Session;
let types: Map<string, NodeType>;

beforeAll(async () => {
	session = await openSession();
	const all = (await session.client.nodeTypes()) as unknown as NodeType[];
	types = new Map(all.map((type) => [type.name, type]));
});

describe.each(sources)('%s, installed from the tarball', (source) => {
	let codex: Codex;
	let type: NodeType;

	beforeAll(async () => {
		const file = new URL(`../../${source}.json`, import.meta.url);
		codex = JSON.parse(await readFile(file, 'utf8')) as Codex;
		type = types.get(codex.node) as NodeType;
	});

	it('is offered in the editor under its community name', () => {
		const name = basename(source, '.node');
		expect(type.name).toBe(`n8n-nodes-vidu.${name[0]?.toLowerCase()}${name.slice(1)}`);
	});

	it('is found in the node panel by its categories and other names', () => {
		expect(type.codex?.categories).toEqual(codex.categories);
		expect(type.codex?.alias).toEqual(codex.alias);
	});

	it('has an icon for light and one for dark themes', async () => {
		const { light, dark } = type.iconUrl as { light: string; dark: string };
		expect(light).not.toBe(dark);
		for (const path of [light, dark]) {
			const { type: mime, body } = await session.client.file(`/${path}`);
			expect(mime).toContain('image/svg+xml');
			expect(body.toString()).toContain('<svg');
		}
	});

	it('can be given to an agent as a tool, unless it is a trigger', () => {
		expect(types.has(`${codex.node}Tool`)).toBe(!codex.node.endsWith('Trigger'));
	});
});
