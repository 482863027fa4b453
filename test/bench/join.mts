/**
 * One process that joins clips and says how many megabytes of memory that took at its peak:
 * `tsx test/bench/join.mts <address of a small clip> <addresses of the clips> …`.
 */
import { account } from '../engine/harness/clip.mts';
import { runWorkflow } from '../engine/harness/run.mts';
import { chain, node } from '../engine/harness/workflow.mts';
import { peakAdded, tell } from './peak.mts';

const [small = '', ...large] = process.argv.slice(2);

async function join(videoUrls: readonly string[]): Promise<void> {
	const film = node({
		name: 'Film',
		type: 'n8n-nodes-vidu.vidu',
		credentials: { viduApi: { id: '1', name: 'Vidu' } },
		parameters: {
			resource: 'video',
			operation: 'join',
			clipsFrom: 'urls',
			videoUrls: [...videoUrls],
		},
	});
	const done = await runWorkflow(chain([film]), account(''));
	if (done.error) throw done.error;
	if (!done.items('Film')[0]?.binary?.data) throw new Error('There is no film');
}

// Once small, so that code and buffers that any run needs are there before the measurement.
await join([small, small]);
tell(await peakAdded(async () => await join(large)));
