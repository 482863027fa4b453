/**
 * Every model of Vidu's own API at every task, the recommended default of each task first. Rows are
 * made when they are asked for: n8n loads every node when it starts.
 */
import type { ModelRow } from '../types';
import { imageToVideo } from './imageToVideo';
import { referenceMedia } from './referenceMedia';
import { referenceSubjects } from './referenceSubjects';
import { startEndToVideo } from './startEndToVideo';
import { textToVideo } from './textToVideo';

let rows: readonly ModelRow[] | undefined;

export function viduRows(): readonly ModelRow[] {
	rows ??= [
		...referenceSubjects(),
		...referenceMedia(),
		...imageToVideo(),
		...startEndToVideo(),
		...textToVideo(),
	];
	return rows;
}
