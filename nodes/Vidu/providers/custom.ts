/** Any other gateway with Vidu's format; its address, paths and scheme come from the credential. */
import type { Connection, Provider } from './types';
import { viduFormat } from './viduFormat';
import { viduLibrary } from './viduLibrary';

/** The provider for a connection. The user enters the prefix and the query path. */
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
		// As with kkiai. A proxy that passes on the user's own Vidu key is provider Vidu with a base URL.
		callback: 'unsigned',
		library: viduLibrary(pathPrefix),
	};
}
