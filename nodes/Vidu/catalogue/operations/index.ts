/** Look-ups of the operations beside the clips, by provider. */
import type { ProviderId } from '../types';
import { audioRows } from './audio';
import { imageRows } from './image';
import { libraryRows } from './library';
import { peopleRows } from './people';
import { videoRows } from './video';
import type { OperationRow, OperationKind } from './types';

export { estimateOperation, partsOf } from './price';

let rows: readonly OperationRow[] | undefined;

/** Made when they are asked for: n8n loads every node when it starts. */
function viduRows(): readonly OperationRow[] {
	rows ??= [...videoRows(), ...peopleRows(), ...imageRows(), ...audioRows(), ...libraryRows()];
	return rows;
}

const of = (task: OperationKind) => viduRows().filter((row) => row.task === task);

/** What a gateway offers as Vidu does; it charges in money of its own, and calls nobody back. */
function atGateway(rows: readonly OperationRow[]): OperationRow[] {
	return rows.map((row) => ({
		...row,
		options: row.options.filter((option) => option !== 'callbackUrl'),
		price: null,
	}));
}

/** JieKou's template page has 16:9 and 9:16 only. */
function withoutSquare(row: OperationRow): OperationRow {
	const aspectRatio = { kind: 'choice', values: ['16:9', '9:16'], preset: '16:9' } as const;
	return { ...row, fields: { ...row.fields, aspectRatio } };
}

/**
 * Sources: docs.kkiai.com, create-image-generation-task (Vidu's own body and credits);
 * VtrixAI/vtrix-cli, skills/video (model ids); docs.jiekou.ai (model list, template2video).
 */
const ROWS: Readonly<Record<ProviderId, () => readonly OperationRow[]>> = {
	vidu: viduRows,
	custom: viduRows,
	kkiai: () => of('referenceToImage'),
	octopusx: () => [],
	vtrix: () =>
		atGateway([
			...of('extend'),
			...of('referenceToImage').filter(({ model }) => model === 'viduq2'),
		]),
	jiekou: () => atGateway([...of('multiFrame'), ...of('template').map(withoutSquare)]),
};

/** What a provider takes for an operation, a row for each model, the recommended first; empty where it is not offered. */
export function operationRows(provider: ProviderId, task: OperationKind): OperationRow[] {
	return ROWS[provider]().filter((row) => row.task === task);
}

/** The providers that offer an operation, Vidu first, without `custom`, of which nothing is known. */
export function operationProviders(task: OperationKind): ProviderId[] {
	return (Object.keys(ROWS) as ProviderId[]).filter(
		(provider) => provider !== 'custom' && operationRows(provider, task).length > 0,
	);
}
