import { startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { call, download, inspect, query, resultOf } from './client.mts';

let clock = Date.UTC(2026, 10, 21);
let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ speed: 1, now: () => clock });
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const SOUND = 'https://sound.example/voice.mp3';
const BODIES: Record<string, Record<string, unknown>> = {
	text2audio: { model: 'audio1.0', prompt: 'Rain' },
	timing2audio: {
		model: 'audio1.0',
		timing_prompts: [
			{ from: 0, to: 3, prompt: 'Birds' },
			{ from: 2.5, to: 9.5, prompt: 'A train' },
		],
	},
	'audio-tts': { text: 'Hello there', voice_setting_voice_id: 'female-1' },
	'audio-clone': { audio_url: SOUND, voice_id: 'narrator1', text: 'Hello there' },
};
const order = async (path: string, more: Record<string, unknown> = {}) =>
	await call(sandbox, 'POST', `/ent/v2/${path}`, { ...BODIES[path], ...more });
const event = (more: Record<string, unknown>) => ({
	timing_prompts: [{ from: 0, to: 3, prompt: 'Birds', ...more }],
});

describe('a sound effect', () => {
	it.each([
		['text2audio', undefined, 10],
		['text2audio', 2, 2],
		['timing2audio', undefined, 10],
		['timing2audio', 9.5, 9.5],
	])('of %s lasts %s seconds, as WAV', async (path, duration, seconds) => {
		const { body } = await order(path, { duration });
		expect(body).toMatchObject({ state: 'created', model: 'audio1.0', duration: seconds });
		clock += 90_000;
		const result = await resultOf(sandbox, String(body.task_id));
		expect(result).toMatchObject({ cover_url: '' });
		const { type, bytes } = await download(result.url);
		expect(type).toBe('audio/wav');
		expect(bytes.toString('latin1', 0, 4) + bytes.toString('latin1', 8, 12)).toBe('RIFFWAVE');
		expect(await inspect(bytes)).toMatchObject({ mime: expect.stringContaining('wav') });
		expect((await inspect(bytes)).duration).toBeCloseTo(seconds, 3);
	});

	it.each([
		['text2audio', { duration: 4.9 }, 10],
		['text2audio', { duration: 5 }, 20],
		['timing2audio', {}, 20],
	])('of %s with %j costs %d credits', async (path, more, credits) => {
		expect((await order(path, more)).body).toMatchObject({ credits });
	});

	it('fails by the words of one of its events', async () => {
		const { body } = await order('timing2audio', event({ prompt: '[fail=Unknown]' }));
		clock += 90_000;
		expect((await query(sandbox, String(body.task_id))).body).toMatchObject({ state: 'failed' });
	});
});

describe('a speech', () => {
	it('comes at once, as MP3 of the length of its text', async () => {
		const { body } = await order('audio-tts', { text: 'a'.repeat(60), payload: 'row-7' });
		expect(body).toEqual({
			task_id: expect.any(String),
			state: 'success',
			file_url: expect.stringContaining('.mp3?'),
			credits: 10,
			payload: 'row-7',
			created_at: expect.any(String),
		});
		const { type, bytes } = await download(String(body.file_url));
		expect(type).toBe('audio/mpeg');
		expect(bytes.readUInt16BE(0) & 0xffe0).toBe(0xffe0);
		const { mime, audio, duration } = await inspect(bytes);
		expect([mime, audio]).toEqual([expect.stringContaining('mpeg'), 'mp3']);
		expect(duration).toBeCloseTo(5, 1);
	});

	it('waits at its pauses, and is over sooner at more speed', async () => {
		const seconds = async (more: Record<string, unknown>) => {
			const { body } = await order('audio-tts', more);
			return (await inspect((await download(String(body.file_url))).bytes)).duration;
		};
		const words = 'a'.repeat(60);
		expect(await seconds({ text: `${words}<#2.5#>${words}` })).toBeCloseTo(12.5, 1);
		expect(await seconds({ text: words, voice_setting_speed: 2 })).toBeCloseTo(2.5, 1);
	});

	it('costs ten credits for every 500 characters', async () => {
		for (const length of [500, 501, 9999]) await order('audio-tts', { text: 'a'.repeat(length) });
		expect(sandbox.ledger()).toMatchObject([{ credits: 10 }, { credits: 20 }, { credits: 200 }]);
	});

	it('that fails says so in its answer, and costs nothing', async () => {
		const { status, body } = await order('audio-tts', { payload: '[fail=AuditSubmitIllegal]' });
		expect(status).toBe(200);
		expect(body).toMatchObject({ state: 'failed', file_url: '', credits: 0 });
		expect(sandbox.ledger()).toMatchObject([{ refunded: true }]);
	});
});

