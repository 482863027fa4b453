import type { RunSettings } from '../../nodes/Vidu/tasks/context/settings';

/** What a run is set to when nobody has set anything. */
export const usualSettings: RunSettings = {
	waitMode: 'poll',
	timeout: null,
	pollInterval: null,
	maxConcurrency: 5,
	requestsPerMinute: null,
	maxCredits: null,
	checkBalance: false,
	cancelOnStop: false,
	dedupeKey: null,
};
