/** The output item of a film: what became of its shots, and the file that they were joined into. */
import type {
	IBinaryKeyData,
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
} from 'n8n-workflow';
import { moneyOf } from '../../catalogue/money';
import { joinFiles } from '../../media/join/joinFiles';
import { booleanOf } from '../../tasks/context/parameters';
import type { Session } from '../../tasks/context/session';
import { isAgentTool } from '../../tasks/context/agentTool';
import { readDelivery, readOptions } from '../../tasks/context/settings';
import { failureItem } from '../../tasks/deliver/output';
import { MONEY } from '../../tasks/deliver/fields';
import { listOf, NUMBER, objectOf, orNull, TEXT } from '../../tasks/deliver/schema';
import type { Part } from '../../tasks/submit/request';
import { sentences, type Failure } from '../../transport/failure';
import type { ShotList } from './shotList';

const OUTPUT_SHOTS = 'Output Shots';

export const OPTIONS: INodeProperties[] = [
	{
		displayName: OUTPUT_SHOTS,
		name: 'outputShots',
		type: 'boolean',
		default: false,
		description: 'Whether to output the file of each shot as well, in shot1, shot2 and so on',
	},
];

const ERROR = objectOf({ code: orNull(TEXT), message: TEXT, description: TEXT });

export const FILM_FIELDS = {
	title: orNull(TEXT),
	provider: TEXT,
	operation: TEXT,
	state: TEXT,
	shots: listOf(
		objectOf({
			taskId: orNull(TEXT),
			prompt: orNull(TEXT),
			state: TEXT,
			url: orNull(TEXT),
			credits: orNull(NUMBER),
			error: orNull(ERROR),
		}),
	),
	credits: orNull(NUMBER),
	cost: orNull(MONEY),
	estimatedCredits: orNull(NUMBER),
	duration: orNull(NUMBER),
	width: NUMBER,
	height: NUMBER,
	error: orNull(ERROR),
	hint: TEXT,
} as const;

/** Whether the files of the shots are wanted too. @throws Error if the option cannot be understood */
export function wantsShots(context: IExecuteFunctions, itemIndex: number): boolean {
	return booleanOf(readOptions(context, itemIndex).outputShots, OUTPUT_SHOTS) ?? false;
}

/** The item of a film, from what became of its shots. Never throws: they are paid for. */
export async function filmItem(
	session: Session,
	itemIndex: number,
	parts: readonly Part[],
	list: ShotList | null,
): Promise<INodeExecutionData> {
	const { context, connection, provider } = session;
	const shots = parts.map(({ item }) => detailsOf(item.json));
	const credits = sumOf(shots.map((shot) => shot.credits));
	const cost = moneyOf(provider.id, connection.region, credits);
	const known: IDataObject = {
		title: list?.title ?? null,
		provider: provider.id,
		operation: 'make',
		state: 'succeeded',
		shots: shots.map((shot, index) => shotOf(shot, list?.shots[index]?.prompt)),
		credits,
		cost: cost === null ? null : { ...cost },
		estimatedCredits: sumOf(shots.map(({ estimatedCredits }) => estimatedCredits)),
		duration: null,
		error: null,
	};
	const files = clipsOf(parts);
	const failed = failureIn(parts);
	if (failed) {
		const item = failureItem(context, itemIndex, failed, { ...known, state: 'failed' });
		return { ...item, binary: files };
	}
	const pairedItem = { item: itemIndex };
	if (isAgentTool(context)) return { json: known, pairedItem };
	const { binaryPropertyName: field } = readDelivery(context, itemIndex);
	try {
		const clips = Object.values(files).map((binary, index) => ({
			label: `Shot ${index + 1}`,
			binary,
		}));
		const fileName = `${fileNameOf(list?.title)}.mp4`;
		const { seconds, width, height, binary } = await joinFiles(context, clips, fileName);
		const own = wantsShots(context, itemIndex) ? files : {};
		return {
			json: { ...known, duration: seconds, width, height },
			binary: { [field]: binary, ...own },
			pairedItem,
		};
	} catch (error) {
		const hint = `The shots are ready, but could not be joined: ${(error as Error).message}. They are in ${Object.keys(files).join(', ')}`;
		return { json: { ...known, hint }, binary: files, pairedItem };
	}
}

/** Why there is no film: the first failure of a shot, if there is one. */
function failureIn(parts: readonly Part[]): Failure | null {
	const at = parts.findIndex(({ failure }) => failure !== null);
	const failed = parts[at]?.failure;
	if (!failed) return null;
	const left = parts.filter(({ failure }) => failure === null).length;
	const description = sentences(
		failed.description,
		left > 0 &&
			`${left} of ${parts.length} shots are made: retry the execution, which makes the others only`,
	);
	return { ...failed, message: `Shot ${at + 1}: ${failed.message}`, description };
}

/** What is said of a shot. */
function shotOf(shot: IDataObject, prompt: string | undefined): IDataObject {
	const [video] = (shot.videos ?? []) as Array<{ url: string }>;
	const { taskId = null, state = 'failed', credits = null, error = null } = shot;
	return { taskId, prompt: prompt ?? null, state, url: video?.url ?? null, credits, error };
}

/** The fields of an item, which are inside of its error where n8n's error output wants them there. */
function detailsOf(json: IDataObject): IDataObject {
	const { details } = (json.error ?? {}) as { details?: IDataObject };
	return details ?? json;
}

/** Null if one is not known. */
export function sumOf(values: readonly unknown[]): number | null {
	return values.every((value) => typeof value === 'number')
		? values.reduce((sum, value) => sum + value, 0)
		: null;
}

/** The files of the shots that there are. */
function clipsOf(parts: readonly Part[]): IBinaryKeyData {
	return Object.fromEntries(
		parts.flatMap(({ item: { binary = {} } }, index) =>
			Object.values(binary)
				.slice(0, 1)
				.map((file) => [`shot${index + 1}`, file]),
		),
	);
}

/** A title as a name that every system takes. */
function fileNameOf(title: string | null | undefined): string {
	const name = (title ?? '').replace(/[^\p{L}\p{N}._-]+/gu, ' ').trim();
	return name === '' ? 'film' : name.slice(0, 80);
}
