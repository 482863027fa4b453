/** Task IDs in the execution's custom data, by which the list of executions can be searched. */
import type { IExecuteFunctions } from 'n8n-workflow';

/** n8n stores 10 keys of 512 characters; some are left for the user. */
const KEYS = Array.from({ length: 8 }, (_, index) => `viduTasks${index === 0 ? '' : index + 1}`);
const MAX_LENGTH = 512;

/**
 * Records a task. What no longer fits is omitted, because the output has it anyway. Never throws: n8n
 * before 2.16 has no custom data here.
 */
export function recordTaskId(
	{ customData }: Partial<Pick<IExecuteFunctions, 'customData'>>,
	id: string,
): void {
	try {
		const noted = customData?.getAll() ?? {};
		if (KEYS.some((key) => noted[key]?.split(',').includes(id))) return;
		const key = KEYS.find((slot) => (noted[slot] ?? '').length + id.length < MAX_LENGTH);
		if (key !== undefined) customData?.set(key, noted[key] ? `${noted[key]},${id}` : id);
	} catch {
		return;
	}
}
