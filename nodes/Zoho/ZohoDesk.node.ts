import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import type { OperationTable } from '../actions/Operation';
import { runOperations } from '../actions/runOperations';
import { agentDescription, agentOperations } from './desk/actions/agent';
import { callerDescription, callerOperations } from './desk/actions/caller';
import { departmentDescription, departmentOperations } from './desk/actions/department';
import { searchAgents, searchDepartments } from './desk/methods/listSearch';
import { creditHint, creditMeterOf } from './transport/creditMeter';
import { ZOHO_DESK } from './transport/deskErrors';

const operations: OperationTable = {
	agent: agentOperations,
	caller: callerOperations,
	department: departmentOperations,
};

export class ZohoDesk implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Zoho Desk',
		name: 'zohoDesk',
		icon: { light: 'file:zohoDesk.svg', dark: 'file:zohoDesk.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Find callers and keep contacts and accounts in Zoho Desk',
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
					{ name: 'Agent', value: 'agent' },
					{ name: 'Caller', value: 'caller' },
					{ name: 'Department', value: 'department' },
				],
				default: 'caller',
			},
			...agentDescription,
			...callerDescription,
			...departmentDescription,
		],
	};

	methods = {
		listSearch: { searchAgents, searchDepartments },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const output = await runOperations(this, operations);
		const hint = creditHint(creditMeterOf(this), ZOHO_DESK);
		if (hint !== null) this.addExecutionHints({ message: hint, location: 'outputPane' });
		return output;
	}
}
