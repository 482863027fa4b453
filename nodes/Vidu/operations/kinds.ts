/** The kinds of requests to choose from, in the order of their labels. */
import type { INodePropertyOptions } from 'n8n-workflow';
import { isPriced, kindLabel, KINDS, modelsOf } from '../catalogue';
import type { Kind } from '../catalogue/types';

/** What models are for. */
export const modelKinds = (): Kind[] => KINDS.filter((kind) => modelsOf('vidu', kind).length > 0);

/** What has a known price. */
export const pricedKinds = (): Kind[] => KINDS.filter(isPriced);

export const kindOptions = (kinds: readonly Kind[]): INodePropertyOptions[] =>
	kinds.map((kind) => ({ name: kindLabel(kind), value: kind }));
