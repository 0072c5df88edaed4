import type { INodeProperties } from 'n8n-workflow';

export const numberParameter: INodeProperties = {
	displayName: 'Number',
	name: 'number',
	type: 'string',
	default: '={{ $json.link.number }}',
	description:
		'Telephone number that the page is about. A blank in place of the plus sign is understood.',
};
