import type { INodeProperties } from 'n8n-workflow';

export const purposeParameter: INodeProperties = {
	displayName: 'Purpose',
	name: 'purpose',
	type: 'options',
	options: [
		{ name: 'Click to Call', value: 'clickToCall' },
		{ name: 'Screen Pop', value: 'screenPop' },
		{ name: 'Tickets', value: 'tickets' },
	],
	default: 'screenPop',
	description: 'What the link is good for. For everything else it is refused.',
};
