/** What models are for: the kinds of requests that have any. */
import type { INodePropertyOptions } from 'n8n-workflow';
import { kindLabel, KINDS, modelsOf } from '../../catalogue';
import type { Kind } from '../../catalogue/types';

/** In the order of their labels. */
export const modelKinds = (): Kind[] =>
	KINDS.filter((kind) => modelsOf('vidu', kind).length > 0).sort((a, b) =>
		kindLabel(a) < kindLabel(b) ? -1 : 1,
	);

/** The kinds as choices of a field. */
export const kindOptions = (): INodePropertyOptions[] =>
	modelKinds().map((kind) => ({ name: kindLabel(kind), value: kind }));
