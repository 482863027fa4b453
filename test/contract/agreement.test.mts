import axios from 'axios';
import { Agent } from 'node:http';
import { estimate, valuesAt } from '../../nodes/Vidu/catalogue/index.ts';
import type { ClipRow } from '../../nodes/Vidu/catalogue/types.ts';
import type { Provider } from '../../nodes/Vidu/providers/types.ts';
import { check } from '../../nodes/Vidu/tasks/validate/index.ts';
import { mapMedia, type Draft } from '../../nodes/Vidu/media/input.ts';
import { PROVIDERS } from '../../nodes/Vidu/providers/index.ts';
import { FORMS, type Form } from '../../sandbox/documents/viduModels.mts';
import { GATEWAY_KEYS, SANDBOX_KEY, startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { clipRowsOf } from '../unit/rowView.ts';

/**
 * The catalogue and the sandbox were written from the same documents, apart from each other: what
 * one allows the other must take, at Vidu for the same price; what one refuses the other must too.
 */

const KEYS: Readonly<Record<string, string>> = { vidu: SANDBOX_KEY, ...GATEWAY_KEYS };
const ROWS = PROVIDERS.filter(({ id }) => id !== 'custom').flatMap((provider) =>
	clipRowsOf(provider.id).map((row) => ({
		provider,
		row,
		name: `${row.model} at ${row.kind} of ${provider.name}`,
	})),
);

/** Where a gateway's pages leave open what it takes, the node keeps to less. */
const STRICTER: Readonly<Record<string, readonly string[]>> = {
	octopusx: ['prompt', 'duration'],
	kkiai: ['offPeak'],
	jiekou: ['offPeak'],
};

/** The kinds of Vidu's rows, by the body that its documents describe. */
const KINDS: Readonly<Record<Form, ClipRow['kind']>> = {
	text: 'textToVideo',
	firstFrame: 'imageToVideo',
	startEnd: 'startEndToVideo',
	subjects: 'referenceSubjects',
	media: 'referenceMedia',
};
/** For reference media the documents disagree about `auto`. */
const OTHER_RATIOS = ['viduq2', 'viduq2-pro'];

let sandbox: Sandbox;
const httpAgent = new Agent({ keepAlive: true });

beforeAll(async () => {
	sandbox = await startSandbox({ speed: 1, credits: 10_000_000 });
});

afterAll(async () => {
	httpAgent.destroy();
	await sandbox.close();
});

/** @param count how many images or subjects, where there may be several */
function mediaOf({ fields }: ClipRow, count = 1): Draft {
	const image = {
		kind: 'reference',
		type: 'image',
		value: `${sandbox.url}/samples/cat.png`,
		label: 'cat',
	} as const;
	const several = <T,>(make: (index: number) => T) =>
		Array.from({ length: count }, (_, index) => make(index));
	return {
		...(fields.subjects && {
			subjects: several((index) => ({ name: `cat${index}`, images: [image] })),
		}),
		...(fields.images && { images: several(() => image) }),
		...(fields.startImage && { startImage: image, endImage: image }),
	};
}

/** Whatever the row offers for these durations, and off-peak, which it may not. */
function draftsOf(row: ClipRow, durations: readonly number[]): Draft[] {
	const { fields } = row;
	const media = mediaOf(row);
	const audios = fields.audio === undefined ? [undefined] : [true, false];
	return durations.flatMap((duration) =>
		valuesAt(fields.resolution, duration).flatMap((resolution) =>
			audios.flatMap((audio) =>
				[undefined, true].map((offPeak) => ({
					prompt: fields.subjects ? '@cat0 runs' : 'a cat runs',
					...{ ...media, duration, resolution, audio, offPeak },
				})),
			),
		),
	);
}

/** Requests that are good but for one field, which is beyond what the row allows. */
function beyond(row: ClipRow): ReadonlyArray<readonly [field: string, given: Draft]> {
	const { prompt, duration, resolution, aspectRatio, images, subjects } = row.fields;
	const good: Draft = {
		...{ ...mediaOf(row), prompt: subjects ? '@cat0 runs' : 'a cat runs' },
		...{ duration: duration.default, resolution: resolution.default },
	};
	const most = images?.max ?? subjects?.max;
	return [
		['duration', { ...good, duration: Math.max(...duration.values) + 1 }],
		['resolution', { ...good, resolution: '8K' }],
		...(prompt.max
			? [['prompt', { ...good, prompt: `@cat0 ${'x'.repeat(prompt.max)}` }] as const]
			: []),
		...(aspectRatio ? [['aspectRatio', { ...good, aspectRatio: 'wide' }] as const] : []),
		...(most ? [['media', { ...good, ...mediaOf(row, most + 1) }] as const] : []),
	];
}

async function order(provider: Provider, { kind, model }: ClipRow, values: Draft) {
	const onWire = mapMedia(values, (input) => ('value' in input ? input.value : ''));
	const { path, body } = provider.create({ kind, model, values: onWire });
	return await axios.post<{ credits: number }>(sandbox.url + path, body, {
		headers: { Authorization: `${provider.scheme} ${KEYS[provider.id]}` },
		validateStatus: () => true,
		httpAgent,
	});
}

describe('catalogue and sandbox agree', () => {
	it.each(ROWS)('on $name', async ({ provider, row }) => {
		const all = row.fields.duration.values;
		const ends = all.filter((_, index) => index === 0 || index === all.length - 1);
		for (const given of draftsOf(row, provider.id === 'vidu' ? all : ends)) {
			const checked = check(row, given, provider.name, sandbox.url);
			const problems = [...checked.problems, ...checked.beyond];
			if (given.offPeak && STRICTER[provider.id]?.includes('offPeak')) continue;
			const { status, data } = await order(
				provider,
				row,
				problems.length > 0 ? given : checked.values,
			);
			const { duration, resolution, audio, offPeak } = given;
			const about = { duration, resolution, audio, offPeak };
			expect({ ...about, problems, taken: status === 200, said: data }).toEqual({
				...about,
				problems,
				taken: problems.length === 0,
				said: expect.anything(),
			});
			const { credits } = estimate(row, checked.values, 'global');
			if (provider.id === 'vidu' && status === 200 && credits !== null)
				expect({ ...about, credits: data.credits }).toEqual({ ...about, credits });
		}
	});

	// Unconfirmed limits are hints.
	const confirmed = ROWS.filter(({ row }) => !row.unconfirmed);
	it.each(confirmed)('on what is too much for $name', async ({ provider, row }) => {
		for (const [field, given] of beyond(row)) {
			const { problems } = check(row, given, provider.name, sandbox.url);
			const { status } = await order(provider, row, given);
			expect({ field, refused: problems.length > 0 }).toEqual({ field, refused: true });
			if (STRICTER[provider.id]?.includes(field)) continue;
			expect({ field, taken: status === 200 }).toEqual({ field, taken: false });
		}
	});

	it.each(Object.entries(KINDS))(
		'on the models of the body %s at Vidu, their defaults and their ratios',
		(form, kind) => {
			const documented = FORMS[form as Form].models;
			const rows = clipRowsOf('vidu').filter((row) => row.kind === kind);
			expect(rows.map(({ model }) => model).sort()).toEqual(Object.keys(documented).sort());
			for (const { model, fields } of rows) {
				const { duration, resolution, audio, aspects = [] } = documented[model] ?? {};
				const isOpen = aspects === 'any' || (form === 'media' && OTHER_RATIOS.includes(model));
				const ratios = isOpen ? [] : [...aspects].sort();
				expect({
					model,
					duration: fields.duration.default,
					resolution: fields.resolution.default,
					audio: fields.audio?.default,
					ratios: isOpen ? [] : [...(fields.aspectRatio?.values ?? [])].sort(),
				}).toEqual({ model, duration, resolution, audio, ratios });
			}
		},
	);
});
