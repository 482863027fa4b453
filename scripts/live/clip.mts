/** Which clip to order: the cheapest that the catalogue knows, from a text or a single image. */
import { estimate, rowsOf, valuesAt } from '../../nodes/Vidu/catalogue/index.ts';
import type { Values } from '../../nodes/Vidu/catalogue/values.ts';
import type { ClipRow, ProviderId, Region } from '../../nodes/Vidu/catalogue/types.ts';

/** In the order of preference at the same price. */
const KINDS = ['textToVideo', 'imageToVideo', 'referenceMedia'] as const;
const PROMPT = 'A cat walks across a meadow';
/** Tells in the console of the provider where the task came from. */
const PAYLOAD = 'live check of n8n-nodes-vidu';

interface Wish {
	/** It waits in the queue, so that it can be cancelled. */
	readonly offPeak?: boolean;
	readonly fromText?: boolean;
}

export interface Clip {
	readonly kind: (typeof KINDS)[number];
	readonly model: string;
	/** Without the image. */
	readonly values: Values<never>;
	readonly hasImage: boolean;
	readonly takesCallback: boolean;
	/** Credits; null if no price is known. */
	readonly atMost: number | null;
}

/** The cheapest clip, or the shortest if no price is known. Undefined if the provider has none such. */
export function cheapestClip(
	provider: ProviderId,
	region: Region,
	{ offPeak = false, fromText = false }: Wish = {},
): Clip | undefined {
	const kinds = fromText ? (['textToVideo'] as const) : KINDS;
	const all = kinds
		.flatMap((kind) => rowsOf(provider, kind))
		.flatMap((row) => clipsOf(row, region, offPeak));
	const shortest = [...all].sort((a, b) => seconds(a) - seconds(b));
	return shortest.reduce<Clip | undefined>(
		(best, clip) => (price(clip) < price(best) ? clip : (best ?? clip)),
		undefined,
	);
}

const seconds = ({ values }: Clip) => values.duration ?? 0;
const price = (clip: Clip | undefined) => clip?.atMost ?? Infinity;

function clipsOf(row: ClipRow, region: Region, offPeak: boolean): Clip[] {
	const { duration, resolution, audio, payload, callbackUrl, offPeak: off } = row.fields;
	if (offPeak && (off === undefined || off.noEffect)) return [];
	const sound = offPeak ? off?.withAudio : false;
	if (sound === true && audio === undefined) return [];
	return duration.values
		.filter((length) => length > 0)
		.flatMap((length) =>
			valuesAt(resolution, length).map((size): Clip => {
				const values = {
					prompt: PROMPT,
					duration: length,
					resolution: size,
					...(audio && sound !== undefined && { audio: sound }),
					...(offPeak && { offPeak }),
					...(payload && { payload: PAYLOAD }),
				};
				return {
					kind: row.kind as Clip['kind'],
					model: row.model,
					values,
					hasImage: row.kind !== 'textToVideo',
					takesCallback: callbackUrl !== undefined,
					atMost: estimate(row, values, region).atMost,
				};
			}),
		);
}
