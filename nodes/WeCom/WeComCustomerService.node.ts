import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { runOperations } from '../actions/runOperations';
import { operationProperties, operations } from './actions/operations';
import { testWeComCredential } from './methods/credentialTest';
import { searchAccounts, searchServicers } from './methods/listSearch';

export class WeComCustomerService implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'WeCom Customer Service',
		name: 'weComCustomerService',
		icon: { light: 'file:weCom.svg', dark: 'file:weCom.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Answer customers in WeChat and look after accounts, servicers, links and sessions',
		defaults: { name: 'WeCom Customer Service' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'weComCustomerServiceApi',
				required: true,
				testedBy: 'weComCustomerServiceApiTest',
			},
		],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Account', value: 'account' },
					{ name: 'App Message', value: 'appMessage' },
					{ name: 'Customer', value: 'customer' },
					{ name: 'Link', value: 'link' },
					{ name: 'Media', value: 'media' },
					{ name: 'Message', value: 'message' },
					{ name: 'Servicer', value: 'servicer' },
					{ name: 'Session', value: 'session' },
					{ name: 'Statistic', value: 'statistics' },
				],
				default: 'message',
			},
			...operationProperties,
		],
	};

	methods = {
		credentialTest: { weComCustomerServiceApiTest: testWeComCredential },
		listSearch: { searchAccounts, searchServicers },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(this, operations);
	}
}
