/** Clips with made-up samples in real MP4s, how they are joined in memory, and what a foreign reader finds in them. */
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import {
	ALL_FORMATS,
	BufferSource,
	BufferTarget,
	EncodedAudioPacketSource,
	EncodedPacket,
	EncodedPacketSink,
	EncodedVideoPacketSource,
	Input,
	Mp4OutputFormat,
	Output,
	type InputTrack,
	type Source,
} from 'mediabunny';
import { feed } from '../../../nodes/Vidu/media/feed.ts';
import { readMovie } from '../../../nodes/Vidu/media/mp4.ts';
import { readClip } from '../../../nodes/Vidu/media/join/clip.ts';
import { filmBytes } from '../../../nodes/Vidu/media/join/copy.ts';
import { about, type NamedClip } from '../../../nodes/Vidu/media/join/differences.ts';
import { planFilm } from '../../../nodes/Vidu/media/join/film.ts';
import { Unfit } from '../../../nodes/Vidu/media/join/unfit.ts';

export interface Shot {
	readonly width?: number;
	readonly height?: number;
	/** Pictures per second. */
	readonly rate?: number;
	readonly pictures?: number;
	/** Of each picture; small ones of different sizes if not given. */
	readonly pictureBytes?: number;
	/** Pictures that are shown before the one that they need. */
	readonly between?: number;
	/** Pictures from one that needs none to the next. */
	readonly group?: number;
	readonly codec?: 'avc' | 'hevc';
	/** Changes what the decoder has to know. */
	readonly variant?: number;
	readonly sound?: { readonly rate: number; readonly channels: number; readonly frames: number };
	readonly indexLast?: boolean;
	readonly fragmented?: boolean;
}

const AVC = Buffer.from(
	'0164001fffe1001a6764001fac4c2205017fcb08000003000800000300c078c1908c01000768e843044b22c0fdf8f800',
	'hex',
);
/** Main profile, and one parameter set of each kind, of two bytes. */
const HEVC = Buffer.from(
	'01016000000090000000000078f000fcfdf8f800000f03a000010002400ca100010002420ca200010002440c',
	'hex',
);
const RATES = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000];

/** A sample that is told from all others by what it holds. */
function sample(text: string, size: number): Uint8Array {
	const bytes = Buffer.alloc(4 + size, text);
	bytes.writeUInt32BE(size);
	return bytes;
}

/** The MP4 of a shot; `name` is in each sample. */
export async function mp4(name: string, shot: Shot): Promise<Buffer> {
	const target = new BufferTarget();
	const fastStart = shot.fragmented ? 'fragmented' : shot.indexLast ? false : 'in-memory';
	const output = new Output({ format: new Mp4OutputFormat({ fastStart }), target });
	const video = new EncodedVideoPacketSource(shot.codec ?? 'avc');
	output.addVideoTrack(video, { frameRate: shot.rate ?? 24 });
	const audio = shot.sound && new EncodedAudioPacketSource('aac');
	if (audio) output.addAudioTrack(audio);
	await output.start();
	await Promise.all([addPictures(video, name, shot), audio && addSound(audio, name, shot)]);
	await output.finalize();
	return Buffer.from(target.buffer ?? new ArrayBuffer(0));
}

/** The times of the pictures in the order of decoding: the one that others need comes before them. */
function order(pictures: number, between: number): number[] {
	const times: number[] = [0];
	for (let at = 1; at < pictures; at += between + 1) {
		const anchor = Math.min(at + between, pictures - 1);
		times.push(anchor);
		for (let each = at; each < anchor; each++) times.push(each);
	}
	return times;
}

