/** Kinds of request that have no models. */
import type { Kind, Row, RowOf, RulesOf, VideoKind } from '../types';

/** The only row of such a kind. */
export const withoutModels =
	<K extends Exclude<Kind, VideoKind>>(
		kind: K,
		row: Pick<Row, 'price' | 'oneOf' | 'someOf'> & { readonly fields: RulesOf<K> },
	) =>
	(): ReadonlyArray<RowOf<K>> => [{ ...row, kind, model: null } as RowOf<K>];
