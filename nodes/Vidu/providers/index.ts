/** The registry of wire contracts: a new provider is one file and one line here. */
import type { ProviderId } from '../catalogue/types';
import type { Provider } from './types';
import { vidu } from './vidu';

export const PROVIDERS: readonly Provider[] = [vidu];

/** The contract of a provider id, or undefined for an id that has none. */
export function findProvider(id: ProviderId): Provider | undefined {
	return PROVIDERS.find((provider) => provider.id === id);
}
