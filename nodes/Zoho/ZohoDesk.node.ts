import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import type { OperationTable } from '../actions/Operation';
import { runOperations } from '../actions/runOperations';
import { accountDescription, accountOperations } from './desk/actions/account';
import { agentDescription, agentOperations } from './desk/actions/agent';
import { attachmentDescription, attachmentOperations } from './desk/actions/attachment';
import { callDescription, callOperations } from './desk/actions/call';
import { callerDescription, callerOperations } from './desk/actions/caller';
import { commentDescription, commentOperations } from './desk/actions/comment';
import { contactDescription, contactOperations } from './desk/actions/contact';
import { customerDescription, customerOperations } from './desk/actions/customer';
import { departmentDescription, departmentOperations } from './desk/actions/department';
import { threadDescription, threadOperations } from './desk/actions/thread';
import { ticketDescription, ticketOperations } from './desk/actions/ticket';
import { searchAgents, searchDepartments, searchRecords } from './desk/methods/listSearch';
import {
	getChannels,
	getFields,
	getSupportAddresses,
	getTicketClassifications,
	getTicketPriorities,
	getTicketStatuses,
} from './desk/methods/loadOptions';
import { getRecordFields, getTicketCustomFields } from './desk/methods/resourceMapping';
import { creditHint, creditMeterOf } from './transport/creditMeter';
import { ZOHO_DESK } from './transport/deskErrors';

const operations: OperationTable = {
	account: accountOperations,
	agent: agentOperations,
	attachment: attachmentOperations,
	call: callOperations,
	caller: callerOperations,
	comment: commentOperations,
	contact: contactOperations,
	customer: customerOperations,
	department: departmentOperations,
	thread: threadOperations,
	ticket: ticketOperations,
};

export class ZohoDesk implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Zoho Desk',
		name: 'zohoDesk',
		icon: { light: 'file:zohoDesk.svg', dark: 'file:zohoDesk.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Find callers, log calls and keep contacts, accounts and tickets in Zoho Desk',
		defaults: { name: 'Zoho Desk' },
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
					{ name: 'Agent', value: 'agent' },
					{ name: 'Attachment', value: 'attachment' },
					{ name: 'Call', value: 'call' },
					{ name: 'Caller', value: 'caller' },
					{ name: 'Comment', value: 'comment' },
					{ name: 'Contact', value: 'contact' },
					{ name: 'Customer', value: 'customer' },
					{ name: 'Department', value: 'department' },
					{ name: 'Thread', value: 'thread' },
					{ name: 'Ticket', value: 'ticket' },
				],
				default: 'caller',
			},
			...accountDescription,
			...agentDescription,
			...attachmentDescription,
			...callDescription,
			...callerDescription,
			...commentDescription,
			...contactDescription,
			...customerDescription,
			...departmentDescription,
			...threadDescription,
			...ticketDescription,
		],
	};

	methods = {
		listSearch: { searchAgents, searchDepartments, searchRecords },
		loadOptions: {
			getChannels,
			getFields,
			getSupportAddresses,
			getTicketClassifications,
			getTicketPriorities,
			getTicketStatuses,
		},
		resourceMapping: { getRecordFields, getTicketCustomFields },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const output = await runOperations(this, operations);
		const hint = creditHint(creditMeterOf(this), ZOHO_DESK);
		if (hint !== null) this.addExecutionHints({ message: hint, location: 'outputPane' });
		return output;
	}
}
