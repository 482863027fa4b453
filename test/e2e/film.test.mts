/** A film of eight shots with two characters, made while its node sleeps in the real n8n. */
import { output } from '../../scripts/n8nClient.mts';
import { chain, node, start } from '../engine/harness/workflow.mts';
import { look } from '../unit/join/clips.mts';
import { useEditor } from './editor.mts';
import { expectToPlay } from './player.mts';
import { code } from './flows.mts';

const SHOTS = 8;
const SECONDS = 3;

const stage = useEditor();

const shotList = (prompts: readonly string[]) => ({
	title: 'Two friends',
	defaults: { model: 'viduq3', duration: SECONDS, resolution: '540p', audio: true },
	subjects: ['cat', 'robot'].map((name) => ({
		name,
		images: [`${stage.session.sandboxUrl}/samples/${name}.png`],
	})),
	shots: prompts.map((prompt) => ({ prompt })),
});

/** A workflow whose list comes from an item, as from an LLM. */
function film(prompts: readonly string[]) {
	const { id, name } = stage.session.credential;
	const nodes = [
		code('List', `return [{ json: ${JSON.stringify(shotList(prompts))} }]`),
		node({
			name: 'Film',
			id: crypto.randomUUID(),
			type: 'n8n-nodes-vidu.vidu',
			credentials: { viduApi: { id, name } },
			parameters: {
				resource: 'film',
				operation: 'make',
				specifyShots: 'json',
				shotList: '={{ $json }}',
				waitMode: 'suspend',
				options: { maxConcurrency: SHOTS },
			},
		}),
	];
	return { name: 'A film', ...chain(nodes) };
}

const numbered = (count: number) =>
	Array.from(
		{ length: count },
		(_, index) => `@${['cat', 'robot'][index % 2]} in shot ${index + 1}`,
	);

test('eight shots are paid for once each, and are one film that plays to its end', async () => {
	const before = (await stage.session.billed()).size;
	const { client } = stage.session;
	const prompts = numbered(SHOTS);
	const id = await client.createWorkflow(film(prompts));
	const done = await client.ended(await client.run(id, start), 200);
	expect(done.error).toBeUndefined();
	const [item] = output(done, 'Film');
	const shots = item?.json.shots as Array<{ taskId: string; prompt: string }>;
	expect(shots.map(({ prompt }) => prompt)).toEqual(prompts);
	const billed = await stage.session.billed();
	expect(shots.filter(({ taskId }) => billed.has(taskId))).toHaveLength(SHOTS);
	expect(billed.size - before).toBe(SHOTS);
	const length = SHOTS * SECONDS;
	expect(item?.json).toMatchObject({ title: 'Two friends', state: 'succeeded', duration: length });
	const bytes = await client.binary(item!);
	const { pictures, sound } = await look(bytes);
	expect(pictures.end).toBeCloseTo(length, 3);
	// In step within half a frame of sound (test/unit/join); the last one is kept whole.
	expect(Math.abs((sound?.end ?? 0) - length)).toBeLessThanOrEqual(1024 / 48_000 + 1e-6);
	await expectToPlay(stage.editor, bytes, length, pictures.packets.length);
});
