import axios from 'axios';
import { estimate, rowsOf } from '../../nodes/Vidu/catalogue/index.ts';
import { OPTION_WORDS } from '../../nodes/Vidu/fields/words.ts';
import { entriesOf, type Rule } from '../../nodes/Vidu/catalogue/rules.ts';
import type { Kind, Row, VideoKind } from '../../nodes/Vidu/catalogue/types.ts';
import { mapMedia, type Draft } from '../../nodes/Vidu/media/input.ts';
import { vidu } from '../../nodes/Vidu/providers/vidu.ts';
import { check } from '../../nodes/Vidu/tasks/validate/index.ts';
import { SANDBOX_KEY, startSandbox, type Sandbox } from '../../sandbox/server.mts';

/**
 * The rules of the operations and the sandbox were written from the same documents, apart from each
 * other. Each field of a good request is set to the ends of what it may be and beyond, and left out:
 * both have to say the same, at the same price.
 */

let sandbox: Sandbox;

beforeAll(async () => {
	sandbox = await startSandbox({ speed: 1, credits: 10_000_000 });
});

afterAll(async () => await sandbox.close());

const picture = () => ({
	kind: 'reference',
	type: 'image',
	value: `${sandbox.url}/samples/cat.png`,
	label: 'cat',
});
const CLIP = 'https://example.com/clip.mp4';
const SOUND = 'https://example.com/voice.mp3';
const frame = () => ({ image: picture(), duration: 3 });

/** A good request for each operation, without what may be left out. */
type Values = Readonly<Record<string, unknown>>;
const GOOD: Readonly<Record<Exclude<Kind, VideoKind | 'updateSubject'>, () => Values>> = {
	cloneVoice: () => ({ audioUrl: SOUND, voiceId: nextVoice(), text: 'Hello' }),
	createSubject: () => ({ name: 'cat', images: [picture()] }),
	digitalHuman: () => ({ image: picture(), text: 'Hello', resolution: '720p' }),
	extend: () => ({ videoUrl: CLIP, duration: 5, resolution: '720p' }),
	lipSync: () => ({ videoUrl: CLIP, text: 'Hello' }),
	motionSync: () => ({ image: picture(), videoUrl: CLIP }),
	multiFrame: () => ({ startImage: picture(), keyFrames: [frame(), frame()], resolution: '720p' }),
	recommend: () => ({ images: [picture()], types: ['img2video'], count: 5 }),
	referenceToImage: () => ({
		prompt: 'x',
		images: [picture()],
		aspectRatio: '16:9',
		resolution: '1080p',
	}),
	template: () => ({ template: 'hugging', images: [picture()], aspectRatio: '16:9' }),
	templateStory: () => ({ story: 'pigsy', images: [picture()] }),
	textToAudio: () => ({ prompt: 'rain', duration: 10 }),
	textToSpeech: () => ({ text: 'Hello', voiceId: 'English_Aussie_Bloke' }),
	timingToAudio: () => ({ timingPrompts: [{ from: 0, to: 2, prompt: 'steps' }], duration: 10 }),
	upscale: () => ({ videoUrl: CLIP, upscaleResolution: '1080p' }),
};

let voices = 0;
const nextVoice = () => `narrator-${(voices += 1)}`;

/** Where the node is stricter than the documents, or the documents say nothing. */
const STRICTER: ReadonlyArray<readonly [Kind, string]> = [
	['createSubject', 'name'],
	['template', 'images'],
	['templateStory', 'images'],
	// With both, one is ignored by the provider.
	['digitalHuman', 'audioUrl'],
	['lipSync', 'audioUrl'],
];

