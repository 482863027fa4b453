/** Joined files as mediabunny reads them, from clips of any kind that cameras and encoders write. */
import fc from 'fast-check';
import { CustomSource } from 'mediabunny';
import { planFilm } from '../../../nodes/Vidu/media/join/film.ts';
import { Unfit } from '../../../nodes/Vidu/media/join/unfit.ts';
import { clipOf, join, look, mp4, type Found, type FoundFilm, type Shot } from './clips.mts';
import { boxAt, edited, quickTime, rebuilt, wide } from './surgery.mts';

const STEREO = { rate: 48_000, channels: 2, frames: 47 };
/** The longest that a frame of sound may be from its time: half of its length. */
const stepOf = (rate: number) => 512 / rate + 1e-6;

/** Which picture or frame of sound this is, whatever is in front of it. */
const named = (data: Buffer, kind: string) =>
	new RegExp(`\\.(\\w+-${kind}-\\d+)\\.`).exec(data.toString('latin1'))?.[1];

const shots = fc.record({
	rate: fc.constantFrom(12, 24, 25, 30, 60),
	pictures: fc.integer({ min: 1, max: 40 }),
	between: fc.nat({ max: 3 }),
	group: fc.integer({ min: 1, max: 15 }),
	variant: fc.constantFrom(0, 0, 1, 2),
	indexLast: fc.boolean(),
	hasSound: fc.boolean(),
	isWide: fc.boolean(),
});

const films = fc.record({
	codec: fc.constantFrom('avc' as const, 'hevc' as const),
	size: fc.constantFrom([640, 360], [1080, 1920], [3840, 2160]),
	soundRate: fc.constantFrom(44_100, 48_000),
	channels: fc.constantFrom(1, 2),
	piece: fc.integer({ min: 64, max: 5000 }),
	takes: fc.array(shots, { minLength: 1, maxLength: 4 }),
});

type Plan = typeof films extends fc.Arbitrary<infer T> ? T : never;

async function filesOf({ codec, size, soundRate, channels, takes }: Plan): Promise<Buffer[]> {
	const made = takes.map(async ({ hasSound, isWide, ...take }, index) => {
		// Encoders fill up the last frame of sound.
		const frames = Math.ceil((take.pictures / take.rate) * (soundRate / 1024));
		const shot: Shot = { ...take, codec, width: size[0], height: size[1] };
		const sound = { rate: soundRate, channels, frames };
		const bytes = await mp4(`shot${index}`, hasSound ? { ...shot, sound } : shot);
		return isWide ? wide(bytes) : bytes;
	});
	return await Promise.all(made);
}

/** Every picture of every clip, in the order of decoding, when it is shown in its clip. */
function expectPictures(film: FoundFilm, clips: readonly FoundFilm[]): void {
	const starts = startsOf(clips);
	const wanted = clips.flatMap(({ pictures }, clip) =>
		pictures.packets.map(({ data, time, isKey }) => ({
			name: named(data, 'picture'),
			time: (starts[clip] ?? 0) + time,
			isKey,
		})),
	);
	const found = film.pictures.packets.map(({ data, time, isKey }) => ({
		name: named(data, 'picture'),
		time,
		isKey,
	}));
	expect(found.map(({ name, isKey }) => [name, isKey])).toEqual(
		wanted.map(({ name, isKey }) => [name, isKey]),
	);
	for (const [index, { time }] of found.entries())
		expect(time).toBeCloseTo(wanted[index]?.time ?? NaN, 5);
}

function startsOf(clips: readonly FoundFilm[]): number[] {
	const starts = [0];
	for (const { pictures } of clips) starts.push((starts.at(-1) ?? 0) + pictures.end);
	return starts;
}

