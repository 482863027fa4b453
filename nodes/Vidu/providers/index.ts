/** The registry of providers: a new one is one file and one line here, in the order of the credential's list. */
import type { ProviderId } from '../catalogue/types';
import { custom } from './custom';
import { jiekou } from './jiekou';
import { kkiai } from './kkiai';
import { octopusx } from './octopusx';
import { own } from './read';
import type { Connection, Provider } from './types';
import { vidu } from './vidu';
import { vtrix } from './vtrix';

/** What of a gateway's format the credential says; only `custom` reads all of it. */
type Spelling = Pick<Connection, 'pathPrefix' | 'queryPath' | 'subjectKey'>;

/** Vidu's own, from which a gateway's may differ. */
export const DEFAULT_SPELLING: Spelling = {
	pathPrefix: '/ent/v2',
	queryPath: '/tasks/{id}/creations',
	subjectKey: 'name',
};

const CONTRACTS: Readonly<Record<ProviderId, (spelling: Spelling) => Provider>> = {
	vidu: () => vidu,
	octopusx: () => octopusx,
	kkiai,
	vtrix: () => vtrix,
	jiekou: () => jiekou,
	custom,
};

/** All providers, in the order of the credential's list. */
export const PROVIDERS = Object.values(CONTRACTS).map((contract) => contract(DEFAULT_SPELLING));

/** The provider with an ID; undefined if there is none. */
export function findProvider(id: string, spelling = DEFAULT_SPELLING): Provider | undefined {
	return own(CONTRACTS, id)?.(spelling);
}
