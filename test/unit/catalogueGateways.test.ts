import { estimate, findRow, modelsOf, providersOf, rowsOf } from '../../nodes/Vidu/catalogue';
import { derive } from '../../nodes/Vidu/catalogue/derive';
import { VIDEO_KINDS, type ProviderId, type VideoKind } from '../../nodes/Vidu/catalogue/types';
import { viewOf } from './rowView';

function rowOf(provider: ProviderId, kind: VideoKind, model: string) {
	const row = findRow(provider, kind, model);
	if (row === undefined) throw new Error(`${provider} has no ${model} at ${kind}`);
	return viewOf(row);
}

function rowsAt(provider: ProviderId, kind: VideoKind) {
	return rowsOf(provider, kind).map(viewOf);
}

const upTo = (last: number, first = 1) =>
	Array.from({ length: last - first + 1 }, (_, index) => first + index);
const Q2_RESOLUTIONS = ['540p', '720p', '1080p'];
const THREE_RATIOS = ['16:9', '9:16', '1:1'];
const FIVE_RATIOS = [...THREE_RATIOS, '4:3', '3:4'];

describe('OctopusX, reference to video (seed 000)', () => {
	const rows = rowsAt('octopusx', 'referenceSubjects');

	it('offers the seven models of its page', () => {
		expect(modelsOf('octopusx', 'referenceSubjects').sort()).toEqual(
			[
				'viduq3-pro',
				'viduq2-pro',
				'viduq2-turbo',
				'viduq2-pro-fast',
				'viduq1',
				'viduq1-classic',
				'vidu2.0',
			].sort(),
		);
	});

	it('takes subjects only, no loose images or videos', () => {
		expect(modelsOf('octopusx', 'referenceMedia')).toEqual([]);
		for (const row of rows) {
			expect(row).toMatchObject({ subjects: { imagesPerSubject: 3, maxVideoSubjects: 0 } });
			expect(row.images).toBeUndefined();
			expect(row.videos).toBeUndefined();
		}
	});

	it('takes a voice for each subject and one for the clip, the latter without effect with q3', () => {
		expect(rowOf('octopusx', 'referenceSubjects', 'viduq2-pro')).toMatchObject({
			subjectVoice: 'yes',
			voice: 'yes',
		});
		expect(rowOf('octopusx', 'referenceSubjects', 'viduq3-pro').voice).toBe('noEffect');
	});

	it('takes audio, a recommended prompt and background music', () => {
		for (const row of rows) {
			expect(row.audio).not.toBeNull();
			expect(row).toMatchObject({ isRec: 'yes', bgm: 'yes' });
		}
	});

	it('has no aspect ratio, movement amplitude, automatic subjects, audio type, callback or library', () => {
		for (const row of rows) {
			expect(row).toMatchObject({
				aspectRatios: null,
				movementAmplitude: 'absent',
				autoSubjects: 'absent',
				audioType: 'absent',
				lacks: ['callbackUrl', 'serverId'],
			});
			expect(row.anyAspectRatio).toBeUndefined();
		}
	});

	it('makes 1 to 10 seconds with q2, 5 by default', () => {
		for (const row of rows.filter(({ model }) => model.startsWith('viduq2'))) {
			expect(row.durations).toEqual(upTo(10));
			expect(row.defaultDuration).toBe(5);
		}
	});

	it('makes 540p, 720p and 1080p with q2, 720p by default', () => {
		for (const row of rows.filter(({ model }) => model.startsWith('viduq2'))) {
			expect(row.resolutions).toEqual(Q2_RESOLUTIONS);
			expect(row.defaultResolution).toBe('720p');
		}
	});

	it('tells no price', () => {
		for (const row of rows) expect(row.price).toBeNull();
	});
});

