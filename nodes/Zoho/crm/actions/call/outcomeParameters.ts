import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

export const callPurposeOption: INodeProperties = {
	displayName: 'Call Purpose Name or ID',
	name: 'purpose',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getCallPurposes' },
	default: '',
	description:
		'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
};

export const callResultOption: INodeProperties = {
	displayName: 'Call Result Name or ID',
	name: 'result',
	type: 'options',
	typeOptions: { loadOptionsMethod: 'getCallResults' },
	default: '',
	description:
		'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
};

/**
 * What came of a call, as fields of the module Calls.
 *
 * @param collection name of the parameter that holds the two options
 */
export function outcomeFields(
	context: IExecuteFunctions,
	collection: string,
	itemIndex: number,
): IDataObject {
	const { purpose, result } = context.getNodeParameter(collection, itemIndex, {}) as {
		purpose?: string;
		result?: string;
	};
	return {
		...(purpose ? { Call_Purpose: purpose } : {}),
		...(result ? { Call_Result: result } : {}),
	};
}
