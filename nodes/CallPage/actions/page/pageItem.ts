import type { IExecuteFunctions } from 'n8n-workflow';
import type { OperationResult } from '../../../actions/Operation';
import type { Page } from '../../../pages/page';

/** The item with the answer to the browser under `page`, for n8n's Respond to Webhook. */
export function pageItem(
	context: IExecuteFunctions,
	itemIndex: number,
	{ html, headers }: Page,
	statusCode = 200,
): OperationResult {
	const { json, binary } = context.getInputData()[itemIndex];
	return { json: { ...json, page: { html, statusCode, headers } }, binary };
}
