/** Any other gateway that speaks Vidu's format: where, under which paths and scheme, the credential says. */
import type { Connection, Provider } from './types';
import { viduFormat } from './viduFormat';
import { viduLibrary } from './viduLibrary';

/** The contract for a connection. The prefix and the query path are given by the user. */
export function custom({
	pathPrefix,
	queryPath,
}: Pick<Connection, 'pathPrefix' | 'queryPath'>): Provider {
	return {
		...viduFormat({ prefix: pathPrefix, queryPaths: [queryPath], subjectKey: 'name' }),
		id: 'custom',
		name: 'Custom (Vidu Format)',
		scheme: 'Bearer',
		baseUrl: () => '',
		probe: { path: pathPrefix + queryPath.replace('{id}', '0'), missing: true },
		// As with kkiai. A proxy that passes the user's own Vidu key on is provider Vidu with a base URL.
		callback: 'unsigned',
		library: viduLibrary(pathPrefix),
	};
}
