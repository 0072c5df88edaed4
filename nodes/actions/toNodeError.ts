import { NodeApiError, NodeOperationError, type INode, type JsonObject } from 'n8n-workflow';
import { ServiceError } from '../transport/ServiceError';

/**
 * What n8n shows for an error: the sentence that says what happened, and the one that says what to do.
 *
 * @param itemIndex which input item it concerns; absent in triggers and look-ups
 */
export function toNodeError(
	node: INode,
	error: unknown,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		if (itemIndex !== undefined) error.context.itemIndex ??= itemIndex;
		return error;
	}
	if (error instanceof ServiceError) {
		// Only the facts go in: the original request error holds headers and addresses with tokens.
		const facts: JsonObject = {
			service: error.service,
			kind: error.kind,
			code: error.code ?? null,
			httpStatus: error.httpStatus ?? null,
		};
		return new NodeApiError(node, facts, {
			message: error.message,
			description: error.advice,
			httpCode: error.httpStatus === undefined ? undefined : String(error.httpStatus),
			itemIndex,
		});
	}
	return new NodeOperationError(node, error as Error, { itemIndex });
}
