/** A film with the same two characters in its shots, as a workflow, and a frame of each shot as one picture. */
import type { Page } from 'playwright-core';
import { chain, node, start } from '../test/engine/harness/workflow.mts';
import { output } from './n8nClient.mts';
import type { Stage } from './stage.mts';

export const FILM = 'Film';

const PROMPTS = [
	'@cat and @robot look out of a window at the rain',
	'@robot opens an umbrella in the garden, @cat waits at the door',
	'@cat and @robot walk home under the umbrella',
];

/** A film of two characters in the fields of the node; `duration` of each shot in seconds. */
export function filmParameters(sandboxUrl: string, prompts: readonly string[], duration: number) {
	const subject = ['cat', 'robot'].map((name) => ({
		name,
		imageUrls: [`${sandboxUrl}/samples/${name}.png`],
	}));
	const shot = prompts.map((prompt) => ({ prompt, duration }));
	return { resource: 'film', operation: 'make', subjects: { subject }, shots: { shot } };
}

/** The list of shots is written in the fields of the node. */
export function filmWorkflow({ sandbox, credential: { id, name } }: Stage) {
	const film = node({
		name: FILM,
		type: 'n8n-nodes-vidu.vidu',
		credentials: { viduApi: { id, name } },
		parameters: {
			...filmParameters(sandbox.url, PROMPTS, 3),
			title: 'Rainy day',
			look: { model: 'viduq3', resolution: '720p' },
			options: { outputShots: true, pollInterval: 1 },
		},
	});
	return { name: 'A film from its shots', ...chain([film]) };
}

/** Makes the film and shows the middle of each shot side by side. */
export async function showFrames(stage: Stage, page: Page, workflowId: string): Promise<void> {
	const { client } = stage.n8n;
	const done = await client.ended(await client.run(workflowId, start));
	const [item] = output(done, FILM);
	if (item === undefined) throw new Error(`There is no film: ${done.error?.message}`);
	const shots = await Promise.all(
		PROMPTS.map(async (_, index) => await client.binary(item, `shot${index + 1}`)),
	);
	const figures = shots.map(
		(
			bytes,
			index,
		) => `<figure><video muted src="data:video/mp4;base64,${bytes.toString('base64')}"></video>
			<figcaption>${PROMPTS[index]}</figcaption></figure>`,
	);
	await page.setContent(`<style>
		body { margin: 0; display: flex; gap: 12px; font: 15px/1.4 sans-serif; color: #333 }
		figure { margin: 0; flex: 1 } video { width: 100%; border-radius: 6px } figcaption { margin-top: 6px }
	</style>${figures.join('')}`);
	await page.evaluate(`Promise.all([...document.querySelectorAll('video')].map((video) =>
		new Promise((resolve, reject) => {
			video.onseeked = resolve;
			video.onerror = () => reject(new Error(video.error.message));
			video.currentTime = 1.5;
		})))`);
}
