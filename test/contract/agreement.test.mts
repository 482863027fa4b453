import axios from 'axios';
import { Agent } from 'node:http';
import { estimateCredits, resolutionsAt, rowsOf } from '../../nodes/Vidu/catalogue/index.ts';
import type { ModelRow } from '../../nodes/Vidu/catalogue/types.ts';
import { checkDraft } from '../../nodes/Vidu/tasks/validate/index.ts';
import type { Draft } from '../../nodes/Vidu/media/input.ts';
import { vidu } from '../../nodes/Vidu/providers/vidu.ts';
import type { GenerationRequest } from '../../nodes/Vidu/providers/types.ts';
import { SANDBOX_KEY, startSandbox, type Sandbox } from '../../sandbox/server.mts';

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

function draftsOf(row: ModelRow): Draft[] {
	const picture = {
		kind: 'reference',
		value: `${sandbox.url}/samples/cat.png`,
		label: 'cat',
	} as const;
	const media: Partial<Draft> = row.subjects
		? { subjects: [{ name: 'cat', images: [picture], videos: [] }] }
		: row.images
			? { images: Array.from({ length: row.images.min }, () => picture) }
			: {};
	const audios = row.audio === null ? [undefined] : [true, false];
	return row.durations.flatMap((duration) =>
		resolutionsAt(row, duration).flatMap((resolution) =>
			audios.flatMap((audio) =>
				[undefined, true].map((offPeak) => ({
					...{
						task: row.task,
						model: row.model,
						prompt: row.subjects ? '@cat runs' : 'a cat runs',
					},
					...{ ...media, duration, resolution, audio, offPeak },
				})),
			),
		),
	);
}

async function order(request: GenerationRequest) {
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
	it.each(rowsOf('vidu').map((row) => ({ row, name: `${row.model} at ${row.task}` })))(
		'on $name',
		async ({ row }) => {
			for (const given of draftsOf(row)) {
				const { draft, problems } = checkDraft(row, given, 'Vidu', sandbox.url);
				const onWire = (input: { kind: string; value?: string }) => input.value ?? '';
				const request: GenerationRequest = {
					...draft,
					subjects: draft.subjects?.map((s) => ({ ...s, images: s.images.map(onWire) })),
					images: draft.images?.map(onWire),
				};
				const { status, data } = await order(request);
				const about = {
					duration: draft.duration,
					resolution: draft.resolution,
					audio: draft.audio,
					offPeak: draft.offPeak,
				};
				expect({ ...about, taken: status === 200, said: data.message }).toEqual({
					...about,
					taken: problems.length === 0,
					said: problems.length === 0 ? undefined : expect.any(String),
				});
				const { credits } = estimateCredits(row, {
					duration: draft.duration ?? 0,
					resolution: draft.resolution ?? '',
					audio: draft.audio ?? false,
					offPeak: draft.offPeak ?? false,
					isRec: false,
					region: 'global',
				});
				if (status === 200 && credits !== null)
					expect({ ...about, credits: data.credits }).toEqual({ ...about, credits });
			}
		},
	);
});
