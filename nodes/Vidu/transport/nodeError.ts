/** From a failure to n8n's error. Apart from `failure`, which is pure, because n8n's errors have to be loaded. */
import { NodeApiError, NodeOperationError, type INode, type JsonObject } from 'n8n-workflow';
import type { Failure } from './failure';

/** Converts a failure to n8n's error, bound to the item that caused it. */
export function toNodeError(
	node: INode,
	itemIndex: number,
	{ message, description, code, httpStatus, task }: Failure,
): NodeApiError | NodeOperationError {
	if (httpStatus === null && task === null) {
		return new NodeOperationError(node, message, { description, itemIndex });
	}
	// Not `code`: n8n would show it as the HTTP status.
	const response: JsonObject = { message, providerCode: code, taskId: task?.taskId ?? null };
	return new NodeApiError(node, response, {
		message,
		description,
		httpCode: httpStatus === null ? undefined : String(httpStatus),
		itemIndex,
	});
}
