/** What most nodes do, for comparison: one item after the other, asked every 5 s, downloaded into memory. */
import axios from 'axios';

const POLL_EVERY = 5_000;

/** Makes the clips one after another. Resolves to the number of status requests. */
export async function makeClipsSerially(sandboxUrl: string, prompts: readonly string[]): Promise<number> {
	const api = axios.create({
		baseURL: `${sandboxUrl}/ent/v2`,
		headers: { Authorization: 'Token vda_sandbox_key' },
	});
	let requests = 0;
	for (const prompt of prompts) {
		const { data: task } = await api.post<{ task_id: string }>('/reference2video', {
			model: 'viduq2',
			subjects: [{ name: 'cat', images: [`${sandboxUrl}/samples/cat.png`] }],
			prompt,
		});
		for (;;) {
			await new Promise((resolve) => setTimeout(resolve, POLL_EVERY));
			requests += 1;
			const { data } = await api.get<{ state: string; creations: Array<{ url: string }> }>(
				`/tasks/${task.task_id}/creations`,
			);
			if (data.state === 'failed') throw new Error('the task failed');
			const url = data.creations[0]?.url;
			if (data.state !== 'success' || url === undefined) continue;
			await axios.get(url, { responseType: 'arraybuffer' });
			break;
		}
	}
	return requests;
}
