import { NodeApiError, NodeOperationError, type INode, type JsonObject } from 'n8n-workflow';
import { ServiceError } from '../transport/ServiceError';

/**
 * What n8n shows for an error: the sentence that says what happened, and the one that says what to do.
 *
 * @param itemIndex which input item it concerns; absent in triggers and look-ups, of which n8n shows nothing but the
 *   message: there it holds both sentences
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
		const showsMessageOnly = itemIndex === undefined;
		const message = showsMessageOnly ? `${error.message}. ${error.advice}` : error.message;
		const nodeError = new NodeApiError(node, facts, {
			message,
			description: showsMessageOnly ? undefined : error.advice,
			httpCode: error.httpStatus === undefined ? undefined : String(error.httpStatus),
			itemIndex,
		});
		// n8n puts a sentence of its own in place of this one for codes such as ECONNREFUSED, and wherever the text
		// happens to contain such a code.
		nodeError.message = message;
		return nodeError;
	}
	return new NodeOperationError(node, error instanceof Error ? error : String(error), {
		itemIndex,
	});
}
