import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import { ViduApi } from '../../credentials/ViduApi.credentials';
import { Vidu } from '../../nodes/Vidu/Vidu.node';
import { ViduReferenceToVideo } from '../../nodes/Vidu/ViduReferenceToVideo.node';
import { ViduTrigger } from '../../nodes/Vidu/ViduTrigger.node';
import viduCodex from '../../nodes/Vidu/Vidu.node.json';
import referenceCodex from '../../nodes/Vidu/ViduReferenceToVideo.node.json';
import triggerCodex from '../../nodes/Vidu/ViduTrigger.node.json';

/** A text that the panel shows, with the place where it was found. */
interface Shown {
	readonly at: string;
	readonly text: string;
	readonly as: 'label' | 'description' | 'action' | 'placeholder' | 'hint';
	/** Of the field. */
	readonly type?: string;
}

const FACES = {
	Vidu: new Vidu().description,
	ViduReferenceToVideo: new ViduReferenceToVideo().description,
	ViduTrigger: new ViduTrigger().description,
	ViduApi: { description: undefined, properties: new ViduApi().properties },
};

type Part = INodeProperties | INodePropertyOptions | INodePropertyCollection;

/** The texts of a property, an option or a list of fields, and of all in it. */
function shownIn(part: Part, path: string): Shown[] {
	const at = `${path}.${part.name}`;
	const type = 'type' in part ? part.type : undefined;
	const own: Array<[Shown['as'], string | undefined]> = [
		// A notice is a sentence in the place of a label.
		'type' in part && part.type === 'notice'
			? ['description', part.displayName]
			: ['label', 'displayName' in part ? part.displayName : part.name],
		['description', 'description' in part ? part.description : undefined],
		['action', 'action' in part ? part.action : undefined],
		['placeholder', 'placeholder' in part ? part.placeholder : undefined],
		['hint', 'hint' in part ? part.hint : undefined],
	];
	const inner: readonly Part[] = [
		...('options' in part ? (part.options ?? []) : []),
		...('values' in part ? part.values : []),
	];
	return [
		...own.flatMap(([as, text]) => (text ? [{ at, text, as, type }] : [])),
		...inner.flatMap((each) => shownIn(each, at)),
	];
}

const texts = Object.entries(FACES).flatMap(([face, { description, properties }]): Shown[] => [
	...(description ? [{ at: face, text: description, as: 'description' as const }] : []),
	...properties.flatMap((property) => shownIn(property, face)),
]);

/** Where a text has what it must not have. */
const offending = (wrong: RegExp, ...kinds: ReadonlyArray<Shown['as']>) => [
	...new Set(
		texts
			.filter(({ text, as }) => (kinds.length === 0 || kinds.includes(as)) && wrong.test(text))
			.map(({ at, text }) => `${at}: ${text}`),
	),
];

describe('the texts of the nodes and the credential', () => {
	it('are all found', () => {
		expect(texts.length).toBeGreaterThan(1000);
		for (const kind of ['label', 'description', 'action', 'placeholder', 'hint'] as const) {
			expect(texts.map(({ as }) => as)).toContain(kind);
		}
	});

	it('say image, as Vidu and n8n do', () => {
		expect(offending(/pictures?\b/i)).toEqual([]);
	});

	it("call the fields of items by n8n's words in labels", () => {
		expect(offending(/binary/i, 'label')).toEqual([]);
		const offered = texts.filter(
			({ text, as, type }) => as === 'label' && type === 'string' && /data field/i.test(text),
		);
		expect(offered.length).toBeGreaterThan(10);
		for (const { text } of offered)
			expect(text).toMatch(/^(\w+ ){0,2}Input Data Field Names?$|^Output Data Field Name$/);
	});

	it('name actions without articles, in sentence case', () => {
		expect(offending(/\b(a|an|the)\b/i, 'action')).toEqual([]);
		expect(offending(/^[^A-Z]|.\b(?!API)[A-Z]/, 'action')).toEqual([]);
	});

	it('say in the label that a number is in seconds', () => {
		const numbers = texts.filter(({ type, as }) => type === 'number' && as === 'label');
		const times = numbers.filter(({ text }) =>
			/duration|length|interval|timeout|skew|from|to\b/i.test(text),
		);
		expect(times.length).toBeGreaterThan(10);
		expect(times.filter(({ text }) => !text.endsWith(' (Seconds)'))).toEqual([]);
	});

	it('say where fields exclude each other', () => {
		const hints = Object.fromEntries(
			texts.filter(({ as }) => as === 'hint').map(({ at, text }) => [at, text]),
		);
		expect(hints).toMatchObject({
			'Vidu.videoCreationId': 'Use this or "Video URL", not both',
			'Vidu.audioUrl': 'Use this or "Text", not both',
			'Vidu.startBinaryPropertyName': 'Use this or "Start Image URL", not both',
			'ViduReferenceToVideo.binaryPropertyNames': 'Use this, "Image URLs" or both',
		});
	});

	it('end without a full stop when they are one sentence, and with one when they are more', () => {
		expect(offending(/^[^.]*\.$/, 'description', 'action', 'hint')).toEqual([]);
		expect(offending(/[a-z)"]\. [A-Z].*[^.?]$/, 'description')).toEqual([]);
	});

	it('do not read translated', () => {
		expect(
			offending(/speaks? of|\btold\b|\bstands?\b|go(es)? on\b|go by\b|in place of|\bbeside\b/i),
		).toEqual([]);
	});

	it('begin with Whether for a switch', () => {
		const switches = texts.filter(({ type, as }) => type === 'boolean' && as === 'description');
		expect(switches.length).toBeGreaterThan(10);
		expect(switches.filter(({ text }) => !text.startsWith('Whether '))).toEqual([]);
	});
});

/** What people type who look for this in the node picker. */
const TYPED = [
	...['video', 'AI video', 'image to video', 'text to video', 'product video', 'animation'],
	...['avatar', 'digital human', 'talking head', 'lip sync', 'text to speech', 'voiceover'],
	...['clone voice', 'sound effect', 'template', 'clip', 'ad', 'reel'],
];

describe('in the node picker', () => {
	it.each([viduCodex, referenceCodex, triggerCodex])(
		'$node is found by what people type',
		(codex) => {
			expect(codex.alias).toEqual(expect.arrayContaining(TYPED));
			expect(new Set(codex.alias).size).toBe(codex.alias.length);
		},
	);

	it('the trigger announces both itself and the actions, with which n8n lists it', () => {
		const { description } = FACES.ViduTrigger;
		for (const word of ['videos', 'images', 'speech', 'sounds', 'start a workflow'])
			expect(description).toContain(word);
	});
});
