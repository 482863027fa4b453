/** The operations that gateways offer, on their wire. */
import type { IDataObject } from 'n8n-workflow';
import { GATEWAY_KEYS, SANDBOX_KEY } from '../../../sandbox/server.mts';
import { errorText } from '../harness/clip.mts';
import { CLIP, quick, useStage } from './vidu.mts';

const stage = useStage();

interface Sent {
	provider: 'kkiai' | 'vtrix' | 'jiekou' | 'custom';
	resource: string;
	operation: string;
	parameters: IDataObject;
	path: string;
	body: IDataObject;
	mimeType: string;
}

const SENT: Sent[] = [
	{
		provider: 'kkiai',
		resource: 'image',
		operation: 'referenceToImage',
		parameters: { prompt: 'a lake' },
		path: '/ent/v2/reference2image',
		body: { model: 'viduq2', prompt: 'a lake', aspect_ratio: '16:9', resolution: '1080p' },
		mimeType: 'image/png',
	},
	{
		provider: 'vtrix',
		resource: 'image',
		operation: 'referenceToImage',
		parameters: { prompt: 'a lake' },
		path: '/model/v1/generation',
		body: {
			model: 'viduq2_reference2image',
			input: [{ params: { prompt: 'a lake', aspect_ratio: '16:9', resolution: '1080p' } }],
		},
		mimeType: 'image/png',
	},
	{
		provider: 'vtrix',
		resource: 'video',
		operation: 'extend',
		parameters: { model: 'viduq2-turbo', videoUrl: CLIP, duration: 2 },
		path: '/model/v1/generation',
		body: {
			model: 'viduq2_turbo_extend',
			input: [{ params: { video_url: CLIP, duration: 2, resolution: '720p' } }],
		},
		mimeType: 'video/mp4',
	},
	{
		provider: 'jiekou',
		resource: 'video',
		operation: 'multiFrame',
		parameters: {
			startImageUrl: '{cat.png}',
			keyFrames: { keyFrame: [{ imageUrl: '{robot.png}' }, { imageUrl: '{bottle.png}' }] },
		},
		path: '/v3/async/vidu-q2-pro-multiframe',
		body: {
			start_image: '{cat.png}',
			image_settings: [
				{ key_image: '{robot.png}', duration: 5 },
				{ key_image: '{bottle.png}', duration: 5 },
			],
			resolution: '720p',
		},
		mimeType: 'video/mp4',
	},
	{
		provider: 'jiekou',
		resource: 'video',
		operation: 'template',
		parameters: { template: 'hugging', imageUrls: ['{cat.png}'], prompt: 'a hug' },
		path: '/v3/async/vidu-q2-template2video',
		body: { template: 'hugging', images: ['{cat.png}'], prompt: 'a hug', aspect_ratio: '16:9' },
		mimeType: 'video/mp4',
	},
	{
		provider: 'custom',
		resource: 'audio',
		operation: 'textToSpeech',
		parameters: { text: 'Good morning', voiceId: 'English_Aussie_Bloke' },
		path: '/ent/v2/audio-tts',
		body: { text: 'Good morning', voice_setting_voice_id: 'English_Aussie_Bloke' },
		mimeType: 'audio/mpeg',
	},
];

test.each(SENT)('$operation through $provider', async (each) => {
	const place = <T,>(value: T): T =>
		JSON.parse(
			JSON.stringify(value).replace(/\{(\w+\.png)\}/g, (_, name: string) => stage.sample(name)),
		) as T;
	const { provider } = each;
	const credential =
		provider === 'custom'
			? { provider, authScheme: 'token', apiKey: SANDBOX_KEY }
			: { provider, apiKey: GATEWAY_KEYS[provider] };
	const done = await stage.run(
		each.resource,
		each.operation,
		{ ...place(each.parameters), options: quick },
		undefined,
		{},
		credential,
	);
	expect(errorText(done)).toBe('undefined\nundefined');
	const [order] = stage.sandbox.requests().filter(({ method }) => method === 'POST');
	expect(order).toMatchObject({ path: each.path });
	expect(order?.body).toEqual(place(each.body));
	expect(stage.outputs(done)).toMatchObject([{ provider, state: 'succeeded' }]);
	expect(done.items('Vidu')[0]?.binary?.data).toMatchObject({ mimeType: each.mimeType });
});

test('a model that a gateway has not is named with those that it has', async () => {
	const done = await stage.run(
		'image',
		'referenceToImage',
		{ model: 'viduq1', prompt: 'x', imageUrls: ['https://example.com/cat.png'] },
		undefined,
		{},
		{ provider: 'vtrix' },
	);
	expect(errorText(done)).toContain(
		'"Model" is Vidu Q1, but Vtrix offers for reference to image: Vidu Q2 (viduq2)',
	);
});
