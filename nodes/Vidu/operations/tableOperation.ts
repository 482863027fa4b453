/** Operations whose fields, rules and prices are in the catalogue: they only add the words. */
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { rowsOf, rulesOf } from '../catalogue';
import { isFree } from '../catalogue/rates';
import type { FieldName, Rules } from '../catalogue/rules';
import type { Kind, Row } from '../catalogue/types';
import { modelFields } from '../fields/model';
import { optionProperties } from '../fields/options';
import { fieldProperties, type Condition } from '../fields/perModel';
import { priceNotice } from '../fields/prices';
import type { Words, WordsByName, WordsOf } from '../fields/words';
import { MEDIA_KINDS, type MediaKind } from '../providers/types';
import { mediaLabel } from '../tasks/context/settings';
import { taskFields, type SomeField } from '../tasks/deliver/fields';
import { requestFor } from '../tasks/submit/request';
import {
	deliveryOptions,
	notAsTool,
	optionsFields,
	runOptions,
	unknownOptions,
	waitFields,
} from './options';
import { readAsked } from './readValues';
import { withSourceLength } from './video/sourceLength';
import type { GenerationOperation, Listing } from './types';

interface Table<K extends Kind> {
	/** The create response is final: there is nothing to wait for. */
	readonly atOnce?: true;
	/** What its items have besides its files. */
	readonly gives?: readonly SomeField[];
	/** In the order of the panel, including those that depend on the model, such as the duration. */
	fields(): WordsOf<K>;
}

/** An operation of one kind, as the Vidu node lists it; it makes files of the resource's name. */
interface TableOperation<K extends Kind> extends Table<K>, Listing {
	readonly kind: K;
	/** As in the output item, if it is not the kind. */
	readonly name?: string;
}

/** An operation of several kinds. */
interface ChosenOperation<K extends Kind> extends Table<K> {
	/** As in the output item. */
	readonly name: string;
	/** What it makes; null if the response contains no file. */
	readonly makes: MediaKind | null;
	/** The parameter that chooses between the kinds, if there are several. */
	chooser?(): INodeProperties;
	readonly conditions: ReadonlyArray<Condition & { readonly kind: K }>;
	/**
	 * The kind that an item chooses.
	 * @throws Error if the chooser's value cannot be understood
	 */
	kindOf(context: IExecuteFunctions, itemIndex: number): K;
}

const FILE_FIELDS = {
	video: ['video', 'creationIds'],
	image: ['images', 'creationIds'],
	audio: ['audios', 'creationIds'],
} as const;

/** Options without meaning if the create response is final, and if it contains no file. */
const WAITING = ['dedupeKey', 'onStop', 'pollInterval'];
const FILES = ['binaryPropertyName', 'downloadCover'];
/** Options without meaning if nothing is charged. */
const COSTS = ['checkBalance', 'maxCredits'];

/** The operation of these fields. */
export function tableOperation<K extends Kind>(
	operation: TableOperation<K>,
): GenerationOperation & Listing {
	const { kind, resource, name = kind } = operation;
	const makes = MEDIA_KINDS.find((each) => each === resource) ?? null;
	const conditions = [{ kind, show: { resource: [resource], operation: [name] } }];
	const chosen = { ...operation, name, makes, conditions, kindOf: () => kind };
	return { ...operation, ...chosenOperation(chosen) };
}

/** The operation of these kinds. */
export function chosenOperation<K extends Kind>(
	operation: ChosenOperation<K>,
): GenerationOperation {
	const { name, makes, atOnce, conditions, chooser, kindOf } = operation;
	const kinds = conditions.map(({ kind }) => kind);
	return {
		name,
		makes: makes ?? 'video',
		output: taskFields(...(makes === null ? [] : FILE_FIELDS[makes]), ...(operation.gives ?? [])),
		properties: () => [
			...(chooser ? [chooser()] : []),
			...modelFields(conditions),
			...propertiesOf(operation.fields(), conditions, makes, atOnce),
		],
		buildRequest: async (session, itemIndex) => {
			const kind = kindOf(session.context, itemIndex);
			const asked = await readAsked(session.context, itemIndex, kind, kinds);
			return requestFor(session, await withSourceLength(session.context, itemIndex, asked));
		},
	};
}

function propertiesOf(
	words: WordsByName,
	conditions: readonly Condition[],
	makes: MediaKind | null,
	atOnce = false,
): INodeProperties[] {
	const kinds = conditions.map(({ kind }) => kind);
	const rules: Rules = Object.assign({}, ...kinds.map(rulesOf));
	const own = Object.entries(words).flatMap(([name, word]: [string, Words]) =>
		rules[name as FieldName]?.option ? [] : fieldProperties(conditions, name as FieldName, word),
	);
	const prices = kinds.flatMap((kind): readonly Row[] => rowsOf('vidu', kind));
	const costsNothing = prices.every(({ price }) => isFree(price));
	const without = [
		...(atOnce ? WAITING : []),
		...(costsNothing ? COSTS : []),
		...(makes === null ? FILES : makes === 'video' ? [] : ['downloadCover']),
	];
	const wait = waitFields(makes ?? 'video').filter(({ name }) =>
		name === 'waitMode' ? !atOnce : makes !== null,
	);
	return [
		...own,
		...prices.slice(0, 1).flatMap(priceNotice),
		...(atOnce ? wait.map((field) => ({ ...field, displayOptions: notAsTool })) : wait),
		...optionsFields(
			optionProperties(kinds, words),
			[...unknownOptions(), ...deliveryOptions(), ...runOptions()].filter(
				({ name }) => !without.includes(name),
			),
			makes === null ? 'Request' : mediaLabel(makes),
		),
	];
}
