/** Clips made side by side in the real n8n become one film, which Chromium plays to its end. */
import { output } from '../../scripts/n8nClient.mts';
import { chain, node, start } from '../engine/harness/workflow.mts';
import { look } from '../unit/join/clips.mts';
import { clip, rows } from './flows.mts';
import { useEditor } from './editor.mts';
import { expectToPlay } from './player.mts';

const SHOTS = ['A boat leaves', 'The boat at sea', 'The boat arrives'];
const SECONDS = 2;

const stage = useEditor();

test('three clips, one of them silent, are one film that plays from its first to its last picture', async () => {
	const { credential, client } = stage.session;
	const parameters = {
		model: 'viduq3-turbo',
		duration: SECONDS,
		audio: '={{ $itemIndex !== 1 }}',
		downloadVideo: true,
	};
	const join = node({
		name: 'Film',
		type: 'n8n-nodes-vidu.vidu',
		parameters: { resource: 'video', operation: 'join' },
		credentials: { viduApi: { id: credential.id, name: credential.name } },
	});
	const nodes = [rows(SHOTS), clip('Shot', credential, { parameters }), join];
	const workflow = { name: 'Three shots', settings: {}, ...chain(nodes) };
	const done = await client.ended(await client.run(await client.createWorkflow(workflow), start));
	expect(done.error).toBeUndefined();
	const [item] = output(done, 'Film');
	const length = SHOTS.length * SECONDS;
	expect(item?.json).toMatchObject({ operation: 'join', clips: SHOTS.length, duration: length });
	const bytes = await client.binary(item!);
	const film = await look(bytes);
	expect(film.pictures.end).toBeCloseTo(length, 3);
	expect(Math.abs((film.sound?.end ?? 0) - length)).toBeLessThan(0.02);

	await expectToPlay(stage.editor, bytes, length, film.pictures.packets.length);
});
