/** Any other gateway with Vidu's format; its address, paths and scheme come from the credential. */
import type { Connection, Provider } from './types';
import { viduFormat, viduLibrary } from './viduFormat';

/** The provider for a connection. The user enters the prefix, the query path and the key of subjects. */
export function custom({
	pathPrefix,
	queryPath,
	subjectKey,
}: Pick<Connection, 'pathPrefix' | 'queryPath' | 'subjectKey'>): Provider {
	return {
		...viduFormat({ prefix: pathPrefix, queryPaths: [queryPath], subjectKey }),
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
