/** What Model → Get Many and Get tell about the models, from the catalogue alone. */
import type { IDataObject } from 'n8n-workflow';
import { PROVIDERS } from '../../../nodes/Vidu/providers/index.ts';
import { errorText } from '../harness/clip.mts';
import { useStage } from './vidu.mts';

const stage = useStage();

async function models(parameters: IDataObject = {}, credential: IDataObject = {}) {
	const done = await stage.run('model', 'getMany', parameters, undefined, {}, credential);
	expect(errorText(done)).toBe('undefined\nundefined');
	return stage.outputs(done);
}

const one = async (kind: string, model: string, credential: IDataObject = {}) => {
	const done = await stage.run('model', 'get', { kind, model }, undefined, {}, credential);
	expect(errorText(done)).toBe('undefined\nundefined');
	return stage.outputs(done)[0];
};

afterEach(() => expect(stage.sandbox.requests()).toEqual([]));

test('models are listed once for each kind of use, with what they take and cost, without a request', async () => {
	const listed = await models({}, { baseUrl: 'http://127.0.0.1:1' });
	const keys = listed.map(({ model, kind }) => `${String(model)} ${String(kind)}`);
	expect(new Set(keys).size).toBe(keys.length);
	expect(keys).toEqual(expect.arrayContaining(['viduq2 textToVideo', 'viduq2 referenceToImage']));
	for (const item of listed) {
		expect(Object.keys(item)).toEqual(Object.keys(listed[0] ?? {}));
		expect(item).toMatchObject({
			provider: 'vidu',
			operation: 'getMany',
			name: expect.stringMatching(/\S/),
			description: expect.stringMatching(/\S/),
		});
	}
	const recommended = listed.filter((item) => item.recommended).map(({ kind }) => kind);
	expect(recommended).toEqual([...new Set(listed.map(({ kind }) => kind))]);
});

test('they are listed for the chosen kinds, also as names separated by commas', async () => {
	const kinds = async (given: unknown) => [
		...new Set((await models({ kinds: given as string[] })).map(({ kind }) => kind)),
	];
	expect(await kinds(['textToVideo', 'extend'])).toEqual(['extend', 'textToVideo']);
	expect(await kinds('textToVideo, extend')).toEqual(['extend', 'textToVideo']);
	const wrong = await stage.run('model', 'getMany', { kinds: 'textToFilm' });
	expect(errorText(wrong)).toMatch(/"Kinds" contains textToFilm, but must be among .*textToVideo/);
});

test("they are those of the credential's provider, of another one, or of all", async () => {
	const providers = async (modelProvider: string) => [
		...new Set(
			(await models({ modelProvider }, { provider: 'kkiai' })).map(({ provider }) => provider),
		),
	];
	expect(await providers('credential')).toEqual(['kkiai']);
	expect(await providers('vtrix')).toEqual(['vtrix']);
	const listed = PROVIDERS.map(({ id }) => id).filter((id) => id !== 'custom');
	expect(await providers('all')).toEqual(listed);
});

test('limits are plain lists and numbers', async () => {
	expect(await one('imageToVideo', 'viduq2-turbo')).toMatchObject({
		operation: 'get',
		model: 'viduq2-turbo',
		name: 'Vidu Q2 Turbo',
		kind: 'imageToVideo',
		kindName: 'Image to Video',
		durations: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
		automaticDuration: false,
		defaultDuration: 5,
		resolutions: ['540p', '720p', '1080p'],
		defaultResolution: '720p',
		aspectRatios: [],
		audio: true,
		defaultAudio: false,
		offPeak: 'without audio only',
		promptRequired: false,
		maxPromptLength: 5000,
		minImages: 1,
		maxImages: 1,
		fields: expect.arrayContaining(['prompt', 'seed']),
	});
	expect(await one('referenceMedia', 'viduq2-pro')).toMatchObject({
		automaticDuration: true,
		promptRequired: true,
		minImages: 1,
		maxImages: 7,
		maxVideos: 2,
	});
	expect(await one('referenceMedia', 'viduq4-preview')).toMatchObject({
		resolutions: ['540p', '720p', '1080p', '2K', '4K'],
		maxImages: 15,
		maxSounds: 3,
	});
	expect(await one('referenceSubjects', 'viduq2')).toMatchObject({
		anyAspectRatio: true,
		maxSubjects: 7,
	});
	expect(await one('startEndToVideo', 'vidu2.0')).toMatchObject({
		resolutionsAt: { 8: ['720p'] },
		minImages: 2,
		maxImages: 2,
	});
	expect(await one('extend', 'viduq2-pro')).toMatchObject({ durations: [1, 2, 3, 4, 5, 6, 7] });
	expect(await one('multiFrame', 'viduq2-pro')).toMatchObject({ maxKeyFrames: 9 });
});

