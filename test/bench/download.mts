/**
 * One process that downloads a result and says how much memory that took at its peak:
 * `tsx test/bench/download.mts node|buffered <sandbox url> <megabytes>`.
 */
import { createRequire } from 'node:module';
import axios from 'axios';
import { binaryData, setBinaryMode } from '../engine/harness/n8n.mts';
import { makeClips } from './workflow.mts';

const [how, sandboxUrl = '', megabytes = '200'] = process.argv.slice(2);

/** Through the node: streamed into n8n's storage. */
async function throughNode(size: string): Promise<void> {
	await makeClips(sandboxUrl, [`@cat [size=${size}]`]);
}

/** The usual way: the whole answer in memory, then into the same storage. */
async function buffered(size: string): Promise<void> {
	await setBinaryMode('filesystem');
	const run = await makeClipUrl(size);
	const { data } = await axios.get<Buffer>(run, { responseType: 'arraybuffer' });
	await binaryData.store(
		{ type: 'execution', workflowId: 'bench', executionId: 'bench' },
		Buffer.from(data),
		{ mimeType: 'video/mp4', data: '' },
	);
}

async function makeClipUrl(size: string): Promise<string> {
	const api = axios.create({
		baseURL: `${sandboxUrl}/ent/v2`,
		headers: { Authorization: 'Token vda_sandbox_key' },
	});
	const { data: task } = await api.post<{ task_id: string }>('/reference2video', {
		model: 'viduq2',
		subjects: [{ name: 'cat', images: [`${sandboxUrl}/samples/cat.png`] }],
		prompt: `@cat [size=${size}]`,
	});
	for (;;) {
		await new Promise((resolve) => setTimeout(resolve, 200));
		const { data } = await api.get<{ creations: Array<{ url: string }> }>(
			`/tasks/${task.task_id}/creations`,
		);
		const url = data.creations[0]?.url;
		if (url !== undefined) return url;
	}
}

/** Highest resident memory while `work` runs, over that before, in megabytes. */
async function peakAdded(work: () => Promise<void>): Promise<number> {
	(globalThis as { gc?: () => void }).gc?.();
	const before = process.memoryUsage.rss();
	let peak = before;
	const watch = setInterval(() => {
		peak = Math.max(peak, process.memoryUsage.rss());
	}, 2);
	await work();
	clearInterval(watch);
	return (Math.max(peak, process.memoryUsage.rss()) - before) / 1e6;
}

const download = how === 'buffered' ? buffered : throughNode;
// Once small, so that code and buffers that any run needs are there before the measurement.
await download('1');
const added = await peakAdded(async () => await download(megabytes));
createRequire(import.meta.url)('node:fs').writeSync(1, `${added.toFixed(1)}\n`);
process.exit(0);
