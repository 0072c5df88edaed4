import type { INodeProperties } from 'n8n-workflow';

export const DEFAULT_BINARY_PROPERTY = 'data';
export const DEFAULT_POLL_SECONDS = 60;
export const DEFAULT_CUSTOMERS_AT_A_TIME = 5;

/** The parameters of WeCom Customer Service Trigger. */
export const weComTriggerParameters: INodeProperties[] = [
	{
		displayName:
			'WeCom does not let n8n enter the webhook URL: publish the workflow, then copy the <b>Production URL</b> above into the WeCom admin console, under App Management (应用管理) &gt; your app &gt; Receive Messages (接收消息) &gt; Set API Reception (设置API接收), with the Token and EncodingAESKey of the credential, and switch on WeChat Customer Service Messages and Events (微信客服消息和事件). One trigger per app is enough: its callbacks wake all triggers of the company in this n8n.',
		name: 'callbackNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Account Names or IDs',
		name: 'accounts',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getAccounts' },
		default: [],
		description:
			'Only these customer-service accounts; none chosen means all that the app manages, also those added later. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Start On',
		name: 'startOn',
		type: 'multiOptions',
		required: true,
		default: ['customerMessage', 'enterSession', 'sendFailed'],
		description: 'What starts the workflow, once for each message or event',
		options: [
			{
				name: 'Accounts Changed',
				value: 'accountsChanged',
				description: 'The app manages an account more or less; told by callback only',
			},
			{
				name: 'Customer Message',
				value: 'customerMessage',
				description: 'A customer has written or sent a file',
			},
			{
				name: 'Customer Opened Chat',
				value: 'enterSession',
				description: 'With the scene of the link or QR code, and the code for a welcome message',
			},
			{
				name: 'Message Not Delivered',
				value: 'sendFailed',
				description: 'WeCom has accepted a message of ours and did not deliver it',
			},
			{
				name: 'Message Recalled',
				value: 'messageRecalled',
				description: 'A customer or servicer has taken a message back',
			},
			{
				name: 'Servicer Message',
				value: 'servicerMessage',
				description: 'A member of the company has written in the WeCom app',
			},
			{
				name: 'Servicer Refuses Customer',
				value: 'rejectSwitchChanged',
				description: 'A servicer refuses the messages of a customer, or takes them again',
			},
			{
				name: 'Servicer Status Changed',
				value: 'servicerStatusChanged',
				description: 'A servicer receives customers or stops',
			},
			{
				name: 'Session Changed',
				value: 'sessionChanged',
				description: 'A servicer has taken, transferred, ended or reopened a session',
			},
		],
	},
	{
		displayName: 'Download Files',
		name: 'downloadMedia',
		type: 'boolean',
		default: true,
		description:
			'Whether to fetch images, voices, videos and files, which WeCom keeps for three days only',
	},
	{
		displayName: 'Put Output File in Field',
		name: 'binaryPropertyName',
		type: 'string',
		default: DEFAULT_BINARY_PROPERTY,
		required: true,
		displayOptions: { show: { downloadMedia: [true] } },
		hint: 'The name of the output binary field to put the file in',
	},
	{
		displayName: 'On First Start',
		name: 'firstStart',
		type: 'options',
		noDataExpression: true,
		default: 'skipHistory',
		description:
			'What happens to messages from before the first publication; later the trigger goes on where it has stopped',
		options: [
			{
				name: 'Skip Earlier Messages',
				value: 'skipHistory',
				description: 'Only what comes from now on starts the workflow',
			},
			{
				name: 'Take the Last Three Days',
				value: 'takeHistory',
				description: 'All messages that WeCom still has start the workflow, oldest first',
			},
		],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Customers at a Time',
				name: 'customersAtATime',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 20 },
				default: DEFAULT_CUSTOMERS_AT_A_TIME,
				description:
					'For how many customers executions run at once; the messages of one customer always run one after the other',
			},
			{
				displayName: 'Include Customer',
				name: 'includeCustomer',
				type: 'boolean',
				default: true,
				description: 'Whether to read nickname, avatar and gender of the customer',
			},
			{
				displayName: 'Poll Every (Seconds)',
				name: 'pollSeconds',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 3600 },
				default: DEFAULT_POLL_SECONDS,
				description:
					'How often to look for messages that no callback told of: 30 to 3600; 0 switches it off. WeCom allows few such calls, so with many accounts each has its turn less often.',
			},
			{
				displayName: 'Voice Format',
				name: 'voiceFormat',
				type: 'options',
				default: 'amr',
				description: 'The format of voice messages',
				options: [
					{ name: 'AMR', value: 'amr' },
					{ name: 'SILK', value: 'silk', description: 'Better sound; few programs play it' },
				],
			},
		],
	},
];
