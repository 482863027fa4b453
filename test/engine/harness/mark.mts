import type { IDataObject } from 'n8n-workflow';
import { withoutMarker } from '../../../nodes/Vidu/tasks/submit/marker.ts';

/** What the user asked for in a request: without the mark by which a lost answer is found again. */
export function withoutMark(body: unknown): IDataObject {
	const { payload, ...asked } = body as IDataObject;
	const own = typeof payload === 'string' ? withoutMarker(payload) : null;
	return own === null ? asked : { ...asked, payload: own };
}
