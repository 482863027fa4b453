import fc from 'fast-check';
import {
	defaultAt,
	describeModel,
	estimate,
	expectedSeconds,
	findRow,
	modelsOf,
	rowsOf,
	valuesAt,
} from '../../nodes/Vidu/catalogue';
import { derive } from '../../nodes/Vidu/catalogue/derive';
import type { Values } from '../../nodes/Vidu/catalogue/values';
import type { ClipRow, Region, VideoKind } from '../../nodes/Vidu/catalogue/types';
import { PROVIDERS } from '../../nodes/Vidu/providers';
import { clipRowsOf, viewOf } from './rowView';

const rows = clipRowsOf('vidu');

function rowOf(kind: VideoKind, model: string): ClipRow {
	const row = findRow('vidu', kind, model);
	if (row === undefined) throw new Error(`no row for ${model} at ${kind}`);
	return row;
}

function creditsOf(
	kind: VideoKind,
	model: string,
	{ region = 'global', ...values }: Values & { region?: Region } = {},
) {
	const row = rowOf(kind, model);
	const { duration, resolution, audio } = row.fields;
	const usual = {
		duration: duration.default,
		resolution: resolution.default,
		audio: audio?.default,
	};
	return estimate(row, { ...usual, ...values }, region).credits;
}

const providers = PROVIDERS.map(({ id }) => id).filter((id) => id !== 'custom');

describe('the rows of every provider', () => {
	it.each(
		providers.flatMap((provider) =>
			clipRowsOf(provider).map((row) => [provider, row.kind, row.model, viewOf(row)] as const),
		),
	)('hold together: %s at %s for %s', (provider, kind, model, row) => {
		expect(modelsOf(provider, kind).filter((other) => other === model)).toEqual([model]);
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
		expect(row.subjects !== undefined).toBe(kind === 'referenceSubjects');
		expect(describeModel(model).name).not.toBe(model);
	});
});

test.each(['viduq9', 'constructor', '__proto__', 'toString'])(
	'the model %s, which is not in the catalogue, is shown by its own name',
	(model) => {
		expect(describeModel(model)).toEqual({ name: model, description: `The model ${model}` });
	},
);

describe('the rows of Vidu', () => {
	it('have a price each', () => {
		for (const row of rows) expect(row.price).not.toBeNull();
	});

	it('offer the recommended model of reference to video first', () => {
		expect(modelsOf('vidu', 'referenceSubjects')[0]).toBe('viduq2');
		expect(modelsOf('vidu', 'referenceMedia')[0]).toBe('viduq2');
	});

	it('tie the resolution of vidu2.0 to its duration', () => {
		const { resolution } = rowOf('imageToVideo', 'vidu2.0').fields;
		expect(valuesAt(resolution, 4)).toEqual(['360p', '720p', '1080p']);
		expect(defaultAt(resolution, 4)).toBe('360p');
		expect(valuesAt(resolution, 8)).toEqual(['720p']);
		expect(defaultAt(resolution, 8)).toBe('720p');
	});

	it('serve a custom provider too, which speaks the same format', () => {
		expect(clipRowsOf('custom')).toEqual(rows);
		expect(rowsOf('custom', 'upscale')).toEqual(rowsOf('vidu', 'upscale'));
		expect(findRow('custom', 'referenceSubjects', 'viduq2')).toBeDefined();
	});
});

test('a row cannot be derived from a model that Vidu lacks at the task', () => {
	expect(() => derive('textToVideo', ['viduq9'], {})).toThrow('viduq9');
});

describe('the estimate of credits', () => {
	it.each([
		['referenceSubjects', 'viduq2', '720p', 5, 45],
		['imageToVideo', 'viduq2-turbo', '720p', 1, 8],
		['imageToVideo', 'viduq2-turbo', '720p', 2, 10],
		['imageToVideo', 'viduq2-turbo', '720p', 3, 20],
		['imageToVideo', 'vidu2.0', '720p', 8, 100],
		['startEndToVideo', 'viduq1-classic', '1080p', 5, 80],
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
		expect(estimate(row, { resolution: '720p', duration: 0 }, 'global')).toEqual({
			credits: null,
			atMost: 75,
		});
	});

	it('is silent where no price is documented', () => {
		const row = { ...rowOf('referenceSubjects', 'viduq2'), price: null };
		expect(estimate(row, { resolution: '720p', duration: 5 }, 'global')).toEqual({
			credits: null,
			atMost: null,
		});
	});

	const anyClip = fc.constantFrom(...rows).chain((row) =>
		fc.record({
			row: fc.constant(row),
			duration: fc.constantFrom(...row.fields.duration.values.filter((seconds) => seconds > 0)),
			resolution: fc.constantFrom(...row.fields.resolution.values),
			audio: row.fields.audio === undefined ? fc.constant(false) : fc.boolean(),
			offPeak: fc.boolean(),
			isRec: fc.boolean(),
			region: fc.constantFrom<Region>('global', 'china'),
		}),
	);

	it('is a whole, positive number that is never dearer off-peak, nor above the most of an open duration', () => {
		fc.assert(
			fc.property(anyClip, ({ row, region, ...input }) => {
				const { credits, atMost } = estimate(row, input, region);
				expect(Number.isInteger(credits)).toBe(true);
				expect(credits).toBeGreaterThan(0);
				expect(atMost).toBe(credits);
				const normal = estimate(row, { ...input, offPeak: false }, region).credits ?? 0;
				const offPeak = estimate(row, { ...input, offPeak: true }, region).credits ?? 0;
				expect(offPeak).toBeLessThanOrEqual(normal);
				const open = estimate(row, { ...input, duration: 0 }, region);
				expect(open.credits).toBeNull();
				expect(open.atMost).toBeGreaterThanOrEqual(credits ?? 0);
			}),
		);
	});

	it('never falls when the clip gets longer', () => {
		fc.assert(
			fc.property(anyClip, fc.nat(), ({ row, region, ...input }, pick) => {
				const longer = row.fields.duration.values.filter((seconds) => seconds >= input.duration);
				const other = longer[pick % longer.length] ?? input.duration;
				const short = estimate(row, input, region).credits ?? 0;
				expect(estimate(row, { ...input, duration: other }, region).credits).toBeGreaterThanOrEqual(
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
