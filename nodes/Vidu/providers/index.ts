/** The registry of wire contracts: a new provider is one file and one line here. */
import type { ProviderId } from '../catalogue/types';
import { custom } from './custom';
import { jiekou } from './jiekou';
import { kkiai } from './kkiai';
import { octopusx } from './octopusx';
import type { Connection, Provider } from './types';
import { vidu } from './vidu';
import { vtrix } from './vtrix';

/** What a credential says of the paths; only `custom` reads it. */
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

/** All contracts, in the order in which they are offered. */
export const PROVIDERS: readonly Provider[] = CONTRACTS.map((contract) => contract(DEFAULT_PATHS));

/** The contract of a provider id, or undefined for an id that has none. */
export function findProvider(id: ProviderId, paths: Paths = DEFAULT_PATHS): Provider | undefined {
	return CONTRACTS.map((contract) => contract(paths)).find((provider) => provider.id === id);
}
