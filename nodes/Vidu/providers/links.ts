/** Finds the results of a task in a response that does not list them as documented. Pure. */
import { asRecord, asArray, asText } from './read';
import type { TaskVideo } from './types';

/** An http or https address, unchanged; else null. */
export function linkOf(value: unknown): string | null {
	const given = asText(value)?.trim() ?? '';
	return /^https?:\/\//i.test(given) && URL.canParse(given) ? given : null;
}

/** The file at an address, if it is one. */
export function fileOf(address: unknown): TaskVideo[] {
	const url = linkOf(address);
	return url === null ? [] : [{ url, coverUrl: null, watermarkedUrl: null }];
}

/**
 * Places of a result at gateways, likelier ones first. Older versions of new-api put the link of a
 * successful task into `fail_reason`.
 */
const PLACES = [
	'video_url',
	'result_url',
	'url',
	'data.url',
	'data.video_url',
	'content.video_url',
	'content.url',
	'fail_reason',
];
/** Fields that repeat the request, or accompany a result. */
const NOT_RESULTS =
	/^(images?|videos|subjects|input|params|request|prompt|payload|meta_?data|(callback|wm|cover|thumbnail|watermarked|moderation|image)_urls?|cover|thumbnail|poster|(start|end|key|face|ref)_\w+|err\w*|message)$/i;
const ENDINGS = [
	/\.(mp4|mov|webm|m4v)$/i,
	/\.(mp3|wav|m4a|aac|flac|ogg)$/i,
	/\.(png|jpe?g|webp|gif)$/i,
];

/**
 * The links of a successful task: from the first place with links, else the only link to a video in
 * the whole response, or to a sound, or to an image. `source` is the part that describes the task.
 */
export function resultLinks(source: unknown, body: unknown): string[] {
	for (const place of PLACES) {
		const found = [source, body].flatMap((from) => linksAt(from, place.split('.')));
		if (found.length > 0) return [...new Set(found)];
	}
	const links = [...linksAnywhere(body)];
	for (const ending of ENDINGS) {
		const found = links.filter((link) => ending.test(new URL(link).pathname));
		if (found.length > 0) return found.length === 1 ? found : [];
	}
	return [];
}

/** The values at a path through objects, and through the entries of lists in between. */
function linksAt(from: unknown, path: readonly string[]): string[] {
	const [name, ...rest] = path;
	if (name !== undefined) {
		const through = Array.isArray(from) ? from : [from];
		return through.flatMap((each) => linksAt(asRecord(each)[name], rest));
	}
	const link = linkOf(from);
	return link === null || /\s/.test(link) ? [] : [link];
}

function linksAnywhere(body: unknown): Set<string> {
	const links = new Set<string>();
	const open = [body];
	while (open.length > 0) {
		const value = open.pop();
		if (typeof value === 'string') {
			const link = linkOf(value);
			if (link !== null && !/\s/.test(link)) links.add(link);
		} else if (Array.isArray(value)) {
			for (const each of asArray(value)) open.push(each);
		} else {
			for (const [name, each] of Object.entries(asRecord(value))) {
				if (!NOT_RESULTS.test(name)) open.push(each);
			}
		}
	}
	return links;
}
