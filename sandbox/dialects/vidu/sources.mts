/** The videos and sounds that a request works on: by creation id, or by URL without a download. */
import { Refusal } from '../../documents/viduErrors.mts';
import type { ClipOrder } from '../../tasks.mts';
import type { Provider } from '../dialect.mts';

/** What is known of one; a foreign file counts as five seconds long. */
export interface Source extends Partial<ClipOrder> {
	readonly seconds: number;
	/** It is a result of this sandbox. */
	readonly known: boolean;
	/** The error of a host that cannot be reached. */
	readonly failure?: string;
}

const FOREIGN: Source = { seconds: 5, known: false };

/** The video behind a creation id. @throws {Refusal} `CreationNotFound` */
export function creationOf(provider: Provider, key: string, id: string): Source {
	const clip = provider.book.maker(id, key)?.clip;
	if (clip === undefined || (clip.medium ?? 'video') !== 'video') {
		throw new Refusal('CreationNotFound', 'creation not found');
	}
	return { ...clip, known: true };
}

/** The file behind a URL; hosts that end in `.invalid` count as out of reach. */
export function fileOf(provider: Provider, url: string, failure: string): Source {
	if (!URL.canParse(url)) return { ...FOREIGN, failure };
	const clip = provider.results.taskOf(url)?.clip;
	if (clip !== undefined) return { ...clip, known: true };
	return new URL(url).hostname.endsWith('.invalid') ? { ...FOREIGN, failure } : FOREIGN;
}

/** The list of errors has one for videos, and for sounds only the general one. */
export const videoOf = (provider: Provider, url: string) =>
	fileOf(provider, url, 'VideoDownloadFailure');
export const audioOf = (provider: Provider, url: string) => fileOf(provider, url, 'Unknown');