describe('OctopusX, its other paths', () => {
	it('animates one or two frames with the same seven models', () => {
		const models = modelsOf('octopusx', 'referenceSubjects').sort();
		expect(modelsOf('octopusx', 'imageToVideo').sort()).toEqual(models);
		expect(modelsOf('octopusx', 'startEndToVideo').sort()).toEqual(models);
	});

	it('makes video from text with viduq3-pro, viduq2 and viduq1, in an aspect ratio', () => {
		expect(modelsOf('octopusx', 'textToVideo')).toEqual(['viduq3-pro', 'viduq2', 'viduq1']);
		for (const row of rowsAt('octopusx', 'textToVideo')) expect(row.aspectRatios).not.toBeNull();
	});
});

describe('kkiai, reference to video (seed 001)', () => {
	const rows = rowsAt('kkiai', 'referenceSubjects');
	const row = (model: string) => rowOf('kkiai', 'referenceSubjects', model);

	it('offers the six models of its page, viduq2 first', () => {
		expect(modelsOf('kkiai', 'referenceSubjects')).toEqual([
			'viduq2',
			'viduq2-pro',
			'viduq3-mix',
			'viduq3',
			'viduq1',
			'vidu2.0',
		]);
	});

	it('takes automatic subjects', () => {
		for (const { autoSubjects } of rows) expect(autoSubjects).toBe('yes');
	});

	it('takes 1 to 7 subjects of up to 3 images, 7 images together', () => {
		for (const { subjects } of rows) {
			expect(subjects).toMatchObject({ min: 1, max: 7, imagesPerSubject: 3, maxImages: 7 });
		}
	});

	it('takes one video subject with viduq2-pro, and none with the others', () => {
		for (const { model, subjects } of rows) {
			expect(subjects?.maxVideoSubjects).toBe(model === 'viduq2-pro' ? 1 : 0);
		}
	});

	it('takes subjects of the library and a callback', () => {
		for (const { lacks } of rows) expect(lacks).toBeUndefined();
	});

	it('needs a prompt of at most 2000 characters', () => {
		for (const { prompt } of rows) expect(prompt).toEqual({ required: true, max: 2000 });
	});

	it('makes audio when asked, and with viduq3 unless told otherwise', () => {
		for (const { model, audio } of rows) {
			expect(audio).toEqual({ default: model.startsWith('viduq3') });
		}
	});

	it('makes 3 to 16 seconds with viduq3, 1 to 10 with q2, 5 with q1, 4 with 2.0', () => {
		expect(row('viduq3').durations).toEqual(upTo(16, 3));
		expect(row('viduq2').durations).toEqual(upTo(10));
		expect(row('viduq2-pro').durations).toEqual(upTo(10));
		expect(row('viduq1').durations).toEqual([5]);
		expect(row('vidu2.0').durations).toEqual([4]);
		expect(rows.map(({ defaultDuration }) => defaultDuration)).toEqual([5, 5, 5, 5, 5, 4]);
	});

	it('takes any ratio and auto with q2 and q3, and the five of its page with the others', () => {
		for (const { model, aspectRatios, anyAspectRatio } of rows) {
			const newer = /q[23]/.test(model);
			expect(aspectRatios).toEqual(newer ? [...FIVE_RATIOS, 'auto'] : FIVE_RATIOS);
			expect(anyAspectRatio === true).toBe(newer);
		}
	});

	it('makes the resolutions of its page', () => {
		for (const model of ['viduq3', 'viduq2-pro', 'viduq2']) {
			expect(row(model).resolutions).toEqual(Q2_RESOLUTIONS);
			expect(row(model).defaultResolution).toBe('720p');
		}
		expect(row('viduq1').resolutions).toEqual(['1080p']);
		expect(row('vidu2.0')).toMatchObject({
			resolutions: ['360p', '720p'],
			defaultResolution: '360p',
		});
	});

	it('takes the movement amplitude, which q2 and q3 ignore', () => {
		for (const { model, movementAmplitude } of rows) {
			expect(movementAmplitude).toBe(/q[23]/.test(model) ? 'noEffect' : 'yes');
		}
	});

	it('has no background music, recommended prompt, voice of the clip or off-peak', () => {
		for (const each of rows) {
			expect(each).toMatchObject({
				bgm: 'absent',
				isRec: 'absent',
				voice: 'absent',
				audioType: 'absent',
				offPeak: 'never',
			});
		}
	});

	it('charges the 45 credits of its sample answer for the default clip of viduq2', () => {
		const [first] = rowsOf('kkiai', 'referenceSubjects');
		expect(first?.model).toBe('viduq2');
		const input = { duration: 5, resolution: '720p' };
		expect(first && estimate(first, input, 'global').credits).toBe(45);
	});
});

