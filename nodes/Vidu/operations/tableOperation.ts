/** Operations whose fields, rules and prices are in the catalogue: they only add the words. */
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { rowsOf, rulesOf } from '../catalogue';
import type { FieldName, Rules } from '../catalogue/rules';
import type { Kind, Row } from '../catalogue/types';
import { modelFields } from '../fields/model';
import { optionProperties } from '../fields/options';
import { fieldProperties, type Condition } from '../fields/perModel';
import type { Words, WordsByName, WordsOf } from '../fields/words';
import type { MediaKind } from '../providers/types';
import { requestFor } from '../tasks/submit/request';
import { notAsTool, optionsField, waitFields } from './options';
import { readAsked } from './readValues';
import type { GenerationOperation, Listing } from './types';

interface Table<K extends Kind> {
	/** As in the output item. */
	readonly name: string;
	/** What it makes; null if the response contains no file. */
	readonly makes: MediaKind | null;
	/** The create response is final: there is nothing to wait for. */
	readonly atOnce?: true;
	/** In the order of the panel, including those that depend on the model, such as the duration. */
	fields(): WordsOf<K>;
}

/** An operation of one kind, as the Vidu node lists it. */
export interface TableOperation<K extends Kind> extends Table<K>, Listing {
	readonly kind: K;
}

/** An operation of several kinds. */
export interface ChosenOperation<K extends Kind> extends Table<K> {
	/** The parameter that chooses between the kinds. */
	chooser(): INodeProperties;
	readonly conditions: ReadonlyArray<Condition & { readonly kind: K }>;
	/**
	 * The kind that an item chooses.
	 * @throws Error if the chooser's value cannot be understood
	 */
	kindOf(context: IExecuteFunctions, itemIndex: number): K;
}

/** Options without meaning if the create response is final, and if it contains no file. */
const WAITING = ['dedupeKey', 'onStop', 'pollInterval'];
const FILES = ['binaryPropertyName', 'downloadCover'];
/** Options without meaning if nothing is charged. */
const COSTS = ['checkBalance', 'maxCredits'];

/** The operation of these fields. */
export function tableOperation<K extends Kind>(
	operation: TableOperation<K>,
): GenerationOperation & Listing {
	const { kind, name, resource, label, action, description } = operation;
	const show = { resource: [resource], operation: [name] };
	return {
		...{ resource, label, action, description },
		...chosenOperation({
			...operation,
			conditions: [{ kind, show }],
			kindOf: () => kind,
			chooser: undefined,
		}),
	};
}

/** The operation of these kinds. */
export function chosenOperation<K extends Kind>(
	operation: Omit<ChosenOperation<K>, 'chooser'> & Partial<Pick<ChosenOperation<K>, 'chooser'>>,
): GenerationOperation {
	const { name, makes, conditions, chooser, kindOf } = operation;
	return {
		name,
		makes: makes ?? 'video',
		properties: () => [
			...(chooser === undefined ? [] : [chooser()]),
			...modelFields(conditions),
			...propertiesOf(operation, conditions),
		],
		buildRequest: async (session, itemIndex) => {
			const kind = kindOf(session.context, itemIndex);
			const kinds = conditions.map((each) => each.kind);
			return requestFor(session, await readAsked(session.context, itemIndex, kind, kinds));
		},
	};
}

function propertiesOf(
	{ fields, makes, atOnce }: Omit<Table<Kind>, 'fields'> & { fields(): WordsByName },
	conditions: readonly Condition[],
): INodeProperties[] {
	const kinds = conditions.map(({ kind }) => kind);
	const rules: Rules = Object.assign({}, ...kinds.map(rulesOf));
	const words = fields();
	const own = Object.entries(words).flatMap(([name, word]: [string, Words]) =>
		rules[name as FieldName]?.option ? [] : fieldProperties(conditions, name as FieldName, word),
	);
	const prices = kinds.flatMap((kind): readonly Row[] => rowsOf('vidu', kind));
	const isFree = prices.every(({ price }) => price?.by === 'task' && price.credits === 0);
	const without = [
		...(atOnce ? WAITING : []),
		...(isFree ? COSTS : []),
		...(makes === null ? FILES : makes === 'video' ? [] : ['downloadCover']),
	];
	const wait = waitFields(makes ?? 'video').filter(({ name }) =>
		name === 'waitMode' ? !atOnce : makes !== null,
	);
	return [
		...own,
		...(atOnce ? wait.map((field) => ({ ...field, displayOptions: notAsTool })) : wait),
		optionsField(optionProperties(kinds, words), without),
	];
}
