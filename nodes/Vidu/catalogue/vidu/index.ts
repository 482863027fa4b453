/** Every model of Vidu's own API at every task, the recommended default of each task first. */
import type { ModelRow } from '../types';
import { imageToVideo } from './imageToVideo';
import { referenceMedia } from './referenceMedia';
import { referenceSubjects } from './referenceSubjects';
import { startEndToVideo } from './startEndToVideo';
import { textToVideo } from './textToVideo';

export const viduRows: readonly ModelRow[] = [
	...referenceSubjects,
	...referenceMedia,
	...imageToVideo,
	...startEndToVideo,
	...textToVideo,
];