describe('kkiai, its other paths', () => {
	it.each(['imageToVideo', 'startEndToVideo', 'textToVideo'] as const)(
		'offer viduq3-turbo, viduq3-pro, viduq2 and viduq1 at %s, with prompts of up to 2000 characters',
		(kind) => {
			expect(modelsOf('kkiai', kind).sort()).toEqual([
				'viduq1',
				'viduq2',
				'viduq3-pro',
				'viduq3-turbo',
			]);
			for (const { prompt } of rowsAt('kkiai', kind)) expect(prompt.max).toBe(2000);
		},
	);

	it('know 3:4 and 4:3 from text with viduq2 only', () => {
		expect(rowOf('kkiai', 'textToVideo', 'viduq2').aspectRatios).toEqual(FIVE_RATIOS);
		expect(rowOf('kkiai', 'textToVideo', 'viduq3-pro').aspectRatios).toEqual(THREE_RATIOS);
	});
});

describe('Vtrix, reference to video with viduq2-pro-fast (seed 002)', () => {
	const row = rowOf('vtrix', 'referenceSubjects', 'viduq2-pro-fast');

	it('takes 1 to 7 subjects of up to 3 images, 7 images together, no videos', () => {
		expect(row.subjects).toEqual({
			min: 1,
			max: 7,
			imagesPerSubject: 3,
			maxVideoSubjects: 0,
			maxImages: 7,
		});
	});

	it('takes a voice for each subject', () => expect(row.subjectVoice).toBe('yes'));

	it('needs a prompt of at most 2000 characters', () =>
		expect(row.prompt).toEqual({ required: true, max: 2000 }));

	it('makes audio when asked', () => expect(row.audio).toEqual({ default: false }));

	it('makes 1 to 8 seconds, 5 by default', () => {
		expect(row.durations).toEqual(upTo(8));
		expect(row.defaultDuration).toBe(5);
	});

	it('offers 16:9, 9:16 and 1:1, and takes any other ratio', () => {
		expect(row).toMatchObject({
			aspectRatios: THREE_RATIOS,
			defaultAspectRatio: '16:9',
			anyAspectRatio: true,
		});
	});

	it('makes 720p and 1080p, 720p by default', () => {
		expect(row).toMatchObject({ resolutions: ['720p', '1080p'], defaultResolution: '720p' });
	});

	it('has no automatic subjects, background music, recommended prompt, voice of the clip or movement', () => {
		expect(row).toMatchObject({
			autoSubjects: 'absent',
			bgm: 'absent',
			isRec: 'absent',
			voice: 'absent',
			movementAmplitude: 'absent',
			audioType: 'absent',
		});
	});

	it('passes on payload, watermark and metadata, but knows no subject library', () => {
		expect(row.lacks).toEqual(['serverId']);
	});
});

describe('Vtrix, all its models', () => {
	it('never run off-peak, and tell no price in credits', () => {
		for (const row of VIDEO_KINDS.flatMap((kind) => rowsAt('vtrix', kind))) {
			expect(row).toMatchObject({ offPeak: 'never', price: null });
		}
	});

	it('take videos as references with viduq2-pro: 2 of them, with up to 4 images', () => {
		expect(rowOf('vtrix', 'referenceMedia', 'viduq2-pro')).toMatchObject({
			images: { min: 1, max: 7, maxWithVideos: 4 },
			videos: { max: 2 },
			prompt: { max: 5000 },
		});
	});
});

