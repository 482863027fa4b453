/** From the parameters of all items to what is to be bought, with everything checked that can be before the first request. */
import type { IExecuteFunctions } from 'n8n-workflow';
import { estimateCredits, expectedSeconds, findRow, modelsOf, providersOf } from '../catalogue';
import type { ModelRow } from '../catalogue/types';
import { imagesOf, planUploads } from '../media/outgoing';
import { checkDraft, taskName } from './checks';
import { readSettings, settingsProblem, type RunSettings } from './settings';
import type { Draft } from '../media/input';
import type { Generation } from './generate';
import { findProvider } from '../providers';
import type { Connection, Provider } from '../providers/types';
import { failure, sentences, type Failure } from '../transport/failure';
import { purchaseKey } from './memory';
import type { Job } from './runner';

export interface Plan extends Job {
	readonly itemIndex: number;
	readonly draft: Draft;
	readonly settings: RunSettings;
	/** What the catalogue says it costs; null when it cannot say. */
	readonly estimatedCredits: number | null;
	/** The most it can cost; null when no price is known. */
	readonly atMostCredits: number | null;
	readonly hints: readonly string[];
	/** Under which the purchase is remembered. */
	readonly key: string;
}

/** Seconds. Off-peak tasks are made within 48 hours; ten minutes more for the last look. */
const DEFAULT_TIMEOUT = 1800;
const OFF_PEAK_TIMEOUT = 48 * 3600 + 600;
/** A guess, in seconds: off-peak tasks wait for a quiet hour, so looking often is of no use. */
const OFF_PEAK_EXPECTED = 3600;

/** The plan for one item, or why there is none. Sends nothing. */
export async function planItem(
	context: IExecuteFunctions,
	connection: Connection,
	provider: Provider,
	operation: Generation,
	itemIndex: number,
	runIndex: number,
): Promise<Plan | Failure> {
	const settings = readSettings(context, itemIndex);
	const wrongSetting = settingsProblem(settings);
	if (wrongSetting !== null) return refuse([wrongSetting]);

	const given = await operation.read(context, itemIndex);
	const row = findRow(connection.provider, given.task, given.model);
	if (row === undefined) return refuse([unknownModel(connection, provider, given)]);
	const { draft, problems, hints } = checkDraft(row, given, provider.name);
	if (problems.length > 0) return refuse(problems);
	const uploads = planUploads(draft, provider);
	if (typeof uploads === 'string') return refuse([uploads]);

	const { credits, atMost } = estimate(row, draft, connection);
	const expected = draft.offPeak
		? OFF_PEAK_EXPECTED
		: expectedSeconds(draft.model, draft.duration ?? 0);
	const timeout = settings.timeout ?? (draft.offPeak ? OFF_PEAK_TIMEOUT : DEFAULT_TIMEOUT);
	return {
		itemIndex,
		draft,
		settings,
		estimatedCredits: credits,
		atMostCredits: atMost,
		hints,
		key: purchaseKey(runIndex, itemIndex, identityOf(draft)),
		pace: {
			expected: expected * 1000,
			interval: settings.pollInterval === null ? null : settings.pollInterval * 1000,
		},
		timeout: timeout * 1000,
		wait: settings.waitMode !== 'none',
	};
}

/** Tells a plan from the reason that there is none. */
export function isPlan(planned: Plan | Failure): planned is Plan {
	return 'key' in planned;
}

function refuse(problems: readonly string[]): Failure {
	const [first = '', ...others] = problems;
	return failure(first, sentences(...others, 'Nothing was sent, and nothing was charged'));
}

function unknownModel(connection: Connection, provider: Provider, { task, model }: Draft): string {
	const offered = modelsOf(connection.provider, task);
	const others = providersOf(task, model).map((id) => findProvider(id)?.name ?? id);
	const elsewhere = others.length > 0 ? ` (${model} is offered there by ${others.join(', ')})` : '';
	return offered.length > 0
		? `"Model" is ${model}, but ${provider.name} offers for ${taskName(task)}: ${offered.join(', ')}${elsewhere}`
		: `${provider.name} does not offer ${taskName(task)}${elsewhere}`;
}

function estimate(row: ModelRow, draft: Draft, { region }: Connection) {
	return estimateCredits(row, {
		duration: draft.duration ?? row.defaultDuration,
		resolution: draft.resolution ?? row.defaultResolution,
		audio: draft.audio ?? false,
		offPeak: draft.offPeak ?? false,
		isRec: draft.isRec ?? false,
		region,
	});
}

/** What makes a request the same one: everything in it, with binary images by where n8n keeps them. */
function identityOf(draft: Draft): unknown {
	return {
		...draft,
		subjects: draft.subjects?.map((subject) => ({ ...subject, images: undefined })),
		images: imagesOf(draft).map((input) =>
			input.kind === 'reference' ? input.value : (input.binary.id ?? input.binary.data),
		),
	};
}
