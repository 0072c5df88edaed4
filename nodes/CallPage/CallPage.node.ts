import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { runOperations } from '../actions/runOperations';
import { operationProperties, operations } from './actions/operations';
import { testLinkCredential } from './methods/credentialTest';

export class CallPage implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Call Page',
		name: 'callPage',
		icon: { light: 'file:callPage.svg', dark: 'file:callPage.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Sign and check the links of screen pop and click to call, and make the pages that they open',
		defaults: { name: 'Call Page' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [
			{
				name: 'callBridgeLinkApi',
				required: true,
				testedBy: 'callBridgeLinkApiTest',
				displayOptions: { show: { resource: ['link'], operation: ['check', 'create'] } },
			},
		],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Link', value: 'link' },
					{ name: 'Page', value: 'page' },
				],
				default: 'link',
			},
			...operationProperties,
		],
	};

	methods = { credentialTest: { callBridgeLinkApiTest: testLinkCredential } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await runOperations(this, operations);
	}
}
