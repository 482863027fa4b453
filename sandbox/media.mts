/**
 * Real media for results: the committed one-second templates, repeated in plain JavaScript to the
 * length that was ordered, as H.264 in MP4.
 */
import { readFile } from 'node:fs/promises';
import {
	ALL_FORMATS,
	BufferSource,
	BufferTarget,
	EncodedAudioPacketSource,
	EncodedPacketSink,
	EncodedVideoPacketSource,
	Input,
	Mp4OutputFormat,
	Output,
	type EncodedPacket,
	type InputTrack,
} from 'mediabunny';
import { classOf, frameSize, nearestTemplate, templateName, type Size } from './assets/sizes.mts';
import { picture } from './pictures.mts';
import { Recent } from './recent.mts';
import { sound, speech } from './sounds.mts';
import { film, still, type Card, type Footage } from './standIn.mts';
import type { ClipOrder } from './tasks.mts';

/** Frames per second of every clip. */
export const FPS = 12;
/** The part of the sound loop that repeats without a seam: 48 AAC frames, 1.024 s. */
const HUM = { from: 48, count: 48 };
/** Samples for the example workflows, served under `/samples/`. */
export const SAMPLES = ['cat.png', 'robot.png', 'bottle.png'] as const;

const finished = new Map<string, Promise<Buffer>>();
/** Cards are many and large. */
const shown = new Recent<Promise<Buffer>>(8);
const assets = new Map<string, Promise<Buffer>>();

/** The pixels of what an order gets: a picture has any ratio, a clip the nearest of five. */
export function clipSize({ resolution, aspect, medium = 'video' }: ClipOrder): Size {
	if (medium === 'image') return frameSize(classOf(resolution), aspect);
	if (medium !== 'video') return { width: 0, height: 0 };
	const nearest = nearestTemplate(resolution, aspect);
	return frameSize(nearest.resolution, nearest.aspect);
}

/** What a list tells of the result's measures. */
export function measures(order: ClipOrder) {
	const moves = (order.medium ?? 'video') === 'video';
	return { duration: order.seconds, fps: moves ? FPS : 0, resolution: clipSize(order) };
}

/** The file of an order, whatever its medium. */
export async function made(order: ClipOrder): Promise<Buffer> {
	switch (order.medium ?? 'video') {
		case 'image':
			return order.card
				? still(order.card, facts(order), clipSize(order))
				: picture(clipSize(order));
		case 'speech':
			return speech(await asset('hum.mp3'), order.seconds);
		case 'sound':
			return sound(order.seconds);
		default:
			return await clip(order);
	}
}

/** The MP4 of an order, made once and kept; those that show a card for a while. */
export async function clip(order: ClipOrder): Promise<Buffer> {
	const { seconds, audio, card } = order;
	if (card !== undefined)
		return await shown.get(keyOf(order, card), async () => await showing(order, card));
	const { resolution, aspect } = nearestTemplate(order.resolution, order.aspect);
	const template = `${templateName(resolution, aspect)}.mp4`;
	const key = `${template} ${seconds} ${audio}`;
	const made =
		finished.get(key) ??
		footageOf(template, seconds).then(async (footage) => await build(footage, seconds, audio));
	finished.set(key, made);
	return await made;
}

async function showing(order: ClipOrder, card: Card): Promise<Buffer> {
	const footage = film(card, facts(order), clipSize(order), FPS, order.seconds);
	return await build(footage, order.seconds, order.audio);
}

/** What a card tells of an order. */
function facts({ seconds, resolution, aspect, audio, medium = 'video' }: ClipOrder): string[] {
	if (medium === 'image') return [resolution, aspect];
	const { aspect: made } = nearestTemplate(resolution, aspect);
	return [`${seconds} s`, resolution, made, ...(audio ? ['with sound'] : [])];
}

function keyOf({ seconds, resolution, aspect, audio }: ClipOrder, card: Card): string {
	const { model, prompt, names } = card;
	return JSON.stringify([seconds, resolution, aspect, audio, model, prompt, names]);
}

/** The JPEG cover of an order. */
export async function cover({ resolution, aspect }: ClipOrder): Promise<Buffer> {
	const nearest = nearestTemplate(resolution, aspect);
	return await asset(`cover-${nearest.aspect.replace(':', 'x')}.jpg`);
}

/** A committed file of `assets/`, read once. */
export async function asset(name: string): Promise<Buffer> {
	const read = assets.get(name) ?? readFile(new URL(`assets/${name}`, import.meta.url));
	assets.set(name, read);
	return await read;
}

async function build(footage: Footage, seconds: number, audio: boolean): Promise<Buffer> {
	const target = new BufferTarget();
	const output = new Output({ format: new Mp4OutputFormat({ fastStart: 'in-memory' }), target });
	const video = new EncodedVideoPacketSource('avc');
	output.addVideoTrack(video, { frameRate: FPS });
	const sound = audio ? new EncodedAudioPacketSource('aac') : null;
	if (sound !== null) output.addAudioTrack(sound);
	await output.start();

	const { packets, decoderConfig } = footage;
	for (const packet of packets) await video.add(packet, { decoderConfig });
	video.close();
	if (sound !== null) await addHum(sound, seconds);
	await output.finalize();
	if (target.buffer === null) throw new Error('The clip could not be written');
	return Buffer.from(target.buffer);
}

/** A template, repeated. */
async function footageOf(template: string, seconds: number): Promise<Footage> {
	const track = await (await open(template)).getPrimaryVideoTrack();
	if (track === null) throw new Error(`${template} has no picture`);
	const decoderConfig = (await track.getDecoderConfig()) ?? undefined;
	return { decoderConfig, packets: repeat(await packetsOf(track), 1 / FPS, seconds) };
}

async function addHum(sound: EncodedAudioPacketSource, seconds: number): Promise<void> {
	const track = await (await open('hum.m4a')).getPrimaryAudioTrack();
	if (track === null) throw new Error('hum.m4a has no sound');
	const decoderConfig = (await track.getDecoderConfig()) ?? undefined;
	const loop = (await packetsOf(track)).slice(HUM.from, HUM.from + HUM.count);
	for (const packet of repeat(loop, 1024 / 48_000, seconds)) {
		await sound.add(packet, { decoderConfig });
	}
	sound.close();
}

async function open(name: string): Promise<Input> {
	return new Input({ formats: ALL_FORMATS, source: new BufferSource(await asset(name)) });
}

async function packetsOf(track: InputTrack): Promise<EncodedPacket[]> {
	const packets: EncodedPacket[] = [];
	for await (const packet of new EncodedPacketSink(track).packets()) packets.push(packet);
	return packets;
}

/** The packets over and over, each `step` seconds long, for as many as fit into `seconds`. */
function* repeat(loop: EncodedPacket[], step: number, seconds: number): Generator<EncodedPacket> {
	const count = Math.floor(seconds / step + 1e-6);
	for (let index = 0; index < count; index++) {
		const packet = loop[index % loop.length];
		if (packet === undefined) return;
		yield packet.clone({ timestamp: index * step, duration: step, sequenceNumber: index });
	}
}
