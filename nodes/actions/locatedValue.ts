import type { IExecuteFunctions } from 'n8n-workflow';

/**
 * What a resource locator stands for, whichever of its modes was used.
 *
 * @returns an empty text if nothing is chosen
 */
export function locatedValue(
	context: IExecuteFunctions,
	name: string,
	itemIndex: number,
	fallback?: string,
): string {
	const value = context.getNodeParameter(name, itemIndex, fallback, { extractValue: true });
	return value === null || value === undefined ? '' : String(value).trim();
}
