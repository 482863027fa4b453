/** What a node that sleeps must not get wrong, and no other test of sleeping shows. */
import { clip, NAME, openStage, RENDER } from './stage.mts';

const stage = openStage();
const silent = '[callback=none]';

test('where nothing is signed, an address whose secret is guessed costs no request', async () => {
	const begun = await stage.suspend([`one ${silent}`], clip(), stage.account('kkiai'));
	stage.pass(RENDER + 1);
	const before = stage.sandbox.requests().length;
	const guessed = stage.bellOf(0).replace(/[\w-]+$/, '0'.repeat(24));
	expect(guessed).not.toBe(stage.bellOf(0));
	expect(await stage.ring(guessed)).toBe(401);
	expect(stage.sandbox.requests()).toHaveLength(before);
	expect(stage.room.wakeUps(begun.id)).toBe(0);
	await stage.sleepOn(begun);
});

test('a clip that is first seen when its time is over comes out, if it is ready by then', async () => {
	const begun = await stage.suspend([`one ${silent} [render=30]`], clip({ timeout: 40 }));
	// n8n was down for hours.
	stage.pass(10_000);
	const done = await stage.sleepOn(begun);
	expect(done.items(NAME)[0]?.json.state).toBe('succeeded');
});
