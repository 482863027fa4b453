/** What operations cost, before and after: limits, estimates and money, in n8n's engine. */
import { errorText } from '../harness/clip.mts';
import { CLIP, quick, useStage } from './vidu.mts';

const stage = useStage();

const lipSync = { videoUrl: CLIP, text: 'A text of twenty-nine letters' };
const sent = () => stage.bodies('/lip-sync');

test('Max Credits refuses a lip sync of unknown length with its rate and what would bound it', async () => {
	const options = { maxCredits: 1000 };
	const done = await stage.run('video', 'lipSync', { ...lipSync, options });
	expect(errorText(done)).toContain('up to 2400 credits ($12.00)');
	expect(errorText(done)).toContain('20 credits ($0.10) per 5 seconds');
	expect(errorText(done)).toContain('Source Length (Seconds)');
	expect(stage.sandbox.requests()).toEqual([]);
});

test('the length that the user gives bounds the price, and is not sent', async () => {
	const options = { ...quick, maxCredits: 1000, sourceSeconds: 12 };
	const done = await stage.run('video', 'lipSync', { ...lipSync, options });
	expect(stage.outputs(done)).toMatchObject([{ state: 'succeeded', estimatedCredits: 60 }]);
	expect(sent()).toEqual([{ video_url: CLIP, text: lipSync.text }]);
});

test('a length beside the video in the incoming item bounds the price as well', async () => {
	const options = { ...quick, maxCredits: 1000 };
	const parameters = { videoUrl: '={{ $json.url }}', upscaleResolution: '4K', options };
	const found = await stage.run('video', 'upscale', { ...parameters, videoCreationId: '' }, [
		{ json: { url: CLIP, duration: 8 } },
	]);
	expect(stage.outputs(found)).toMatchObject([{ estimatedCredits: 320 }]);
	expect(stage.bodies('/upscale-new')).toEqual([{ video_url: CLIP, upscale_resolution: '4K' }]);
});

test('a length of another video bounds nothing', async () => {
	const parameters = { videoUrl: CLIP, videoCreationId: '', options: { maxCredits: 1000 } };
	const done = await stage.run('video', 'upscale', parameters, [
		{ json: { url: 'https://example.com/another.mp4', duration: 8 } },
	]);
	expect(errorText(done)).toContain('up to 3000 credits ($15.00)');
});

test('an item says what was charged in money where the worth of a credit is known', async () => {
	const parameters = { model: 'viduq2', prompt: 'A cat', options: quick };
	const [at] = stage.outputs(await stage.run('video', 'textToVideo', parameters));
	expect(at).toMatchObject({ credits: 35, cost: { amount: 0.175, currency: 'USD' } });
	const inChina = { region: 'china' };
	const done = await stage.run('video', 'textToVideo', parameters, undefined, {}, inChina);
	expect(stage.outputs(done)).toMatchObject([{ cost: { amount: 1.09375, currency: 'CNY' } }]);
});

test('a clip of Vidu Q4 in 2K from images and sounds is bought for its price', async () => {
	const done = await stage.run('video', 'imageToVideo', {
		...{
			model: 'viduq4-preview',
			imageUrl: stage.sample('cat.png'),
			resolution: '2K',
			duration: 3,
		},
		options: { ...quick, offPeak: true },
	});
	expect(stage.outputs(done)).toMatchObject([{ credits: 114, estimatedCredits: 114 }]);
	expect(stage.bodies('/img2video')[0]).not.toHaveProperty('off_peak');
	expect(done.hints('Vidu').map(({ message }) => message)).toEqual([
		expect.stringContaining('"Off-Peak" was ignored'),
	]);
});
