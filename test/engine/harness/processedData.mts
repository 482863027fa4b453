/**
 * Stands for the table `processed_data` in n8n's database, behind `helpers.checkProcessedAndRecord`
 * and its family: one row for each workflow and scope, read, changed and written back whole, in the
 * steps of n8n 2.40 (deduplication-helper). Mode `entries` only.
 */
import { createHash } from 'node:crypto';
import type {
	DeduplicationItemTypes,
	DeduplicationScope,
	ICheckProcessedContextData,
	ICheckProcessedOptions,
	IDataDeduplicator,
	IDeduplicationOutput,
} from 'n8n-workflow';
import { core } from './n8n.mts';

class ProcessedData implements IDataDeduplicator {
	/**
	 * Milliseconds between reading a row and writing it back. Whoever writes meanwhile is undone: that
	 * is how two workers lose each other's entries.
	 */
	delay = 0;
	/** Hashes by workflow and scope. */
	private readonly rows = new Map<string, readonly string[]>();

	/** Forgets the rows of a workflow, or everything; the delay is 0 again. */
	reset(workflowId?: string): void {
		this.delay = 0;
		for (const id of this.rows.keys()) {
			if (workflowId === undefined || id.startsWith(`${workflowId} `)) this.rows.delete(id);
		}
	}

	/** @throws Error when the first two entries of a scope are recorded at once: the row has a primary key */
	async checkProcessedAndRecord(
		items: DeduplicationItemTypes[],
		scope: DeduplicationScope,
		context: ICheckProcessedContextData,
		options: ICheckProcessedOptions,
	): Promise<IDeduplicationOutput> {
		const id = rowOf(scope, context, options);
		const before = await this.read(id);
		const entries = [...(before ?? [])];
		const output: IDeduplicationOutput = { new: [], processed: [] };
		const known = new Set(before);
		for (const item of items) {
			const isKnown = known.has(hash(item));
			(isKnown ? output.processed : output.new).push(item);
			if (!isKnown) entries.push(hash(item));
		}
		if (options.maxEntries) entries.splice(0, entries.length - options.maxEntries);
		if (before === undefined && this.rows.has(id)) {
			throw new Error(
				'SQLITE_CONSTRAINT: UNIQUE constraint failed: processed_data.workflowId, processed_data.context',
			);
		}
		this.rows.set(id, entries);
		return output;
	}

	async removeProcessed(
		items: DeduplicationItemTypes[],
		scope: DeduplicationScope,
		context: ICheckProcessedContextData,
		options: ICheckProcessedOptions,
	): Promise<void> {
		const id = rowOf(scope, context, options);
		const before = await this.read(id);
		if (before === undefined) return;
		const entries = [...before];
		for (const item of items) {
			const at = entries.indexOf(hash(item));
			if (at !== -1) entries.splice(at, 1);
		}
		// An UPDATE: of a row that is gone by now it changes nothing.
		if (this.rows.has(id)) this.rows.set(id, entries);
	}

	async clearAllProcessedItems(
		scope: DeduplicationScope,
		context: ICheckProcessedContextData,
		options: ICheckProcessedOptions,
	): Promise<void> {
		this.rows.delete(rowOf(scope, context, options));
	}

	async getProcessedDataCount(
		scope: DeduplicationScope,
		context: ICheckProcessedContextData,
		options: ICheckProcessedOptions,
	): Promise<number> {
		return (await this.read(rowOf(scope, context, options)))?.length ?? 0;
	}

	private async read(id: string): Promise<readonly string[] | undefined> {
		const row = this.rows.get(id);
		await new Promise((resolve) =>
			this.delay > 0 ? setTimeout(resolve, this.delay) : setImmediate(resolve),
		);
		return row;
	}
}

function rowOf(
	scope: DeduplicationScope,
	{ node, workflow }: ICheckProcessedContextData,
	{ mode }: ICheckProcessedOptions,
): string {
	if (mode !== 'entries') throw new Error(`The mode "${mode}" is not kept here`);
	if (!workflow.id) throw new Error('The workflow has no id');
	if (scope !== 'node') return `${workflow.id} `;
	if (!node) {
		throw new Error("No node information has been provided and so cannot use scope 'node'");
	}
	return `${workflow.id} n:${node.id}`;
}

const hash = (value: DeduplicationItemTypes): string =>
	createHash('md5').update(value.toString()).digest('base64');

/** What n8n's helpers read and write in this process; empty again after each test. */
export const processedData = new ProcessedData();

void core.DataDeduplicationService.init(processedData);
if ('afterEach' in globalThis) afterEach(() => processedData.reset());