describe('JieKou, Vidu 2.0 reference to video (seed 003)', () => {
	const row = rowOf('jiekou', 'referenceMedia', 'vidu2.0');

	it('takes 1 to 3 images and no subjects', () => {
		expect(row.images).toEqual({ min: 1, max: 3 });
		expect(findRow('jiekou', 'referenceSubjects', 'vidu2.0')).toBeUndefined();
	});

	it('needs a prompt of at most 1500 characters', () =>
		expect(row.prompt).toEqual({ required: true, max: 1500 }));

	it('makes 4 seconds', () => expect(row).toMatchObject({ durations: [4], defaultDuration: 4 }));

	it('takes 16:9, 9:16 and 1:1', () => {
		expect(row).toMatchObject({ aspectRatios: THREE_RATIOS, defaultAspectRatio: '16:9' });
		expect(row.anyAspectRatio).toBeUndefined();
	});

	it('makes 360p by default, or 720p', () => {
		expect(row).toMatchObject({ resolutions: ['360p', '720p'], defaultResolution: '360p' });
	});

	it('takes the movement amplitude and background music', () => {
		expect(row).toMatchObject({ movementAmplitude: 'yes', bgm: 'yes' });
	});

	it('has no audio, voice, recommended prompt, automatic subjects or off-peak', () => {
		expect(row).toMatchObject({
			audio: null,
			voice: 'absent',
			isRec: 'absent',
			autoSubjects: 'absent',
			offPeak: 'never',
		});
	});

	it('has no watermark, payload, metadata or callback', () => {
		expect(row.lacks).toEqual(
			expect.arrayContaining(['watermark', 'payload', 'metaData', 'callbackUrl']),
		);
	});
});

describe('JieKou, its other models', () => {
	it('take 1 to 7 images with Q1, and subjects with Q2', () => {
		expect(rowOf('jiekou', 'referenceMedia', 'viduq1')).toMatchObject({
			images: { min: 1, max: 7 },
			prompt: { max: 1500 },
		});
		expect(modelsOf('jiekou', 'referenceSubjects')).toEqual(['viduq2']);
		expect(rowOf('jiekou', 'referenceSubjects', 'viduq2')).toMatchObject({
			prompt: { max: 2000 },
			movementAmplitude: 'yes',
		});
	});

	it('are those of its paths', () => {
		expect(modelsOf('jiekou', 'imageToVideo')).toEqual([
			'viduq3-pro',
			'viduq2-pro-fast',
			'viduq2-pro',
			'viduq2-turbo',
			'viduq1',
			'vidu2.0',
		]);
		expect(modelsOf('jiekou', 'startEndToVideo')).toEqual([
			'viduq2-pro',
			'viduq2-turbo',
			'viduq2-pro-fast',
			'viduq1',
			'vidu2.0',
		]);
		expect(modelsOf('jiekou', 'textToVideo')).toEqual(['viduq3-pro', 'viduq2', 'viduq1']);
	});

	it('have no callback and no price in credits', () => {
		for (const kind of ['referenceSubjects', 'imageToVideo', 'textToVideo'] as const) {
			for (const row of rowsAt('jiekou', kind)) {
				expect(row.lacks).toContain('callbackUrl');
				expect(row.price).toBeNull();
			}
		}
	});
});

describe('the providers of a model', () => {
	it('are those that offer it for the task, Vidu first', () => {
		expect(providersOf('referenceSubjects', 'viduq3')).toEqual(['vidu', 'kkiai']);
		expect(providersOf('referenceSubjects', 'viduq2-pro-fast')).toEqual(['octopusx', 'vtrix']);
		expect(providersOf('textToVideo', 'viduq9')).toEqual([]);
	});
});

describe('deriving a row', () => {
	it('fails for a model that Vidu lacks at the task', () => {
		expect(() => derive('textToVideo', ['viduq9'], {})).toThrow('viduq9');
	});
});
