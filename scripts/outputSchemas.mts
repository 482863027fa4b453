/** What n8n shows of the output of a node that has not run yet, from the fields of the operations. */
import { referenceToVideo } from '../nodes/Vidu/operations/video/referenceToVideo.ts';
import { resources } from '../nodes/Vidu/operations/registry.ts';
import type { Fields, Schema } from '../nodes/Vidu/tasks/deliver/schema.ts';

const schemaOf = (properties: Fields): Schema => ({ type: 'object', properties });

/**
 * JSON Schemas by the path that n8n looks for beside the nodes: version, resource and operation. A node
 * without operations has the file of its version; here that is Vidu Reference to Video, since n8n does
 * not look for the schemas of triggers.
 */
export function outputSchemas(): Map<string, Schema> {
	return new Map([
		['v1.0.0.json', schemaOf(referenceToVideo.output)],
		...resources().flatMap(({ value, operations }) =>
			operations.map(
				({ name, output }) => [`v1.0.0/${value}/${name}.json`, schemaOf(output)] as const,
			),
		),
	]);
}