describe('a cloned voice', () => {
	it('speaks its trial text, and costs 300 credits and the speech', async () => {
		const { body } = await order('audio-clone');
		expect(body).toEqual({
			task_id: expect.any(String),
			state: 'success',
			voice_id: 'narrator1',
			demo_audio: expect.any(String),
			payload: '',
			created_at: expect.any(String),
		});
		expect((await download(String(body.demo_audio))).type).toBe('audio/mpeg');
		expect(sandbox.ledger()).toMatchObject([{ credits: 310 }]);
	});

	it('has a name that no other has', async () => {
		await order('audio-clone');
		const again = await order('audio-clone');
		expect(again).toMatchObject({ status: 409, body: { reason: 'Conflict' } });
		expect(sandbox.ledger()).toHaveLength(1);
		expect((await order('audio-clone', { voice_id: 'narrator2' })).status).toBe(200);
	});

	it('that fails leaves its name free', async () => {
		const lost = await order('audio-clone', { audio_url: 'https://sound.invalid/a.wav' });
		expect(lost.body).toMatchObject({ state: 'failed', demo_audio: '' });
		expect(lost.body).not.toHaveProperty('voice_id');
		expect((await order('audio-clone')).body).toMatchObject({ state: 'success' });
	});

	it.each(['narrator', 'a-b_c-d1', `a${'b'.repeat(255)}`])('may be called %s', async (name) => {
		expect((await order('audio-clone', { voice_id: name })).status).toBe(200);
	});
});

describe('a request', () => {
	const LACKS = 'FieldLacking';
	const INVALID = 'FieldInvalid';
	const EXTRA = 'FieldUnwanted';
	it.each([
		...Object.keys(BODIES).map((path) => [path, { colour: 'red' }, EXTRA, 'colour'] as const),
		['text2audio', { payload: 'x' }, EXTRA, 'payload'],
		['text2audio', { model: undefined }, LACKS, 'model'],
		['text2audio', { model: 'viduq2' }, INVALID, 'model'],
		['text2audio', { prompt: '' }, LACKS, 'prompt'],
		['text2audio', { prompt: 'a'.repeat(1501) }, INVALID, 'prompt'],
		['text2audio', { duration: 1.9 }, INVALID, 'duration'],
		['text2audio', { duration: 11 }, INVALID, 'duration'],
		['timing2audio', { prompt: 'x' }, EXTRA, 'prompt'],
		['timing2audio', { timing_prompts: undefined }, LACKS, 'timing_prompts'],
		['timing2audio', { timing_prompts: [] }, 'FieldItemCountOutOfRange', 'timing_prompts'],
		['timing2audio', event({ from: undefined }), LACKS, '[0].from'],
		['timing2audio', event({ prompt: 'a'.repeat(1501) }), INVALID, '[0].prompt'],
		['timing2audio', event({ from: -1 }), INVALID, '[0].from'],
		['timing2audio', event({ from: 3 }), INVALID, '[0].from'],
		['timing2audio', event({ to: 10.5 }), INVALID, '[0].to'],
		['timing2audio', { ...event({ to: 6 }), duration: 5 }, INVALID, '[0].to'],
		['audio-tts', { text: undefined }, LACKS, 'text'],
		['audio-tts', { text: 'a'.repeat(10_000) }, INVALID, 'text'],
		['audio-tts', { text: 'Hello <#0#> you' }, INVALID, 'pause'],
		['audio-tts', { text: 'Hello <#1.234#> you' }, INVALID, 'pause'],
		['audio-tts', { voice_setting_voice_id: undefined }, LACKS, 'voice_id'],
		['audio-tts', { voice_setting_speed: 0.4 }, INVALID, 'speed'],
		['audio-tts', { voice_setting_volume: -1 }, INVALID, 'volume'],
		['audio-tts', { voice_setting_pitch: 13 }, INVALID, 'pitch'],
		['audio-tts', { voice_setting_pitch: 0.5 }, INVALID, 'pitch'],
		['audio-tts', { voice_setting_emotion: 'bored' }, INVALID, 'emotion'],
		['audio-tts', { pronunciation_dict_tone: 'omg/oh my god' }, INVALID, 'tone'],
		['audio-tts', { callback_url: SOUND }, EXTRA, 'callback_url'],
		['audio-clone', { audio_url: undefined }, LACKS, 'audio_url'],
		['audio-clone', { audio_url: 'https://a.example/b.ogg' }, INVALID, 'audio_url'],
		['audio-clone', { text: undefined }, LACKS, 'text'],
		['audio-clone', { text: 'a'.repeat(1001) }, INVALID, 'text'],
		['audio-clone', { voice_id: undefined }, LACKS, 'voice_id'],
		['audio-clone', { voice_id: 'short12' }, INVALID, 'voice_id'],
		['audio-clone', { voice_id: '1narrator' }, INVALID, 'voice_id'],
		['audio-clone', { voice_id: 'narrator_' }, INVALID, 'voice_id'],
		['audio-clone', { voice_id: 'narrator one' }, INVALID, 'voice_id'],
		['audio-clone', { callback_url: SOUND }, EXTRA, 'callback_url'],
	] as const)('%s with %j is refused: %s', async (path, more, reason, mention) => {
		const answer = await order(path, more);
		expect(answer).toMatchObject({ status: 400, body: { reason } });
		expect(answer.body.message).toContain(mention);
		expect(sandbox.ledger()).toEqual([]);
	});
});
