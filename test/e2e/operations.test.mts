/** Every operation of the Vidu node, opened in the editor: its own fields, and a picture to look at. */
import {
	NodeHelpers,
	type INode,
	type INodeProperties,
	type INodePropertyCollection,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { withOutputFields } from '../../nodes/Vidu/operations/outputFields.ts';
import { resources } from '../../nodes/Vidu/operations/registry.ts';
import { Vidu } from '../../nodes/Vidu/Vidu.node.ts';
import { node } from '../engine/harness/workflow.mts';
import { Editor } from './editor.mts';
import { openSession, type Session } from './session.mts';

const PER_ROW = 6;
const TOOL = 'Tool';

const CASES = resources().flatMap(({ value: resource, operations }) =>
	operations.map((operation) => ({
		name: `${resource}-${operation.name}`,
		parameters: { resource, operation: operation.name },
		properties: withOutputFields(operation.properties(), [operation], () => ({})),
	})),
);

let session: Session;
let editor: Editor;

beforeAll(async () => {
	session = await openSession();
	editor = await Editor.open(session.n8nUrl);
	const { id, name: called } = session.credential;
	const nodes = CASES.map(({ name, parameters }, index) =>
		node({
			name,
			type: 'n8n-nodes-vidu.vidu',
			parameters,
			position: [(index % PER_ROW) * 240, Math.floor(index / PER_ROW) * 200],
			credentials: { viduApi: { id, name: called } },
		}),
	);
	const parameters = { resource: 'video', operation: 'textToVideo' };
	nodes.push(
		node({ name: TOOL, type: 'n8n-nodes-vidu.viduTool', parameters, position: [0, -200] }),
	);
	const workflow = { name: 'All operations', nodes, connections: {}, settings: {} };
	await editor.page.setViewportSize({ width: 1440, height: 1300 });
	await editor.openWorkflow(await session.client.createWorkflow(workflow));
});

afterAll(async () => {
	await editor?.close();
});

test.each(CASES)('$name shows its own fields and no others', async (operation) => {
	await editor.openNode(operation.name);
	await editor.screenshot(operation.name);
	const labels = await editor.labels();
	await editor.closeNode();
	expect(labels).toEqual(['Credential', 'Resource', 'Operation', ...ownLabels(operation)]);
});

test('an agent’s tool offers neither to suspend the execution nor to make files', async () => {
	await editor.openNode(TOOL);
	await editor.screenshot('tool');
	expect(await editor.labels()).not.toContain('Download Video');
	expect(await editor.offered('waitMode')).toEqual(['Until the Video Is Ready', 'Do Not Wait']);
});

/** The labels of an operation's properties that apply while nothing was changed, by n8n's rules. */
function ownLabels({ parameters, properties }: (typeof CASES)[number]): string[] {
	const { description } = new Vidu();
	const tested: INode = node({ name: 'Vidu', type: 'n8n-nodes-vidu.vidu', parameters });
	const alone: INodeTypeDescription = { ...description, properties: [...properties] };
	const values = {
		...NodeHelpers.getNodeParameters([...properties], {}, true, false, tested, alone),
		...parameters,
	};
	return (
		properties
			.filter((property) => NodeHelpers.displayParameter(values, property, tested, alone))
			// A notice has no label.
			.filter(({ type }) => type !== 'notice')
			.flatMap((property) => [property.displayName, ...rowLabels(property)])
	);
}

/** The labels in the rows that a list has from the start. */
function rowLabels({ type, default: preset, options = [] }: INodeProperties): string[] {
	if (type !== 'fixedCollection') return [];
	const rows = preset as Readonly<Record<string, readonly unknown[] | undefined>>;
	return (options as INodePropertyCollection[]).flatMap(({ name, values }) =>
		(rows[name] ?? []).flatMap(() => values.map(({ displayName }) => displayName)),
	);
}
