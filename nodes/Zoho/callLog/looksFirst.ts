import type { IExecuteFunctions } from 'n8n-workflow';

/**
 * Whether a node looks for what was written about a call before it writes: because somebody has chosen so, or because the
 * trigger gives the call once more, whose first execution was lost with its worker and may have written it.
 */
export function looksFirst(context: IExecuteFunctions, itemIndex: number): boolean {
	const { attempt } = context.getInputData()[itemIndex].json;
	if (typeof attempt === 'number' && attempt > 1) return true;
	return context.getNodeParameter('options.lookFirst', itemIndex, false) as boolean;
}
