import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	INodeTypes,
	ITriggerFunctions,
} from 'n8n-workflow';

type Face = Pick<INodeTypeDescription, 'displayName' | 'name' | 'properties'> &
	Partial<INodeTypeDescription>;

/** The description of a node with one input and one output, filled up from what `face` says. */
export function describeNode(face: Face): INodeTypeDescription {
	return {
		group: ['transform'],
		version: 1,
		description: face.displayName,
		defaults: { name: face.displayName },
		inputs: ['main'],
		outputs: ['main'],
		...face,
	};
}

/** Stands in for n8n's own Manual Trigger: emits one empty item when the user starts the workflow. */
class ManualTrigger implements INodeType {
	description = describeNode({
		displayName: 'Manual Trigger',
		name: 'n8n-nodes-base.manualTrigger',
		group: ['trigger'],
		inputs: [],
		properties: [],
	});

	async trigger(this: ITriggerFunctions) {
		return { manualTriggerFunction: async () => this.emit([this.helpers.returnJsonArray([{}])]) };
	}
}

/** Stands in for n8n's own No Operation node: passes its items on. Collects what a branch gets. */
class NoOp implements INodeType {
	description = describeNode({
		displayName: 'No Operation',
		name: 'n8n-nodes-base.noOp',
		properties: [],
	});

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [this.getInputData()];
	}
}

/** Stands in for an AI agent: calls its one tool with each of its items in turn, and goes on after errors. */
class Agent implements INodeType {
	description = describeNode({
		displayName: 'Agent',
		name: 'test.agent',
		inputs: ['main', { type: 'ai_tool', maxConnections: 1, required: true }],
		properties: [],
	});

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const tool = (await this.getInputConnectionData('ai_tool', 0)) as {
			invoke(given: IDataObject): Promise<unknown>;
		};
		const items: INodeExecutionData[] = [];
		for (const [item, { json }] of this.getInputData().entries()) {
			const answer = await tool.invoke(json).catch((error: Error) => error.message);
			items.push({ json: { answer: answer as string }, pairedItem: { item } });
		}
		return [items];
	}
}

/** The node as n8n makes it for agents. */
function asTool(type: INodeType): INodeType {
	const { description: made } = type;
	const description = { ...made, name: `${made.name}Tool`, outputs: ['main', 'ai_tool'] };
	return Object.create(type, { description: { value: description } }) as INodeType;
}

/** Emits, for each input item, the items in its parameter `items` (a JSON array; may be an expression). */
class Items implements INodeType {
	description = describeNode({
		displayName: 'Items',
		name: 'test.items',
		properties: [{ displayName: 'Items', name: 'items', type: 'json', default: '[]' }],
	});

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const emitted = this.getInputData().flatMap((_, item) => {
			const items = this.getNodeParameter('items', item) as string | IDataObject[];
			const rows: IDataObject[] = typeof items === 'string' ? JSON.parse(items) : items;
			return rows.map((json) => ({ json, pairedItem: { item } }));
		});
		return [emitted];
	}
}

/** Stands in for n8n's own If: items whose `pass` is true go to the first output, others to the second. */
class If implements INodeType {
	description = describeNode({
		displayName: 'If',
		name: 'test.if',
		outputs: ['main', 'main'],
		properties: [{ displayName: 'Pass', name: 'pass', type: 'boolean', default: false }],
	});

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const sorted: INodeExecutionData[][] = [[], []];
		for (const [item, { json }] of this.getInputData().entries()) {
			const output = this.getNodeParameter('pass', item) === true ? 0 : 1;
			sorted[output]?.push({ json, pairedItem: { item } });
		}
		return sorted;
	}
}

/** Stands in for n8n's own Loop Over Items: one item a turn to the second output, all to the first when done. */
class Loop implements INodeType {
	description = describeNode({
		displayName: 'Loop',
		name: 'test.loop',
		outputs: ['main', 'main'],
		properties: [],
	});

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const state = this.getContext('node') as {
			left?: INodeExecutionData[];
			done?: INodeExecutionData[];
		};
		const items = this.getInputData();
		if (state.left === undefined) {
			state.left = items.map(({ json }, item) => ({ json, pairedItem: { item } }));
		} else {
			state.done = [...(state.done ?? []), ...items];
		}
		const next = state.left.shift();
		return next === undefined ? [state.done ?? [], []] : [[], [next]];
	}
}

/** Looks node types up by the name that workflows know them under. */
export class NodeTypes implements INodeTypes {
	private readonly types: Map<string, INodeType>;

	/** @param packaged nodes of this package; they are known as `n8n-nodes-vidu.<name>`. @param extra node types of a test, by their own name. */
	constructor(packaged: INodeType[], extra: INodeType[]) {
		const own = [
			new ManualTrigger(),
			new NoOp(),
			new Items(),
			new Agent(),
			new If(),
			new Loop(),
			...extra,
		];
		this.types = new Map([
			...own.map((type) => [type.description.name, type] as const),
			...packaged.flatMap((type) => {
				const name = `n8n-nodes-vidu.${type.description.name}`;
				return [[name, type] as const, [`${name}Tool`, asTool(type)] as const];
			}),
		]);
	}

	getByName(name: string): INodeType {
		const type = this.types.get(name);
		if (!type) throw new Error(`Unknown node type "${name}"`);
		return type;
	}

	getByNameAndVersion(name: string): INodeType {
		return this.getByName(name);
	}

	getKnownTypes(): IDataObject {
		return Object.fromEntries([...this.types.keys()].map((name) => [name, {}]));
	}
}
