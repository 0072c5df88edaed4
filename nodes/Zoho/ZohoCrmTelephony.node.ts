import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import type { OperationTable } from '../actions/Operation';
import { runOperations } from '../actions/runOperations';
import { accountDescription, accountOperations } from './crm/actions/account';
import { callDescription, callOperations } from './crm/actions/call';
import { callerDescription, callerOperations } from './crm/actions/caller';
import { contactDescription, contactOperations } from './crm/actions/contact';
import { customerDescription, customerOperations } from './crm/actions/customer';
import { leadDescription, leadOperations } from './crm/actions/lead';
import { noteDescription, noteOperations } from './crm/actions/note';
import { recordDescription, recordOperations } from './crm/actions/record';
import { taskDescription, taskOperations } from './crm/actions/task';
import { userDescription, userOperations } from './crm/actions/user';
import { getCallPurposes, getCallResults } from './crm/callLog/picklists';
import { searchModules, searchRecords, searchUsers } from './crm/methods/listSearch';
import {
	getCustomerModules,
	getFields,
	getTaskPriorities,
	getTaskStatuses,
} from './crm/methods/loadOptions';
import { getRecordFields } from './crm/methods/resourceMapping';
import { creditHint, creditMeterOf } from './transport/creditMeter';
import { ZOHO_CRM } from './transport/errors';

const operations: OperationTable = {
	account: accountOperations,
	call: callOperations,
	caller: callerOperations,
	contact: contactOperations,
	customer: customerOperations,
	lead: leadOperations,
	note: noteOperations,
	record: recordOperations,
	task: taskOperations,
	user: userOperations,
};

export class ZohoCrmTelephony implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Zoho CRM Telephony',
		name: 'zohoCrmTelephony',
		icon: { light: 'file:zohoCrmTelephony.svg', dark: 'file:zohoCrmTelephony.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Find callers, log calls and keep contacts, leads and tasks in Zoho CRM',
		defaults: { name: 'Zoho CRM Telephony' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'callBridgeZohoOAuth2Api', required: true }],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Account', value: 'account' },
					{ name: 'Call', value: 'call' },
					{ name: 'Caller', value: 'caller' },
					{ name: 'Contact', value: 'contact' },
					{ name: 'Customer', value: 'customer' },
					{ name: 'Lead', value: 'lead' },
					{ name: 'Note', value: 'note' },
					{ name: 'Record', value: 'record' },
					{ name: 'Task', value: 'task' },
					{ name: 'User', value: 'user' },
				],
				default: 'caller',
			},
			...accountDescription,
			...callDescription,
			...callerDescription,
			...contactDescription,
			...customerDescription,
			...leadDescription,
			...noteDescription,
			...recordDescription,
			...taskDescription,
			...userDescription,
		],
	};

	methods = {
		listSearch: { searchModules, searchRecords, searchUsers },
		loadOptions: {
			getCallPurposes,
			getCallResults,
			getCustomerModules,
			getFields,
			getTaskPriorities,
			getTaskStatuses,
		},
		resourceMapping: { getRecordFields },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const output = await runOperations(this, operations);
		const hint = creditHint(creditMeterOf(this), ZOHO_CRM);
		if (hint !== null) this.addExecutionHints({ message: hint, location: 'outputPane' });
		return output;
	}
}