/** Frames of sound in step with the pictures, without gaps, in their order. */
function expectSound({ packets }: Found, clips: readonly FoundFilm[], rate: number): void {
	const starts = startsOf(clips);
	for (const [index, { time }] of packets.entries())
		expect(time).toBeCloseTo((index * 1024) / rate, 4);
	for (const [clip, { sound }] of clips.entries()) {
		const own = packets.filter(({ data }) => named(data, 'sound')?.startsWith(`shot${clip}-`));
		const before = new Map(sound?.packets.map(({ data, time }) => [named(data, 'sound'), time]));
		for (const { data, time } of own) {
			const wanted = (starts[clip] ?? 0) + (before.get(named(data, 'sound')) ?? NaN);
			expect(Math.abs(time - wanted)).toBeLessThanOrEqual(stepOf(rate));
		}
		// All but what reaches into the clips before and behind.
		expect(own.length).toBeGreaterThanOrEqual((sound?.packets.length ?? 0) - 3);
	}
}

test('a film has all pictures of all clips, in order and in time, and its sound is in step', async () => {
	await fc.assert(
		fc.asyncProperty(films, async (plan) => {
			const files = await filesOf(plan);
			const clips = await Promise.all(files.map(async (bytes) => await look(bytes)));
			const film = await look(await join(files, plan.piece));
			expectPictures(film, clips);
			expect([film.width, film.height]).toEqual(plan.size);
			const length = startsOf(clips).at(-1) ?? 0;
			expect(film.pictures.end).toBeCloseTo(length, 4);
			expect(film.duration).toBeLessThan(length + 1 / 60);
			expect(film.sound === null).toBe(plan.takes.every(({ hasSound }) => !hasSound));
			if (film.sound !== null) expectSound(film.sound, clips, plan.soundRate);
		}),
		{ numRuns: 60 },
	);
});

test('a joined film can be joined again', async () => {
	const clips = [
		await mp4('a', { sound: STEREO }),
		await mp4('b', { variant: 1, between: 2, sound: STEREO }),
	];
	const film = await join(clips);
	const twice = await look(await join([film, ...clips]));
	expect(twice.pictures.packets).toHaveLength(4 * 24);
	expect(twice.duration).toBeCloseTo(4, 1);
	const times = twice.pictures.packets.map(({ time }) => time).sort((one, other) => one - other);
	for (const [index, time] of times.entries()) expect(time).toBeCloseTo(index / 24, 5);
});

test('clips that are encoded alike share one entry and are copied unchanged, others bring what decoders need', async () => {
	const [one, other] = [await mp4('one', {}), await mp4('two', { variant: 1 })];
	const entries = (film: Buffer) => film.readUInt32BE(film.indexOf('stsd', 0, 'latin1') + 8);
	const alike = await join([one, one]);
	expect(entries(alike)).toBe(1);
	expect((await look(alike)).pictures.packets[0]?.data).toEqual(
		(await look(one)).pictures.packets[0]?.data,
	);
	const different = await join([one, other]);
	expect(entries(different)).toBe(2);
	const keys = (await look(different)).pictures.packets.filter(({ isKey }) => isKey);
	// A sequence parameter set of H.264 is in front of each.
	for (const { data } of keys) expect(data[4]).toBe(0x67);
});

test('sound that is much longer than the pictures holds the last one, and a little more is cut', async () => {
	const clip = async (frames: number) => await mp4('a', { sound: { ...STEREO, frames } });
	const padded = await look(await join([await clip(50), await clip(50)]));
	expect(padded.pictures.end).toBeCloseTo(2, 5);
	expect(Math.abs((padded.sound?.end ?? 0) - 2)).toBeLessThan(0.011);
	const long = await look(await join([await clip(94), await clip(47)]));
	expect(long.pictures.end).toBeCloseTo((94 * 1024) / 48_000 + 1, 3);
	expect(long.pictures.packets[24]?.time).toBeCloseTo((94 * 1024) / 48_000, 3);
});

test('the frames of sound that only start the decoder are kept of the first clip and hidden, and left out of others', async () => {
	const plain = await mp4('a', { sound: { ...STEREO, frames: 49 } });
	// As AAC encoders write it: the first frame and a half are not heard.
	const primed = edited(plain, 'soun', [{ length: 1, from: 1536 / 48_000 }]);
	const { sound, duration } = await look(await join([primed, primed, primed]));
	expect(duration).toBeCloseTo(3, 1);
	const times = sound?.packets.map(({ time }) => time) ?? [];
	expect(times[0]).toBeCloseTo(-1536 / 48_000, 4);
	const second = sound?.packets.findIndex(
		({ data, time }) => time > 0.5 && named(data, 'sound') === 'a-sound-2',
	);
	expect(Math.abs((times[second ?? 0] ?? 0) - 1 - 512 / 48_000)).toBeLessThan(0.011);
});

