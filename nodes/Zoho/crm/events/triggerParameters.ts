import type { INodeProperties } from 'n8n-workflow';

export const DEFAULT_SEARCH_MINUTES = 5;
export const DEFAULT_COMPARE_MINUTES = 15;
export const DEFAULT_CATCH_UP_HOURS = 24;

/** The parameters of Zoho CRM Trigger. */
export const crmTriggerParameters: INodeProperties[] = [
	{
		displayName: 'Module Names or IDs',
		name: 'modules',
		type: 'multiOptions',
		required: true,
		typeOptions: { loadOptionsMethod: 'getModules' },
		default: ['Contacts'],
		description:
			'Whose records to hear of, custom modules included. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
	},
	{
		displayName: 'Changes',
		name: 'changes',
		type: 'multiOptions',
		required: true,
		default: ['created', 'updated', 'deleted'],
		description: 'When to start the workflow; each change of a record starts it once',
		options: [
			{ name: 'Created', value: 'created' },
			{ name: 'Deleted', value: 'deleted' },
			{ name: 'Updated', value: 'updated' },
		],
	},
	{
		displayName: 'Receive By',
		name: 'receiveBy',
		type: 'options',
		noDataExpression: true,
		default: 'automatic',
		options: [
			{
				name: 'Automatic',
				value: 'automatic',
				description:
					'By notification, within seconds; by search where Zoho CRM gives no notification channel',
			},
			{
				name: 'Search Only',
				value: 'search',
				description: 'By asking Zoho CRM every few minutes; for an n8n that Zoho cannot reach',
			},
		],
	},
	{
		displayName: 'Ignore Changes',
		name: 'ignoreChanges',
		type: 'options',
		default: 'ownWrites',
		description: 'Which changes start nothing, so that a workflow does not start itself',
		options: [
			{
				name: 'By the Connected User',
				value: 'user',
				description:
					'Also everything that the user of the credential does; choose it when n8n runs with workers',
			},
			{ name: 'None', value: 'none', description: 'Every change starts the workflow' },
			{
				name: 'Own Writes',
				value: 'ownWrites',
				description: 'What the Zoho CRM nodes of this n8n process have written',
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
				displayName: 'Catch Up (Hours)',
				name: 'catchUpHours',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 168 },
				default: DEFAULT_CATCH_UP_HOURS,
				description:
					'How far back changes are made up for that took place while n8n was down; 0 switches it off',
			},
			{
				displayName: 'Compare With Search (Minutes)',
				name: 'compareMinutes',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 1440 },
				default: DEFAULT_COMPARE_MINUTES,
				description:
					'How often, beside the notifications, Zoho CRM is searched for changes that none has told of, since Zoho sends each only once; 0 switches it off',
			},
			{
				displayName: 'Search Every (Minutes)',
				name: 'searchMinutes',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 1440 },
				default: DEFAULT_SEARCH_MINUTES,
				description:
					'How often Zoho CRM is searched where there are no notifications; each search costs one API credit per module, and two more for what was deleted',
			},
			{
				displayName: 'Updated Field Names or IDs',
				name: 'updatedFields',
				type: 'multiOptions',
				typeOptions: { loadOptionsMethod: 'getModuleFields', loadOptionsDependsOn: ['modules'] },
				default: [],
				description:
					'Updated only if one of these changes; at most ten. Modules without a chosen field are told of every update. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
			},
		],
	},
];
