/** Operations whose fields, rules and prices stand in the catalogue: only the words are their own. */
import type { INodeProperties } from 'n8n-workflow';
import { operationRows } from '../catalogue';
import type { OperationKind } from '../catalogue/operations/types';
import {
	operationModelFields,
	operationProperties,
	type OperationField,
} from '../fields/operation';
import type { MediaKind } from '../providers/types';
import { requestForOperation } from '../tasks/submit/operationRequest';
import { parameter, textOf } from '../tasks/context/parameters';
import { readOptions } from '../tasks/context/settings';
import { generationOptions, readGenerationOptions } from './generationOptions';
import { notAsTool, optionsField, waitFields } from './options';
import { readFields } from './readFields';
import type { GenerationOperation } from './types';

export interface TableOperation {
	/** As in the output item. */
	readonly name: string;
	readonly task: OperationKind;
	/** What it makes; null where the answer holds no file. */
	readonly makes: MediaKind | null;
	/** The answer is final: there is nothing to wait for. */
	readonly atOnce?: true;
	fields(): readonly OperationField[];
}

/** Options that say nothing where the answer is final and cannot be asked for again, and where it holds no file. */
const WAITING = ['dedupeKey', 'onStop', 'pollInterval'];
const FILES = ['binaryPropertyName', 'downloadCover'];
/** Options that say nothing where nothing is charged. */
const COSTS = ['checkBalance', 'maxCredits'];

/** The operation of these fields. */
export function tableOperation(operation: TableOperation): GenerationOperation {
	const { name, task, makes } = operation;
	const labels = () => [
		...operation.fields(),
		...generationOptions().map(({ name: key, displayName: label }) => ({ key, label })),
	];
	return {
		name,
		makes: makes ?? 'video',
		properties: () => propertiesOf(operation),
		buildRequest: async (session, itemIndex) => {
			const { context } = session;
			const fields = operation.fields();
			const [first] = operationRows('vidu', task);
			const given = readOptions(context, itemIndex);
			const values = await readFields(
				context,
				itemIndex,
				fields,
				first?.fields ?? {},
				(key, field) => (field.optional ? given[key] : parameter(context, key, itemIndex)),
			);
			const model = textOf(parameter(context, 'model', itemIndex), 'Model') ?? first?.model ?? null;
			const options = Object.entries(readGenerationOptions(context, itemIndex)).filter(
				([key, value]) => value !== undefined && !fields.some((field) => field.key === key),
			);
			return requestForOperation(session, {
				task,
				model,
				values,
				options: Object.fromEntries(options),
				labels: labels(),
			});
		},
	};
}

function propertiesOf({ task, makes, atOnce, fields }: TableOperation): INodeProperties[] {
	const [first] = operationRows('vidu', task);
	const shown = (optional: boolean) =>
		fields()
			.filter((field) => (field.optional ?? false) === optional)
			.flatMap((field) => operationProperties(task, field));
	const without = [
		...(atOnce ? WAITING : []),
		...(first?.price?.by === 'task' && first.price.credits === 0 ? COSTS : []),
		...(makes === null ? FILES : makes === 'video' ? [] : ['downloadCover']),
	];
	const wait = waitFields(makes ?? 'video').filter(({ name }) =>
		name === 'waitMode' ? !atOnce : makes !== null,
	);
	return [
		...operationModelFields(task),
		...shown(false),
		...(atOnce ? wait.map((field) => ({ ...field, displayOptions: notAsTool })) : wait),
		optionsField(first?.options ?? [], { also: shown(true), without }),
	];
}
