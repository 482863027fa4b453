/** Look-ups of the operations beside the clips, by provider. */
import type { ProviderId } from '../types';
import { audioRows } from './audio';
import { imageRows } from './image';
import { libraryRows } from './library';
import { peopleRows } from './people';
import { videoRows } from './video';
import type { OperationRow, OperationTask } from './types';

export { estimateOperation, partsOf } from './price';

const viduRows: readonly OperationRow[] = [
	...videoRows,
	...peopleRows,
	...imageRows,
	...audioRows,
	...libraryRows,
];

const of = (task: OperationTask) => viduRows.filter((row) => row.task === task);

/** What a gateway offers as Vidu does; it charges in money of its own, and calls nobody back. */
function atGateway(rows: readonly OperationRow[], source: string): OperationRow[] {
	return rows.map((row) => ({
		...row,
		options: row.options.filter((option) => option !== 'callbackUrl'),
		price: null,
		sources: [source],
		note: undefined,
	}));
}

/** JieKou's template page has 16:9 and 9:16 only. */
function withoutSquare(row: OperationRow): OperationRow {
	const aspectRatio = { kind: 'choice', values: ['16:9', '9:16'], preset: '16:9' } as const;
	return { ...row, fields: { ...row.fields, aspectRatio } };
}

const ROWS: Readonly<Record<ProviderId, readonly OperationRow[]>> = {
	vidu: viduRows,
	custom: viduRows,
	// It passes Vidu's own body on and charges in Vidu's credits.
	kkiai: of('referenceToImage').map((row) => ({
		...row,
		sources: ['docs.kkiai.com/Other-Model-APIs/vidu-api/create-image-generation-task.html'],
	})),
	octopusx: [],
	vtrix: atGateway(
		[...of('extend'), ...of('referenceToImage').filter(({ model }) => model === 'viduq2')],
		'VtrixAI/vtrix-cli, skills/video: model ids',
	),
	jiekou: atGateway(
		[...of('multiFrame'), ...of('template').map(withoutSquare)],
		'docs.jiekou.ai: model list, template2video',
	),
};

/** What a provider takes for an operation, a row for each model, the recommended first; empty where it is not offered. */
export function operationRows(provider: ProviderId, task: OperationTask): OperationRow[] {
	return ROWS[provider].filter((row) => row.task === task);
}

/** The providers that offer an operation, Vidu first, without `custom`, of which nothing is known. */
export function operationProviders(task: OperationTask): ProviderId[] {
	return (Object.keys(ROWS) as ProviderId[]).filter(
		(provider) => provider !== 'custom' && operationRows(provider, task).length > 0,
	);
}
