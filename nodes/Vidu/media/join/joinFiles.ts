/** Joins clips that n8n stores, into a film that it stores. */
import type { IBinaryData } from 'n8n-workflow';
import type { Worker } from '../../transport/caller';
import {
	isStream,
	LEAST_PACE,
	LimitError,
	paced,
	streamOf,
	type ByteStream,
} from '../../transport/limits';
import { openFile, sizeOf } from '../binaryFile';
import { feed } from '../feed';
import { readMovie } from '../mp4';
import { readClip } from './clip';
import { filmBytes, type Pieces } from './copy';
import { about, type NamedClip } from './differences';
import { planFilm, type Film } from './film';
import { Unfit } from './unfit';

/** A clip as n8n stores it. */
export interface ClipFile {
	/** Its name at the beginning of a sentence. */
	readonly label: string;
	readonly binary: IBinaryData;
}

/** Joins clips in their order; `seconds` of the film to the millisecond. @throws Unfit if they do not fit together, and what reading and storing throw */
export async function joinFiles(
	context: Worker,
	files: readonly ClipFile[],
	fileName: string,
): Promise<Film & { readonly binary: IBinaryData }> {
	const clips: NamedClip[] = [];
	let kin: ByteStream | null = null;
	for (const file of files) {
		const opened = await openFile(context, file.binary);
		if (isStream(opened)) kin = opened;
		clips.push(await readIndex(context, file, opened));
	}
	const film = planFilm(clips);
	const bytes = filmBytes(film, clips, async (clip) => {
		const { binary } = files[clip] as ClipFile;
		return untilStop(context, await openFile(context, binary));
	});
	const stored = kin === null ? await inMemory(bytes) : streamOf(kin, bytes);
	try {
		const binary = await context.helpers.prepareBinaryData(stored, fileName, 'video/mp4');
		return { ...film, seconds: Math.round(film.seconds * 1000) / 1000, binary };
	} catch (error) {
		// n8n may have wrapped it.
		const { cause } = error as Error;
		throw cause instanceof Unfit || cause instanceof LimitError ? cause : error;
	}
}

type Opened = Awaited<ReturnType<typeof openFile>>;

async function readIndex(
	context: Worker,
	{ label, binary }: ClipFile,
	opened: Opened,
): Promise<NamedClip> {
	const reader = feed(readMovie());
	for await (const piece of untilStop(context, opened)) if (!reader.push(piece)) break;
	const movie = reader.end();
	if (typeof movie === 'string') throw new Unfit(`${label} ${movie}`);
	const fileSize = await sizeOf(context, binary);
	return { ...about({ label }, () => readClip(movie.index, fileSize)), label };
}

/** The pieces of a file, until n8n's Stop. */
function untilStop(context: Worker, opened: Opened): Pieces {
	return isStream(opened) ? paced(context, opened, LEAST_PACE) : opened;
}

/** All bytes, for an n8n that keeps files in memory. */
async function inMemory(bytes: AsyncIterable<Buffer>): Promise<Buffer> {
	const pieces: Buffer[] = [];
	for await (const piece of bytes) pieces.push(piece);
	return Buffer.concat(pieces);
}
