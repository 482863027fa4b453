import type { INodeProperties } from 'n8n-workflow';

/** The prompt of operations without subjects. */
export const promptField: INodeProperties = {
	displayName: 'Prompt',
	name: 'prompt',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	placeholder: 'e.g. The bottle turns slowly, light runs along the glass, camera moves in',
	description: 'What happens in the clip',
};
