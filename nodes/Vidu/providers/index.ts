/** The registry of providers: a new one is one file and one line here. */
import type { ProviderId } from '../catalogue/types';
import { custom } from './custom';
import { jiekou } from './jiekou';
import { kkiai } from './kkiai';
import { octopusx } from './octopusx';
import type { Connection, Provider } from './types';
import { vidu } from './vidu';
import { vtrix } from './vtrix';

/** The paths in a credential; only `custom` reads them. */
type Paths = Pick<Connection, 'pathPrefix' | 'queryPath'>;

/** Vidu's own paths, from which a gateway's may differ. */
export const DEFAULT_PATHS: Paths = { pathPrefix: '/ent/v2', queryPath: '/tasks/{id}/creations' };

const CONTRACTS: ReadonlyArray<(paths: Paths) => Provider> = [
	() => vidu,
	() => octopusx,
	() => kkiai,
	() => vtrix,
	() => jiekou,
	custom,
];

/** All providers, in the order of the credential's list. */
export const PROVIDERS: readonly Provider[] = CONTRACTS.map((contract) => contract(DEFAULT_PATHS));

/** The provider with an ID; undefined if there is none. */
export function findProvider(id: ProviderId, paths: Paths = DEFAULT_PATHS): Provider | undefined {
	return CONTRACTS.map((contract) => contract(paths)).find((provider) => provider.id === id);
}
