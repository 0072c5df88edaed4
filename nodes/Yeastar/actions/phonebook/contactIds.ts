import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';

export const contactIdsField: INodeProperties = {
	displayName: 'Contact IDs',
	name: 'contactIds',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 118, 119',
	description: 'IDs of the contacts, separated by commas; an expression may also give a list',
};

/** @throws NodeOperationError if one of them is no ID */
export function contactIds(context: IExecuteFunctions, itemIndex: number): number[] {
	const given: unknown = context.getNodeParameter('contactIds', itemIndex);
	const ids = (Array.isArray(given) ? given : String(given).split(','))
		.map((each) => String(each).trim())
		.filter((each) => each !== '');
	const wrong = ids.find((each) => !/^\d+$/.test(each));
	if (wrong === undefined) return ids.map(Number);
	throw new NodeOperationError(
		context.getNode(),
		`Contact IDs holds something that is not an ID: ${wrong} [Item ${itemIndex}]`,
		{ description: 'An ID of a contact is a whole number, such as 118.', itemIndex },
	);
}
