import fc from 'fast-check';
import {
	defaultResolutionAt,
	describeModel,
	estimateCredits,
	expectedSeconds,
	findRow,
	modelsOf,
	resolutionsAt,
	rowsOf,
	type EstimateInput,
} from '../../nodes/Vidu/catalogue';
import type { VideoKind, ModelRow, Region } from '../../nodes/Vidu/catalogue/types';

const rows = rowsOf('vidu');

function rowOf(task: VideoKind, model: string): ModelRow {
	const row = findRow('vidu', task, model);
	if (row === undefined) throw new Error(`no row for ${model} at ${task}`);
	return row;
}

const tasksAtVidu = (model: string) =>
	rowsOf('vidu')
		.filter((row) => row.model === model)
		.map(({ task }) => task);

function creditsOf(task: VideoKind, model: string, input: Partial<EstimateInput> = {}) {
	const row = rowOf(task, model);
	return estimateCredits(row, {
		duration: row.defaultDuration,
		resolution: row.defaultResolution,
		audio: row.audio?.default ?? false,
		offPeak: false,
		isRec: false,
		region: 'global',
		...input,
	}).credits;
}

const providers = ['vidu', 'octopusx', 'kkiai', 'vtrix', 'jiekou'] as const;

describe('the rows of every provider', () => {
	it.each(
		providers.flatMap((provider) =>
			rowsOf(provider).map((row) => [provider, row.task, row.model, row] as const),
		),
	)('hold together: %s at %s for %s', (provider, task, model, row) => {
		expect(
			rowsOf(provider).filter((other) => other.task === task && other.model === model),
		).toEqual([row]);
		expect([...row.durations]).toEqual([...new Set(row.durations)].sort((a, b) => a - b));
		expect(row.durations).toContain(row.defaultDuration);
		expect(row.resolutions).toContain(row.defaultResolution);
		for (const [duration, resolutions] of Object.entries(row.resolutionsAt ?? {})) {
			expect(row.durations).toContain(Number(duration));
			for (const resolution of resolutions) expect(row.resolutions).toContain(resolution);
		}
		expect(row.aspectRatios === null).toBe(row.defaultAspectRatio === null);
		if (row.aspectRatios !== null) expect(row.aspectRatios).toContain(row.defaultAspectRatio);
		for (const ratio of row.disputedAspectRatios ?? []) {
			expect(row.aspectRatios).not.toContain(ratio);
		}
		if (row.price !== null) {
			expect(Object.keys(row.price.byResolution).sort()).toEqual([...row.resolutions].sort());
		}
		if (row.audio === null) expect(row.audioType).toBe('absent');
		if (row.offPeak === 'withAudio') expect(row.audio).not.toBeNull();
		expect(row.subjects !== undefined).toBe(task === 'referenceSubjects');
		expect(describeModel(model).name).not.toBe(model);
	});
});

describe('the rows of Vidu', () => {
	it('have a price each', () => {
		for (const row of rows) expect(row.price).not.toBeNull();
	});

	it('offer the recommended model of reference to video first', () => {
		expect(modelsOf('vidu', 'referenceSubjects')[0]).toBe('viduq2');
		expect(modelsOf('vidu', 'referenceMedia')[0]).toBe('viduq2');
	});

	it('keep the models to the endpoints that take them', () => {
		expect(tasksAtVidu('viduq3-mix')).toEqual(['referenceMedia']);
		expect(tasksAtVidu('viduq3-pro')).toEqual(['imageToVideo', 'startEndToVideo', 'textToVideo']);
		expect(tasksAtVidu('viduq3-pro-fast')).toEqual(['imageToVideo']);
		expect(tasksAtVidu('viduq2-pro')).not.toContain('textToVideo');
		expect(tasksAtVidu('viduq9')).toEqual([]);
	});

	it('tie the resolution of vidu2.0 to its duration', () => {
		const row = rowOf('imageToVideo', 'vidu2.0');
		expect(resolutionsAt(row, 4)).toEqual(['360p', '720p', '1080p']);
		expect(defaultResolutionAt(row, 4)).toBe('360p');
		expect(resolutionsAt(row, 8)).toEqual(['720p']);
		expect(defaultResolutionAt(row, 8)).toBe('720p');
	});

	it('serve a custom provider too, which speaks the same format', () => {
		expect(rowsOf('custom')).toEqual(rows);
		expect(findRow('custom', 'referenceSubjects', 'viduq2')).toBeDefined();
	});
});