test('sound that the edit list hides is left out', async () => {
	const plain = await mp4('a', { sound: STEREO });
	const half = edited(plain, 'soun', [{ length: 0.5, from: 0.5 }]);
	const { sound } = await look(await join([half, half]));
	const heard = sound?.packets.filter(({ time }) => time > -0.001) ?? [];
	expect(named(heard[0]?.data ?? Buffer.alloc(0), 'sound')).toBe('a-sound-24');
	expect(sound?.packets.length).toBeLessThan(heard.length + 6);
	const after = await look(await join([await mp4('silent', {}), half]));
	const first = after.sound?.packets.find(({ data }) => named(data, 'sound'));
	expect(named(first?.data ?? Buffer.alloc(0), 'sound')).toBe('a-sound-23');
	const wanted = 1 + (23 * 1024) / 48_000 - 0.5;
	expect(Math.abs((first?.time ?? 0) - wanted)).toBeLessThanOrEqual(stepOf(48_000));
	const none = edited(plain, 'soun', [{ length: 1, from: 2 }]);
	expect((await look(await join([none, none]))).sound).toBeNull();
});

test('pictures that begin late in their clip begin as late in the film, with the sound in step', async () => {
	const plain = await mp4('a', { sound: STEREO });
	const late = edited(plain, 'vide', [
		{ length: 0.25, from: null },
		{ length: 1, from: 0 },
	]);
	const { pictures, duration } = await look(await join([late, late]));
	expect(pictures.packets[0]?.time).toBeCloseTo(0.25, 4);
	expect(pictures.packets[24]?.time).toBeCloseTo(1.5, 4);
	expect(duration).toBeCloseTo(2.5, 2);
});

test('a film above 4 GB has places of 64 bits', async () => {
	const clip = clipOf(await mp4('a', {}), 'Clip 1');
	const { table } = clip.pictures;
	const size = 250_000_000;
	const huge = {
		...clip,
		pictures: {
			...clip.pictures,
			table: {
				...table,
				sizes: table.sizes.map(() => size),
				chunks: [{ at: 100, first: 0, samples: 24, entry: 0 }],
			},
		},
	};
	const { head, parts } = planFilm([huge, huge]);
	const data = 48 * size;
	expect(parts).toEqual([[{ from: 100, size: data / 2 }], [{ from: 100, size: data / 2 }]]);
	const source = new CustomSource({
		getSize: () => head.length + data,
		read: (from, to) => {
			const bytes = new Uint8Array(to - from);
			bytes.set(head.subarray(from, to));
			return bytes;
		},
	});
	const { pictures } = await look(source, true);
	expect(pictures.packets).toHaveLength(48);
	expect(pictures.end).toBeCloseTo(2, 5);
	const places = boxAt(head, 'co64');
	expect(places.readBigUInt64BE(24)).toBe(BigInt(head.length + data / 2));
});

test('sound as QuickTime describes it is that of MP4', async () => {
	const plain = await mp4('a', { sound: STEREO });
	const quicktime = quickTime(plain);
	const film = await join([plain, quicktime, plain]);
	expect((await look(film)).sound?.packets.length).toBeGreaterThan(3 * 46);
	expect(film.indexOf('wave', 0, 'latin1')).toBe(-1);
});

