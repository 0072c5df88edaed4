import type { INodePropertyOptions } from 'n8n-workflow';

/** The choices of a drop-down, in the order of the domain's own list of values and their names. */
export function choicesOf(names: Record<string, string>): INodePropertyOptions[] {
	return Object.entries(names).map(([value, name]) => ({ name, value }));
}
