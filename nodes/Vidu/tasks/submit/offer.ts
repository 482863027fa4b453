/** Which row of the catalogue holds for a request, also if its model is in none. Pure. */
import {
	describeModel,
	findRow,
	isKnownModel,
	kindName,
	modelsOf,
	providersOf,
	rowsOf,
	rulesOf,
} from '../../catalogue';
import type { Kind, Row } from '../../catalogue/types';
import { findProvider } from '../../providers';
import type { Provider } from '../../providers/types';

export interface Offered {
	readonly row: Row;
	/** What the user should know about a model of which the catalogue knows nothing here; null if it does. */
	readonly unknown: string | null;
}

/**
 * The row of a model, or why there is none. One that no provider is known to have, such as tomorrow's,
 * gets every field of the kind and no price; so does one that only others are known to offer, if the
 * user wants unknown values sent.
 */
export function offered(
	provider: Provider,
	kind: Kind,
	model: string | null,
	sendUnknown: boolean,
): Offered | string {
	const row = findRow(provider.id, kind, model);
	if (row !== undefined) return { row, unknown: null };
	const offersKind = rowsOf(provider.id, kind).length > 0;
	if (!offersKind || !model || (isKnownModel(model) && !sendUnknown))
		return notOffered(provider, kind, model);
	return {
		row: { kind, model, fields: rulesOf(kind), price: null },
		unknown: unknownModel(provider, kind, model),
	};
}

function unknownModel({ id, name }: Provider, kind: Kind, model: string): string {
	const what = isKnownModel(model)
		? `${name} is not known to offer ${model} for ${kindName(kind)}`
		: `This version of the node does not know the model ${model}`;
	const alike = modelsOf(id, kind).filter((known) => isAlike(known, model));
	const meant = alike.length > 0 ? `. Known names like it: ${alike.join(', ')}` : '';
	return `${what}: nothing was checked, and the price is not known${meant}`;
}

/** Whether a name could be a typing mistake for another; a different number is a different model. */
function isAlike(known: string, typed: string): boolean {
	const digits = (name: string) => name.replace(/\D/g, '');
	return digits(known) === digits(typed) && edits(known, typed.toLowerCase()) <= 2;
}

/** How many characters to insert, remove or replace to get from one text to the other (Levenshtein). */
function edits(from: string, to: string): number {
	let row = Array.from({ length: to.length + 1 }, (_, index) => index);
	for (const [at, character] of [...from].entries()) {
		const next = [at + 1];
		for (const [index, other] of [...to].entries()) {
			const replaced = (row[index] ?? 0) + Number(character !== other);
			next.push(Math.min(replaced, (row[index + 1] ?? 0) + 1, (next[index] ?? 0) + 1));
		}
		row = next;
	}
	return row.at(-1) ?? 0;
}

/** The message that the provider does not offer a model, or the kind at all, and who does. */
export function notOffered({ id, name }: Provider, kind: Kind, model: string | null): string {
	const named = (ids: ReturnType<typeof providersOf>) =>
		ids.map((other) => findProvider(other)?.name ?? other).join(', ');
	const models = modelsOf(id, kind);
	if (models.length === 0) {
		return `${name} does not offer ${kindName(kind)}. Providers that do: ${named(providersOf(kind))}`;
	}
	const others = named(providersOf(kind, model));
	const chosen = model ? describeModel(model).name : 'empty';
	const elsewhere = others === '' ? '' : `. ${chosen} is offered for this by ${others}`;
	const offers = models.map((each) => `${describeModel(each).name} (${each})`).join(', ');
	return `"Model" is ${chosen}, but ${name} offers for ${kindName(kind)}: ${offers}${elsewhere}`;
}
