/**
 * A provider that is newer than its documents: it takes models and values that they do not know, and
 * ignores fields that they do not list.
 */
import { isObject } from '../documents/values.mts';
import { Refusal } from '../documents/viduErrors.mts';
import type { Draft } from './orders.mts';

/** Reads without what the documents do not know; the clip and its price are what they give instead. */
export function readNewer(read: (parameters: unknown) => Draft, parameters: unknown): Draft {
	const known: unknown = structuredClone(parameters);
	for (;;) {
		try {
			const draft = read(known);
			if (!isObject(parameters) || typeof parameters.model !== 'string') return draft;
			const { model } = parameters;
			return { ...draft, model, echo: { ...draft.echo, model } };
		} catch (error) {
			if (!(error instanceof Refusal) || error.field === undefined) throw error;
			replace(known, error.field, error.instead);
		}
	}
}

/** @param path such as `subjects[0].voice` */
function replace(body: unknown, path: string, value: unknown): void {
	const steps = path.split(/[.[\]]+/).filter((step) => step !== '');
	const last = steps.pop() ?? '';
	const owner = steps.reduce<unknown>((inner, step) => Object(inner)[step], body);
	if (value === undefined) Reflect.deleteProperty(Object(owner), last);
	else Reflect.set(Object(owner), last, value);
}