describe('what cannot be joined is refused with the name of the clip and what differs', () => {
	const refusal = async (...files: Buffer[]) => {
		const error: unknown = await join(files).then(
			() => null,
			(reason: unknown) => reason,
		);
		expect(error).toBeInstanceOf(Unfit);
		return (error as Unfit).message;
	};
	let good: Buffer;
	beforeAll(async () => {
		good = await mp4('good', { sound: STEREO });
	});

	test.each<[string, Shot, string]>([
		['another size', { width: 360, height: 640 }, 'Clip 2 is 360×640, but Clip 1 is 640×360'],
		[
			'another codec',
			{ codec: 'hevc' },
			'Clip 2 has H.265 video (hvc1), but Clip 1 has H.264 video (avc1)',
		],
		[
			'another rate of sound',
			{ sound: { ...STEREO, rate: 44_100 } },
			'Clip 2 has sound of 44100 Hz, but Clip 1 has sound of 48000 Hz',
		],
		[
			'other channels',
			{ sound: { ...STEREO, channels: 1 } },
			'Clip 2 has mono sound, but Clip 1 has stereo sound',
		],
		[
			'a fragmented file',
			{ fragmented: true },
			'Clip 2 is a fragmented MP4, whose index is in pieces. Save it as an ordinary MP4',
		],
	])('%s', async (_, shot, message) => {
		expect(await refusal(good, await mp4('bad', shot))).toBe(message);
	});

	test('units of time without a common multiple', async () => {
		const other = rebuilt(good, 'mdhd', (content) => content.writeUInt32BE(1_999_999_973, 12));
		expect(await refusal(good, other)).toMatch(/^Clip 2 has 1999999973 units of time in a second/);
	});

	test('what is no MP4', async () => {
		for (const bytes of [Buffer.alloc(0), Buffer.from('<html></html>'), Buffer.alloc(2000)])
			expect(await refusal(bytes, good)).toBe('Clip 1 is not an MP4 file');
	});

	test('a file that broke off anywhere', async () => {
		for (const file of [good, await mp4('late', { indexLast: true })])
			for (const part of [0.999, 0.8, 0.5, 0.1, 0.02])
				expect(await refusal(good, file.subarray(0, file.length * part))).toMatch(
					/^Clip 2 (is truncated|is damaged)/,
				);
	});

	test('an edit list that cannot be kept', async () => {
		const parts = [
			{ length: 0.5, from: 0 },
			{ length: 0.2, from: 0.7 },
		];
		expect(await refusal(good, edited(good, 'vide', parts))).toBe(
			'Clip 2 has several parts in its edit list, which cannot be kept',
		);
		const hides = (from: number, length: number) => edited(good, 'vide', [{ length, from }]);
		expect(await refusal(hides(0.5, 0.5))).toMatch(/^Clip 1 hides 0.5 s of its pictures/);
		expect(await refusal(hides(0, 0.25))).toMatch(/^Clip 1 hides 0.8 s of its pictures/);
	});

	test('a table of 2^32 samples, and a box of 4 GB', async () => {
		const many = rebuilt(good, 'stsz', (content) => {
			content.writeUInt32BE(1, 4);
			content.writeUInt32BE(0xffff_ffff, 8);
		});
		expect(await refusal(many)).toBe('Clip 1 has more than 1 million samples');
		const large = Buffer.from('ffffffff6d6f6f76', 'hex');
		expect(await refusal(Buffer.concat([good.subarray(0, good.readUInt32BE(0)), large]))).toBe(
			'Clip 1 has an index above 16 MB',
		);
	});

	test('sound whose pauses cannot be filled', async () => {
		const rear = { rate: 48_000, channels: 6, frames: 47 };
		const silent = await mp4('silent', {});
		expect(await refusal(silent, await mp4('surround', { sound: rear }))).toMatch(
			/^Clip 2 has 1\.00 s without sound before its sound, which can be filled in mono and stereo/,
		);
	});

	test('whatever is wrong within the index, it is refused or becomes a film, and nothing else happens', async () => {
		const index = good.indexOf('moov', 0, 'latin1') - 4;
		const end = index + good.readUInt32BE(index);
		const change = fc.tuple(fc.integer({ min: index, max: end - 1 }), fc.nat({ max: 255 }));
		await fc.assert(
			fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
				const bytes = Buffer.from(good);
				for (const [at, value] of changes) bytes[at] = value;
				const film = await join([bytes, good]).catch((error: unknown) => error);
				if (!Buffer.isBuffer(film)) expect(film).toBeInstanceOf(Unfit);
			}),
			{ numRuns: 300 },
		);
	});
});
