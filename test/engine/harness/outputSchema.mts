/** Holds what the nodes put out against the schemas that n8n shows for it before. */
import AjvCompiler, { type ErrorObject } from '@fastify/ajv-compiler';
import type { INode, INodeExecutionData } from 'n8n-workflow';
import { objectOf, orNull, TEXT, type Schema } from '../../../nodes/Vidu/tasks/deliver/schema.ts';
import { outputSchemas } from '../../../scripts/outputSchemas.mts';

type Validator = ((item: unknown) => boolean) & { errors?: ErrorObject[] | null };

const compile = AjvCompiler()(
	{},
	{ customOptions: { coerceTypes: false, removeAdditional: false } },
);

/** With every object closed that is not the provider's own. */
function closed(schema: Schema): object {
	if (schema.type === 'array') {
		return schema.items ? { ...schema, items: closed(schema.items) } : { ...schema, maxItems: 0 };
	}
	if (schema.type !== 'object') return schema;
	const properties = Object.entries(schema.properties ?? {});
	return {
		additionalProperties: false,
		...schema,
		properties: Object.fromEntries(properties.map(([name, each]) => [name, closed(each)])),
	};
}

/** What an item has whose task, or whose request, came to nothing. */
const FAILURE = objectOf({ code: orNull(TEXT), message: TEXT, description: TEXT });

const validators = new Map(
	[...outputSchemas()].map(([path, schema]) => {
		const fields = closed(schema) as { properties: object };
		const properties = { raw: {}, ...fields.properties };
		return [path, compile({ schema: { ...fields, properties } }) as Validator];
	}),
);
const isFailure = compile({ schema: closed(FAILURE) }) as Validator;

/** The file that n8n shows for a node; undefined for other nodes, and for triggers. */
function schemaPath({ type, parameters }: INode): string | undefined {
	const [, name] = /^(?:CUSTOM|n8n-nodes-vidu)\.(\w+?)(?:Tool)?$/.exec(type) ?? [];
	if (name === 'viduReferenceToVideo') return 'v1.0.0.json';
	const { resource = 'video', operation = 'imageToVideo' } = parameters;
	return name === 'vidu' ? `v1.0.0/${resource as string}/${operation as string}.json` : undefined;
}

/** @throws Error for the first item that has what its schema does not say */
export function checkOutput(node: INode, items: readonly INodeExecutionData[]): void {
	const path = schemaPath(node);
	if (path === undefined) return;
	const fits = validators.get(path);
	if (fits === undefined) throw new Error(`There is no schema ${path}`);
	for (const { json } of items) {
		const { error, ...rest } = json;
		// n8n's own item for an error of the node.
		if (typeof error === 'string') continue;
		const failed = error !== null && error !== undefined && isFailure(error);
		if (failed ? fits(rest) : fits(json)) continue;
		const problems = fits.errors?.map(({ instancePath, message, params }) =>
			[instancePath, message, JSON.stringify(params)].join(' '),
		);
		throw new Error(`${path}: ${problems?.join('; ')} in ${JSON.stringify(json)}`);
	}
}
