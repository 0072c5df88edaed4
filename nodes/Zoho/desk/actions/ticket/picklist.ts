import type { INodeProperties } from 'n8n-workflow';

/** A field of tickets whose values the portal has. */
export function ticketPicklist(
	label: string,
	name: string,
	loadOptionsMethod: string,
	value = '',
): INodeProperties {
	return {
		displayName: `${label} Name or ID`,
		name,
		type: 'options',
		typeOptions: { loadOptionsMethod },
		default: value,
		description:
			'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
	};
}