/** Values at the ends of a rule and beyond them; undefined leaves the field out. The node fills in presets. */
function valuesFor(rule: Rule): unknown[] {
	const text = (length: number) => 'x'.repeat(length);
	switch (rule.kind) {
		case 'text':
			return [
				undefined,
				...(rule.max === undefined ? [] : [text(rule.max), text(rule.max + 1)]),
				...(rule.min === undefined ? [] : [text(rule.min), text(rule.min - 1), '你好', '你']),
				...(rule.spoken
					? ['Hello <#0.5#> you', 'Hello <#0#> you', 'Hello <#1#>', '<#1#> you', 'a <#1.234#> b']
					: []),
				...(rule.form ? [nextVoice(), '1narrator', 'narrator_', 'short'] : []),
			];
		case 'number': {
			const { min = 0, max = 0 } = rule;
			return [min, max, min - 1, max + 1, min + 0.5];
		}
		case 'choice':
			return [...rule.values, 'another'];
		case 'choices':
			return [undefined, rule.values, ['another']];
		case 'url':
			return [undefined, SOUND.replace('mp3', 'bin'), 'no address'];
		case 'recordings':
			return [undefined, [{ ...picture(), type: rule.type, value: 'no address' }]];
		case 'texts':
			return [undefined, ['omg/oh my god']];
		case 'image':
			return [undefined];
		case 'images':
			return Array.from({ length: Math.min(rule.max, 7) + 2 }, (_, count) =>
				Array.from({ length: count }, picture),
			);
		case 'list':
		case 'seconds':
		case 'switch':
			return [];
	}
}

/** Options that kinds have in common are checked with the clips. */
const SHARED = new Set<string>(Object.keys(OPTION_WORDS).filter((name) => name !== 'voiceId'));

/** Good requests with one field changed. */
function* requestsFor(row: Row, good: () => Values): Generator<readonly [string, Values]> {
	yield ['', good()];
	for (const [key, rule] of entriesOf(row.fields).filter(([name]) => !SHARED.has(name))) {
		for (const value of valuesFor(rule)) yield [key, { ...good(), [key]: value }];
		if (rule.kind !== 'list') continue;
		const [first] = good()[key] as Values[];
		for (const count of [0, rule.min, Math.min(rule.max, 9), Math.min(rule.max, 9) + 1]) {
			yield [key, { ...good(), [key]: Array.from({ length: count }, () => first) }];
		}
		for (const [inner, innerRule] of entriesOf(rule.of)) {
			for (const value of valuesFor(innerRule)) {
				const rows = (good()[key] as Values[]).map((given) => ({ ...given, [inner]: value }));
				yield [key, { ...good(), [key]: rows }];
			}
		}
	}
}

const rows = (Object.keys(GOOD) as Array<keyof typeof GOOD>).flatMap((kind) =>
	rowsOf('vidu', kind).map((row: Row) => ({
		row,
		good: GOOD[kind],
		name: `${row.kind} ${row.model ?? ''}`,
	})),
);

it.each(rows)('catalogue and sandbox agree on $name', async ({ row, good }) => {
	for (const [changed, given] of requestsFor(row, good)) {
		const values = Object.fromEntries(
			Object.entries(given).filter(
				([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
			),
		);
		const { problems, values: checked } = check(row, values as Draft, 'it', sandbox.url);
		const { path, body } = vidu.create({
			kind: row.kind,
			model: row.model,
			values: mapMedia(checked, (image) => (image.kind === 'reference' ? image.value : '')),
		});
		const { status, data } = await axios.post(sandbox.url + path, body, {
			headers: { Authorization: `Token ${SANDBOX_KEY}` },
			validateStatus: () => true,
		});
		const about = { changed, value: JSON.stringify(given[changed])?.slice(0, 120) };
		const taken = status === 200;
		const stricter = taken && STRICTER.some(([kind, key]) => kind === row.kind && key === changed);
		if (!stricter) {
			expect({ ...about, taken, said: taken ? problems : [data.message] }).toEqual({
				...about,
				taken: problems.length === 0,
				said: taken ? [] : [expect.any(String)],
			});
		}
		const { credits } = estimate(row, checked, 'global');
		if (
			taken &&
			problems.length === 0 &&
			credits !== null &&
			data.credits !== undefined &&
			!('state' in data && data.state === 'failed')
		) {
			expect({ ...about, credits: data.credits }).toEqual({ ...about, credits });
		}
	}
});
