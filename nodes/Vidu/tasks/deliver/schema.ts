/**
 * What output items have, in the words of JSON Schema: n8n shows it before a node has run, agents choose
 * from it, and TypeScript takes the types of the items from it.
 */

/** OpenAPI's word, because n8n shows the fields of an object only if its type is not a list. */
interface Nullable {
	readonly nullable?: true;
}

export type Schema = Nullable &
	(
		| { readonly type: 'string' | 'number' | 'boolean' }
		/** Without `items` it is empty, or each provider has entries of its own. */
		| { readonly type: 'array'; readonly items?: Schema }
		| {
				readonly type: 'object';
				readonly properties?: Fields;
				/** It comes from the provider, who may add to it. */
				readonly additionalProperties?: true;
		  }
	);

export type Fields = Readonly<Record<string, Schema>>;

interface Plain {
	string: string;
	number: number;
	boolean: boolean;
}

type Null<S> = S extends { nullable: true } ? null : never;

export type ValueOf<S> =
	| Null<S>
	| (S extends { type: keyof Plain }
			? Plain[S['type']]
			: S extends { items: infer Entry }
				? ReadonlyArray<ValueOf<Entry>>
				: S extends { type: 'array' }
					? readonly unknown[]
					: S extends { additionalProperties: true }
						? object
						: S extends { properties: infer Properties }
							? ItemOf<Properties>
							: never);

/** An item with these fields. */
export type ItemOf<F> = { readonly [Name in keyof F]: ValueOf<F[Name]> };

export const TEXT = { type: 'string' } as const;
export const NUMBER = { type: 'number' } as const;
export const SWITCH = { type: 'boolean' } as const;

/** Null where there is no such value. */
export const orNull = <S extends Schema>(schema: S) => ({ ...schema, nullable: true }) as const;
export const listOf = <S extends Schema>(items: S) => ({ type: 'array', items }) as const;
export const objectOf = <F extends Fields>(properties: F) =>
	({ type: 'object', properties }) as const;

/** An object of the provider, with these fields as far as they are documented. */
export const providersOwn = <F extends Fields>(properties: F) =>
	({ type: 'object', properties, additionalProperties: true }) as const;
