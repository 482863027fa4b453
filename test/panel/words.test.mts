/**
 * README, the pages in docs/ and the notes of the examples name what the nodes show. The convention:
 * *italics* are labels of fields, **bold** are nodes, options, operations, and `Resource → Operation`;
 * both may be words of n8n's own. A bold text that ends like a sentence is a heading in the text.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import { ViduApi } from '../../credentials/ViduApi.credentials.ts';
import { Vidu } from '../../nodes/Vidu/Vidu.node.ts';
import { PROVIDERS } from '../../nodes/Vidu/providers/index.ts';
import { ViduReferenceToVideo } from '../../nodes/Vidu/ViduReferenceToVideo.node.ts';
import { ViduTrigger } from '../../nodes/Vidu/ViduTrigger.node.ts';
import { withCostTable } from '../../scripts/costTable.mts';
import { exampleNames, notesOf, readExample } from '../../scripts/examples.mts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Written by hand, for people who use the nodes. */
const PAGES = [
	'README.md',
	...['film', 'money', 'operations', 'providers', 'trigger', 'waiting'].map(
		(name) => `docs/${name}.md`,
	),
];
const LINKED = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'];

/** Labels of n8n and of its nodes. */
const N8N = new Set([
	'⋯ → Import from File',
	'Define using JSON Schema',
	'Evaluations',
	'Executions',
	'Execute workflow',
	'Execution order',
	'On Error',
	'Open chat',
	'Production URL',
	'Publish',
	'Retry',
	'Retry On Fail',
	'Schedule Trigger',
	'Schema Type',
	'Slack',
	'Stop',
	'Stop Workflow',
	'Waiting',
	'Workflow settings → Execution order',
]);

type Part = INodeProperties | INodePropertyOptions | INodePropertyCollection;

/** The labels of a property, an option or a list of fields, and of all in it. */
function labelsIn(part: Part): string[] {
	const inner: readonly Part[] = [
		...('options' in part ? (part.options ?? []) : []),
		...('values' in part ? part.values : []),
	];
	const modes = 'modes' in part ? (part.modes ?? []).map(({ displayName }) => displayName) : [];
	return [
		...modes,
		'displayName' in part ? part.displayName : part.name,
		...inner.flatMap(labelsIn),
	];
}

const nodes = [new Vidu(), new ViduReferenceToVideo(), new ViduTrigger()].map(
	({ description }) => description,
);
const credential = new ViduApi();
const labels = new Set([
	...[...nodes, credential].map(({ displayName }) => displayName),
	...[...nodes, credential].flatMap(({ properties }) => properties.flatMap(labelsIn)),
]);

/** `Resource → Operation`, as README writes them. */
const operations = new Set(
	nodes.flatMap(({ properties }) => {
		const resources = properties.find(({ name }) => name === 'resource')?.options ?? [];
		return properties
			.filter(({ name }) => name === 'operation')
			.flatMap(({ options = [], displayOptions }) =>
				resources
					.filter((one) => displayOptions?.show?.resource?.includes('value' in one && one.value))
					.flatMap((resource) => options.map(({ name }) => `${resource.name} → ${name}`)),
			);
	}),
);

