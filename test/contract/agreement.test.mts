import axios from 'axios';
import { Agent } from 'node:http';
import { estimate, valuesAt } from '../../nodes/Vidu/catalogue/index.ts';
import type { ClipRow } from '../../nodes/Vidu/catalogue/types.ts';
import { check } from '../../nodes/Vidu/tasks/validate/index.ts';
import { mapMedia, type Draft } from '../../nodes/Vidu/media/input.ts';
import { vidu } from '../../nodes/Vidu/providers/vidu.ts';
import type { CreateRequest } from '../../nodes/Vidu/providers/types.ts';
import { SANDBOX_KEY, startSandbox, type Sandbox } from '../../sandbox/server.mts';
import { clipRowsOf } from '../unit/rowView.ts';

/**
 * The catalogue and the sandbox were written from the same documents, apart from each other: what
 * one allows the other must take, at the same price.
 */

let sandbox: Sandbox;
const httpAgent = new Agent({ keepAlive: true });

beforeAll(async () => {
	sandbox = await startSandbox({ speed: 1, credits: 10_000_000 });
});

afterAll(async () => {
	httpAgent.destroy();
	await sandbox.close();
});

function draftsOf({ fields }: ClipRow): Draft[] {
	const picture = {
		kind: 'reference',
		value: `${sandbox.url}/samples/cat.png`,
		label: 'cat',
	} as const;
	const media: Draft = {
		...(fields.subjects && { subjects: [{ name: 'cat', images: [picture], videos: [] }] }),
		...(fields.images && { images: [picture] }),
		...(fields.startImage && { startImage: picture, endImage: picture }),
	};
	const audios = fields.audio === undefined ? [undefined] : [true, false];
	return fields.duration.values.flatMap((duration) =>
		valuesAt(fields.resolution, duration).flatMap((resolution) =>
			audios.flatMap((audio) =>
				[undefined, true].map((offPeak) => ({
					prompt: fields.subjects ? '@cat runs' : 'a cat runs',
					...{ ...media, duration, resolution, audio, offPeak },
				})),
			),
		),
	);
}

async function order(request: CreateRequest) {
	const { path, body } = vidu.create(request);
	return await axios.post<{ credits: number; reason?: string; message?: string }>(
		sandbox.url + path,
		body,
		{
			headers: { Authorization: `Token ${SANDBOX_KEY}` },
			validateStatus: () => true,
			httpAgent,
		},
	);
}

describe('catalogue and sandbox agree', () => {
	it.each(clipRowsOf('vidu').map((row) => ({ row, name: `${row.model} at ${row.kind}` })))(
		'on $name',
		async ({ row }) => {
			for (const given of draftsOf(row)) {
				const { values, problems } = check(row, given, 'Vidu', sandbox.url);
				const onWire = mapMedia(values, (input) => ('value' in input ? input.value : ''));
				const { kind, model } = row;
				const { status, data } = await order({ kind, model, values: onWire });
				const { duration, resolution, audio, offPeak } = values;
				const about = { duration, resolution, audio, offPeak };
				expect({ ...about, taken: status === 200, said: data.message }).toEqual({
					...about,
					taken: problems.length === 0,
					said: problems.length === 0 ? undefined : expect.any(String),
				});
				const { credits } = estimate(row, values, 'global');
				if (status === 200 && credits !== null)
					expect({ ...about, credits: data.credits }).toEqual({ ...about, credits });
			}
		},
	);
});