test('prices are rows of credits by resolution, and the price of the defaults in money', async () => {
	expect(await one('textToVideo', 'viduq3-pro')).toMatchObject({
		defaultCredits: 100,
		defaultCost: { amount: 0.5, currency: 'USD' },
		offPeakCredits: 50,
		prices: expect.arrayContaining([{ credits: 20, per: 'second', resolution: '720p' }]),
		priceNote: null,
	});
	expect((await one('textToVideo', 'viduq2'))?.prices).toEqual([
		{ credits: 10, per: 'video of 1 s', resolution: '540p' },
		{ credits: 2, per: 'further second', resolution: '540p' },
		{ credits: 15, per: 'video of 1 s', resolution: '720p' },
		{ credits: 5, per: 'further second', resolution: '720p' },
		{ credits: 20, per: 'video of 1 s', resolution: '1080p' },
		{ credits: 10, per: 'further second', resolution: '1080p' },
	]);
	expect((await one('startEndToVideo', 'vidu2.0'))?.prices).toEqual(
		expect.arrayContaining([
			{ credits: 40, per: 'video of 4 s', resolution: '720p' },
			{ credits: 100, per: 'video of 8 s', resolution: '720p' },
			{ credits: 100, per: 'video', resolution: '1080p' },
		]),
	);
	expect((await one('referenceToImage', 'viduq2'))?.prices).toEqual(
		expect.arrayContaining([
			{ credits: 6, per: 'image from text', resolution: '1080p' },
			{ credits: 20, per: 'image from up to 3 images', resolution: '4K' },
		]),
	);
	expect((await one('textToAudio', 'audio1.0'))?.defaultCredits).toBe(20);
});

test('prices are those of the region, and those of gateways are not made up', async () => {
	const turbo = await one('textToVideo', 'viduq3-turbo', { region: 'china' });
	expect(turbo?.prices).toContainEqual({ credits: 12, per: 'second', resolution: '720p' });
	expect(turbo?.defaultCost).toEqual({ amount: 1.875, currency: 'CNY' });
	expect(await one('textToVideo', 'viduq3-turbo', { provider: 'vtrix' })).toMatchObject({
		defaultCredits: null,
		defaultCost: null,
		prices: [],
		priceNote: 'Vtrix documents no price in credits for this',
	});
	const kkiai = await one('textToVideo', 'viduq3-turbo', { provider: 'kkiai' });
	expect(kkiai).toMatchObject({
		defaultCost: null,
		priceNote: expect.stringMatching(/from Vidu's price list; kkiai .* differently/),
	});
});

test('each item can ask for its own model, an empty one for the recommended', async () => {
	const asked = [
		{ kind: 'textToVideo', model: 'viduq1' },
		{ kind: 'extend', model: '' },
	];
	const parameters = { kind: '={{ $json.kind }}', model: '={{ $json.model }}' };
	const items = asked.map((json) => ({ json }));
	const done = await stage.run('model', 'get', parameters, items);
	expect(stage.outputs(done)).toMatchObject([asked[0], { kind: 'extend', recommended: true }]);
});

test('a model that the provider does not have for this is named, with those that it has', async () => {
	const done = await stage.run('model', 'get', { kind: 'textToVideo', model: 'viduq3-mix' });
	expect(errorText(done)).toMatch(
		/Vidu Q3 Mix, but Vidu offers for text to video: .*Vidu Q2 \(viduq2\)/,
	);
});