/** What a text names, without its code and the addresses of its links. */
function named(markdown: string): string[] {
	const text = markdown.replace(/```[^]*?```|`[^`\n]*`|\]\([^)]*\)/g, '');
	return [...text.matchAll(/\*\*([^*\n]+)\*\*|(?<![*\\])\*([^*\s][^*\n]*)\*/g)]
		.map(([, bold, italic]) => bold ?? italic ?? '')
		.filter((words) => !/[.:?!]$/.test(words));
}

const isKnown = (words: string) => N8N.has(words) || labels.has(words) || operations.has(words);
const page = (name: string) => readFileSync(join(ROOT, name), 'utf8');

test.each(PAGES)('%s names only what the nodes, the credential or n8n show', (name) => {
	const names = named(page(name));
	expect(names.filter((words) => !isKnown(words))).toEqual([]);
});

test('the table in docs/operations.md lists every operation', () => {
	const rows = [...page('docs/operations.md').matchAll(/^\| (\w+) \| ([^|]+) \|/gm)];
	const listed = rows.flatMap(([, resource, names = '']) =>
		names.split(',').map((name) => `${resource} → ${name.trim()}`),
	);
	expect([...operations].filter((name) => !listed.includes(name))).toEqual([]);
});

test.each([
	['README.md', /^\| \*Provider\* .*$/m],
	['docs/providers.md', /[^]*/],
	['.github/ISSUE_TEMPLATE/bug.yml', /options: .*sandbox.*/],
	['.github/ISSUE_TEMPLATE/provider.yml', /options: .*/],
])('%s names every provider', (name, place) => {
	const [text = ''] = place.exec(page(name)) ?? [];
	// "JieKou / HighwayAPI", "Custom (Vidu Format)".
	const providers = PROVIDERS.map((provider) => provider.name.split(/ [/(]/)[0] ?? '');
	const unnamed = providers.filter((one) => !text.toLowerCase().includes(one.toLowerCase()));
	expect(unnamed).toEqual([]);
});

test('the names of operations are found, so that a wrong one would be', () => {
	expect(operations).toContain('Task → Get');
	expect(operations).not.toContain('Task → Fetch');
	expect(named('**Task → Fetch** and *Max Money*: `**code**`')).toEqual([
		'Task → Fetch',
		'Max Money',
	]);
});

test('the note of every example names only what is there', async () => {
	for (const name of await exampleNames()) {
		const { nodes: own } = await readExample(name);
		const texts = notesOf({ nodes: own });
		// The names of its nodes, and what its other nodes show by their own settings.
		const others = own.filter(({ parameters }) => !texts.includes(String(parameters.content)));
		const known = new Set(JSON.stringify(others).match(/(?<=")[^"\\]+(?=")/g));
		expect(texts.join('')).toMatch(/^## .+\n\n(.+\n\n)?1\. /);
		const unknown = texts.flatMap(named).filter((words) => !isKnown(words) && !known.has(words));
		expect([name, unknown]).toEqual([name, []]);
	}
});

test('the table in README lists every example, and nothing else', async () => {
	const [, table = ''] =
		/<!-- examples:start -->([^]*)<!-- examples:end -->/.exec(page('README.md')) ?? [];
	const listed = [...table.matchAll(/\[([\w-]+)\]\(examples\/\1\.json\)/g)].map(([, name]) => name);
	expect(listed.sort()).toEqual((await exampleNames()).sort());
});

test('what clips cost in README is what the catalogue says (npm run docs writes it)', () => {
	expect(page('README.md')).toBe(withCostTable(page('README.md')));
});

test('every link within the repository leads to a file, and to a heading of it', () => {
	const docs = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md'));
	const broken = [...LINKED, ...docs.map((name) => `docs/${name}`)].flatMap((name) =>
		[...page(name).matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)/g)]
			.filter(([, path = '', heading]) => {
				const file = path === '' ? name : relative(ROOT, join(ROOT, dirname(name), path));
				if (!existsSync(join(ROOT, file))) return true;
				return heading !== undefined && !anchors(page(file)).has(heading);
			})
			.map(([link]) => `${name}: ${link}`),
	);
	expect(broken).toEqual([]);
});

test('Docs in the panel opens a page of this package, at the heading about the node', () => {
	const { repository } = JSON.parse(page('package.json')) as { repository: { url: string } };
	const files = repository.url.replace(/^git\+|\.git$/g, '') + '/blob/main/';
	for (const { documentationUrl = '' } of [...nodes, credential]) {
		expect(documentationUrl.slice(0, files.length)).toBe(files);
		const [name = '', heading] = documentationUrl.slice(files.length).split('#');
		expect(existsSync(join(ROOT, name))).toBe(true);
		if (heading !== undefined) expect(anchors(page(name))).toContain(heading);
	}
});

/** The anchors that GitHub gives to the headings of a page. */
const anchors = (markdown: string) =>
	new Set(
		[...markdown.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
			heading
				.toLowerCase()
				.replace(/[^\p{L}\p{N} _-]/gu, '')
				.replaceAll(' ', '-'),
		),
	);
