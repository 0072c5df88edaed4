import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { runOperations } from '../actions/runOperations';
import { operationProperties, operations } from './actions/operations';
import { testYeastarCredential } from './methods/credentialTest';
import {
	searchContacts,
	searchExtensions,
	searchPhonebooks,
	searchQueues,
} from './methods/listSearch';
import { getPhonebooks } from './methods/loadOptions';
import { slotHintOf } from './transport/tokenSlots';

export class Yeastar implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Yeastar',
		name: 'yeastar',
		icon: { light: 'file:yeastar.svg', dark: 'file:yeastar.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Place calls and read calls, contacts, recordings and voicemail of a Yeastar P-Series PBX',
		defaults: { name: 'Yeastar' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'yeastarApi', required: true, testedBy: 'yeastarApiTest' }],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Call', value: 'call' },
					{ name: 'Call Record', value: 'callRecord' },
					{ name: 'Contact', value: 'contact' },
					{ name: 'Extension', value: 'extension' },
					{ name: 'Phonebook', value: 'phonebook' },
					{ name: 'Queue', value: 'queue' },
					{ name: 'Recording', value: 'recording' },
					{ name: 'System', value: 'system' },
					{ name: 'Voicemail', value: 'voicemail' },
				],
				default: 'callRecord',
			},
			...operationProperties,
		],
	};

	methods = {
		credentialTest: { yeastarApiTest: testYeastarCredential },
		listSearch: { searchContacts, searchExtensions, searchPhonebooks, searchQueues },
		loadOptions: { getPhonebooks },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const output = await runOperations(this, operations);
		const hint = slotHintOf(this);
		if (hint !== null) this.addExecutionHints({ message: hint, location: 'outputPane' });
		return output;
	}
}