async function addPictures(
	video: EncodedVideoPacketSource,
	name: string,
	{ width = 640, height = 360, rate = 24, codec = 'avc', ...shot }: Shot,
): Promise<void> {
	const { pictures = 24, pictureBytes, between = 0, group = 12, variant = 0 } = shot;
	const description = Buffer.from(codec === 'avc' ? AVC : HEVC);
	const changed = description.length - (codec === 'avc' ? 5 : 1);
	description.writeUInt8(description.readUInt8(changed) ^ variant, changed);
	const decoderConfig = {
		codec: codec === 'avc' ? 'avc1.64001f' : 'hvc1.1.6.L120.90',
		codedWidth: width,
		codedHeight: height,
		description,
	};
	for (const [index, at] of order(pictures, between).entries()) {
		const isKey = between === 0 ? index % group === 0 : index === 0;
		const size = pictureBytes ?? 50 + ((index * 37) % 90);
		const data = sample(`.${name}-picture-${index}`, size);
		const packet = new EncodedPacket(data, isKey ? 'key' : 'delta', at / rate, 1 / rate, index);
		await video.add(packet, { decoderConfig });
	}
	video.close();
}

async function addSound(
	audio: EncodedAudioPacketSource,
	name: string,
	{ sound }: Shot,
): Promise<void> {
	const { rate, channels, frames } = sound ?? { rate: 48_000, channels: 2, frames: 0 };
	const config = (2 << 11) | (RATES.indexOf(rate) << 7) | (channels << 3);
	const decoderConfig = {
		codec: 'mp4a.40.2',
		sampleRate: rate,
		numberOfChannels: channels,
		description: Buffer.from([config >> 8, config & 255]),
	};
	for (let index = 0; index < frames; index++) {
		const data = Buffer.alloc(50 + (index % 23), `.${name}-sound-${index}`);
		const [time, duration] = [(index * 1024) / rate, 1024 / rate];
		await audio.add(new EncodedPacket(data, 'key', time, duration, index), { decoderConfig });
	}
	audio.close();
}

/** As the node reads a clip. @throws Unfit if it cannot be joined */
export function clipOf(bytes: Buffer, label: string, size = bytes.length): NamedClip {
	const reader = feed(readMovie());
	// In two pieces, as files come.
	reader.push(bytes.subarray(0, 100));
	reader.push(bytes.subarray(100));
	const movie = reader.end();
	if (typeof movie === 'string') throw new Unfit(`${label} ${movie}`);
	return { ...about({ label }, () => readClip(movie.index, size)), label };
}

/** The film of these clips, named "Clip 1" and so on. @throws Unfit if they do not fit together */
export async function join(files: readonly Buffer[], piece = 1000): Promise<Buffer> {
	const clips = files.map((bytes, index) => clipOf(bytes, `Clip ${index + 1}`));
	const pieces = async function* (bytes: Buffer) {
		for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
	};
	const opened = async (clip: number) =>
		await Promise.resolve(pieces(files[clip] ?? Buffer.alloc(0)));
	return await buffer(Readable.from(filmBytes(planFilm(clips), clips, opened)));
}

/** A track as mediabunny reads it, in the order of decoding. */
export interface Found {
	readonly packets: ReadonlyArray<{
		readonly data: Buffer;
		readonly time: number;
		readonly duration: number;
		readonly isKey: boolean;
	}>;
	readonly end: number;
}

export interface FoundFilm {
	readonly width: number;
	readonly height: number;
	readonly duration: number;
	readonly pictures: Found;
	readonly sound: Found | null;
}

/** What mediabunny finds in a file. */
export async function look(file: Buffer | Source, metadataOnly = false): Promise<FoundFilm> {
	const source = Buffer.isBuffer(file) ? new BufferSource(file) : file;
	const input = new Input({ formats: ALL_FORMATS, source });
	const [video, audio] = [await input.getPrimaryVideoTrack(), await input.getPrimaryAudioTrack()];
	if (video === null) throw new Error('mediabunny finds no video');
	return {
		width: video.codedWidth,
		height: video.codedHeight,
		duration: await input.computeDuration(),
		pictures: await found(video, metadataOnly),
		sound: audio && (await found(audio, metadataOnly)),
	};
}

async function found(track: InputTrack, metadataOnly: boolean): Promise<Found> {
	const packets: Array<Found['packets'][number]> = [];
	for await (const packet of new EncodedPacketSink(track).packets(undefined, undefined, {
		metadataOnly,
	})) {
		packets.push({
			data: Buffer.from(packet.data),
			time: packet.timestamp,
			duration: packet.duration,
			isKey: packet.type === 'key',
		});
	}
	return { packets, end: await track.computeDuration() };
}