describe('the estimate of credits', () => {
	it.each([
		['referenceSubjects', 'viduq2', '720p', 5, 45],
		['referenceSubjects', 'viduq3', '720p', 5, 60],
		['referenceMedia', 'viduq3-mix', '1080p', 16, 464],
		['imageToVideo', 'viduq2-turbo', '720p', 1, 8],
		['imageToVideo', 'viduq2-turbo', '720p', 2, 10],
		['imageToVideo', 'viduq2-turbo', '720p', 3, 20],
		['imageToVideo', 'viduq2-turbo', '720p', 4, 30],
		['imageToVideo', 'viduq2-pro', '540p', 3, 15],
		['imageToVideo', 'vidu2.0', '720p', 4, 40],
		['imageToVideo', 'vidu2.0', '720p', 8, 100],
		['startEndToVideo', 'viduq1-classic', '1080p', 5, 80],
		['textToVideo', 'viduq2', '1080p', 10, 110],
	] as const)(
		'for %s with %s in %s at %i s is %i',
		(task, model, resolution, duration, credits) => {
			expect(creditsOf(task, model, { resolution, duration })).toBe(credits);
		},
	);

	it('halves off-peak and rounds up, or takes the listed off-peak rate', () => {
		expect(creditsOf('referenceSubjects', 'viduq2', { offPeak: true })).toBe(23);
		expect(creditsOf('textToVideo', 'viduq3-pro', { resolution: '540p', offPeak: true })).toBe(25);
	});

	it('counts no off-peak price where the model would not run off-peak', () => {
		expect(creditsOf('referenceMedia', 'viduq3-mix', { offPeak: true })).toBe(120);
		expect(creditsOf('referenceSubjects', 'viduq2', { offPeak: true, audio: true })).toBe(60);
		expect(creditsOf('textToVideo', 'viduq3-pro', { offPeak: true, audio: false })).toBe(100);
	});

	it('adds 15 for the sound of q2, nothing for that of others, and 10 for a recommended prompt', () => {
		expect(creditsOf('imageToVideo', 'viduq2-pro-fast', { audio: true })).toBe(
			(creditsOf('imageToVideo', 'viduq2-pro-fast') ?? 0) + 15,
		);
		expect(creditsOf('imageToVideo', 'viduq1', { audio: true })).toBe(80);
		expect(creditsOf('imageToVideo', 'viduq3-pro', { audio: true })).toBe(100);
		expect(creditsOf('imageToVideo', 'viduq1', { isRec: true })).toBe(90);
	});

	it('knows the price list of the region', () => {
		expect(creditsOf('imageToVideo', 'viduq3-turbo', { region: 'global' })).toBe(55);
		expect(creditsOf('imageToVideo', 'viduq3-turbo', { region: 'china' })).toBe(60);
	});

	it('says the most it can cost when the model chooses the duration', () => {
		const row = rowOf('referenceSubjects', 'viduq2-pro');
		const input = { resolution: '720p', audio: false, offPeak: false, isRec: false } as const;
		expect(estimateCredits(row, { ...input, duration: 0, region: 'global' })).toEqual({
			credits: null,
			atMost: 75,
		});
	});

	it('is silent where no price is documented', () => {
		const row = { ...rowOf('referenceSubjects', 'viduq2'), price: null };
		const input = { resolution: '720p', audio: false, offPeak: false, isRec: false } as const;
		expect(estimateCredits(row, { ...input, duration: 5, region: 'global' })).toEqual({
			credits: null,
			atMost: null,
		});
	});

	const anyClip = fc.constantFrom(...rows).chain((row) =>
		fc.record({
			row: fc.constant(row),
			duration: fc.constantFrom(...row.durations.filter((seconds) => seconds > 0)),
			resolution: fc.constantFrom(...row.resolutions),
			audio: row.audio === null ? fc.constant(false) : fc.boolean(),
			offPeak: fc.boolean(),
			isRec: fc.boolean(),
			region: fc.constantFrom<Region>('global', 'china'),
		}),
	);

	it('is a whole, positive number that is never dearer off-peak, nor above the most of an open duration', () => {
		fc.assert(
			fc.property(anyClip, ({ row, ...input }) => {
				const { credits, atMost } = estimateCredits(row, input);
				expect(Number.isInteger(credits)).toBe(true);
				expect(credits).toBeGreaterThan(0);
				expect(atMost).toBe(credits);
				const normal = estimateCredits(row, { ...input, offPeak: false }).credits ?? 0;
				const offPeak = estimateCredits(row, { ...input, offPeak: true }).credits ?? 0;
				expect(offPeak).toBeLessThanOrEqual(normal);
				const open = estimateCredits(row, { ...input, duration: 0 });
				expect(open.credits).toBeNull();
				expect(open.atMost).toBeGreaterThanOrEqual(credits ?? 0);
			}),
		);
	});

	it('never falls when the clip gets longer', () => {
		fc.assert(
			fc.property(anyClip, fc.nat(), ({ row, ...input }, pick) => {
				const longer = row.durations.filter((seconds) => seconds >= input.duration);
				const other = longer[pick % longer.length] ?? input.duration;
				const short = estimateCredits(row, input).credits ?? 0;
				expect(estimateCredits(row, { ...input, duration: other }).credits).toBeGreaterThanOrEqual(
					short,
				);
			}),
		);
	});
});

describe('the expected render time', () => {
	it('is about 90 s for five seconds of video, and shorter for turbo and fast models', () => {
		expect(expectedSeconds('viduq2', 5)).toBe(90);
		expect(expectedSeconds('viduq2', 0)).toBe(90);
		expect(expectedSeconds('vidu2.0', 4)).toBe(80);
		expect(expectedSeconds('viduq3-turbo', 5)).toBeCloseTo(54);
		expect(expectedSeconds('viduq2-pro-fast', 5)).toBeCloseTo(54);
	});
});
