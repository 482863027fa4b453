/** Holds bodies against their tables with fastify's own validator, and refuses in Vidu's words. */
import AjvCompiler, { type ErrorObject } from '@fastify/ajv-compiler';
import type { Table } from './fields.mts';
import { FORMATS, KEYWORDS } from './keywords.mts';
import type { Body } from './values.mts';
import { invalid, lacking, miscounted, unwanted, type Refusal } from './viduErrors.mts';

const compile = AjvCompiler()(
	{},
	{
		customOptions: {
			coerceTypes: false,
			removeAdditional: false,
			verbose: true,
			strict: false,
			formats: FORMATS,
			keywords: [...KEYWORDS],
		},
	},
);

/** Nothing missing, nothing unknown, every value fitting. @throws {Refusal} that names the field */
export function check(table: Table, body: unknown): Body {
	const fits = compile({ schema: table });
	const [error] = fits(body ?? {}) ? [] : (fits.errors ?? []);
	if (error === undefined) return Object(body);
	throw refusal(error);
}

/** `/subjects/0/images` → `subjects[0].images` */
const pathOf = (pointer: string) =>
	pointer
		.slice(1)
		.replaceAll(/\/(\d+)/g, '[$1]')
		.replaceAll('/', '.');

function refusal(error: ErrorObject): Refusal {
	const { keyword, params, schema, message = '' } = error;
	const at = pathOf(error.instancePath);
	const below = (name: string) => pathOf(`${error.instancePath}/${name}`);
	const range = (unit: string) =>
		['min', 'max'].map((end) => error.parentSchema?.[end + unit] ?? 'any').join(' to ');
	switch (keyword) {
		case 'required':
			return lacking(below(params.missingProperty));
		case 'filled':
			return lacking(at);
		case 'additionalProperties':
			return unwanted(below(params.additionalProperty));
		case 'minItems':
		case 'maxItems':
			return miscounted(at, range('Items'));
		case 'maxImages':
			return miscounted(`${at}.images`, `at most ${schema}`);
		case 'minimum':
		case 'maximum':
			return invalid(at, range('imum'));
		case 'enum':
		case 'endings': {
			const values = Object.values(schema ?? {});
			return invalid(at, `only ${values.join(', ')}`, keyword === 'enum' ? values[0] : undefined);
		}
		default:
			return invalid(at || 'body', message);
	}
}
