import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { locatedValue } from '../../actions/locatedValue';
import { textParameter } from '../../actions/textParameter';
import { refusal } from '../refusal';
import type { Conversation } from '../sessions/session';

/** Parameters that several operations of the WeCom node have in common. */

const ACCOUNT_ID_PLACEHOLDER = 'e.g. wkAJ2GCAAAZSfhHCt7IFSvLKtMPxyJTw';

/** A customer service account. The message in the item names its own. */
export const accountLocator: INodeProperties = {
	displayName: 'Account',
	name: 'openKfId',
	type: 'resourceLocator',
	default: { mode: 'id', value: '={{ $json.openKfId }}' },
	required: true,
	description: 'The customer service account (客服账号) that the customer writes to',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchAccounts', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: ACCOUNT_ID_PLACEHOLDER },
	],
};

export const customerField: INodeProperties = {
	displayName: 'Customer ID',
	name: 'externalUserId',
	type: 'string',
	default: '={{ $json.externalUserId }}',
	required: true,
	placeholder: 'e.g. wmAJ2GCAAAme1XQRC-NI-q0_ZM9ukoAw',
	description: 'The external user ID of the customer, as the trigger gives it',
};

export const conversationFields: INodeProperties[] = [accountLocator, customerField];

export const servicerLocator: INodeProperties = {
	displayName: 'Servicer',
	name: 'servicerUserId',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchServicers', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. WangFang' },
	],
};

export const inputFileField: INodeProperties = {
	displayName: 'Input Binary Field',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	required: true,
	hint: 'The name of the input binary field containing the file',
};

export const outputFileField: INodeProperties = {
	displayName: 'Put Output File in Field',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	required: true,
	hint: 'The name of the output binary field to put the file in',
};

/** @throws ServiceError if no account is chosen */
export function accountOf(context: IExecuteFunctions, itemIndex: number): string {
	const account = locatedValue(context, 'openKfId', itemIndex);
	if (account !== '') return account;
	throw refusal(
		'The parameter Account is empty',
		'Choose an account from the list, or give the openKfId that WeCom Customer Service Trigger gives.',
	);
}

/** @throws ServiceError if account or customer is missing */
export function conversationOf(context: IExecuteFunctions, itemIndex: number): Conversation {
	return {
		openKfId: accountOf(context, itemIndex),
		externalUserId: neededText(context, 'externalUserId', 'Customer ID', itemIndex),
	};
}

/**
 * A text that has to be there.
 *
 * @param displayName as people see the parameter
 * @throws ServiceError if it is empty
 */
export function neededText(
	context: IExecuteFunctions,
	name: string,
	displayName: string,
	itemIndex: number,
): string {
	const text = textParameter(context, name, itemIndex);
	if (text !== '') return text;
	throw refusal(`The parameter ${displayName} is empty`, 'Fill it in, or correct its expression.');
}
