/** Values of a body whose fields were checked before; what is absent or of another kind is empty. */
import type { Body } from './fields.mts';

export const text = (body: Body, field: string) => {
	const value = body[field];
	return typeof value === 'string' ? value : '';
};

export const integer = (body: Body, field: string) => {
	const value = body[field];
	return typeof value === 'number' ? value : undefined;
};

export const flag = (body: Body, field: string) => {
	const value = body[field];
	return typeof value === 'boolean' ? value : undefined;
};

export const strings = (body: Body, field: string) => {
	const value = body[field];
	return Array.isArray(value)
		? value.filter((entry): entry is string => typeof entry === 'string')
		: [];
};

/** The objects of a list. */
export const objects = (body: Body, field: string) => {
	const value = body[field];
	return Array.isArray(value) ? value.filter(isBody) : [];
};

const isBody = (value: unknown): value is Body => typeof value === 'object' && value !== null;
