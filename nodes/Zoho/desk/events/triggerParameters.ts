import type { INodeProperties } from 'n8n-workflow';

/** The highest number of fields that Zoho Desk itself watches (zoho-desk.md, 8.3). */
export const MOST_TICKET_FIELDS = 5;

export const DEFAULT_SEARCH_MINUTES = 5;
export const DEFAULT_COMPARE_MINUTES = 15;
export const DEFAULT_CATCH_UP_HOURS = 24;

const NOT_BY_SEARCH = 'Needs an edition with webhooks, since a search cannot tell';

/** The parameters of Zoho Desk Trigger. */
export const deskTriggerParameters: INodeProperties[] = [
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		required: true,
		default: ['ticketCreated'],
		description: 'When to start the workflow; each event starts it once',
		options: [
			{ name: 'Account Created', value: 'accountCreated' },
			{ name: 'Account Deleted', value: 'accountDeleted', description: NOT_BY_SEARCH },
			{ name: 'Account Updated', value: 'accountUpdated' },
			{
				name: 'Attachment Added',
				value: 'attachmentAdded',
				description:
					'A file was added to a ticket; needs an edition with webhooks, since a search cannot tell',
			},
			{ name: 'Attachment Deleted', value: 'attachmentDeleted', description: NOT_BY_SEARCH },
			{ name: 'Attachment Updated', value: 'attachmentUpdated', description: NOT_BY_SEARCH },
			{ name: 'Call Created', value: 'callCreated' },
			{ name: 'Call Deleted', value: 'callDeleted', description: NOT_BY_SEARCH },
			{ name: 'Call Updated', value: 'callUpdated' },
			{
				name: 'Comment Created',
				value: 'commentCreated',
				description:
					'A comment was added to a ticket; needs an edition with webhooks, since a search cannot tell',
			},
			{ name: 'Comment Updated', value: 'commentUpdated', description: NOT_BY_SEARCH },
			{ name: 'Contact Created', value: 'contactCreated' },
			{ name: 'Contact Deleted', value: 'contactDeleted', description: NOT_BY_SEARCH },
			{ name: 'Contact Updated', value: 'contactUpdated' },
			{
				name: 'Thread Created',
				value: 'threadCreated',
				description:
					'A message of a ticket, such as an email, came in or went out; needs an edition with webhooks, since a search cannot tell',
			},
			{ name: 'Ticket Created', value: 'ticketCreated' },
			{ name: 'Ticket Deleted', value: 'ticketDeleted', description: NOT_BY_SEARCH },
			{ name: 'Ticket Updated', value: 'ticketUpdated' },
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
					'By webhook, within seconds; by search where the edition has no webhooks or none is free',
			},
			{
				name: 'Search Only',
				value: 'search',
				description: 'By asking Zoho Desk every few minutes; for an n8n that Zoho cannot reach',
			},
		],
	},
	{
		displayName:
			'A search tells of tickets, contacts, accounts and calls that were created or updated. It does not tell of comments, threads, attachments, of what was deleted, or of the state before a change.',
		name: 'searchNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { receiveBy: ['search'] } },
	},
	{
		displayName: 'Ignore Changes',
		name: 'ignoreChanges',
		type: 'options',
		default: 'ownWrites',
		description: 'Which changes start nothing, so that a workflow does not start itself',
		options: [
			{
				name: 'By the Connected Agent',
				value: 'agent',
				description:
					'Also everything that the agent of the credential does; choose it when n8n runs with workers',
			},
			{ name: 'None', value: 'none', description: 'Every change starts the workflow' },
			{
				name: 'Own Writes',
				value: 'ownWrites',
				description: 'What the Zoho Desk nodes of this n8n process have written',
			},
		],
	},
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		description: 'Report only some of the events; every filter must fit',
		options: [
			{
				displayName: 'Department Names or IDs',
				name: 'departments',
				type: 'multiOptions',
				typeOptions: { loadOptionsMethod: 'getDepartments' },
				default: [],
				description:
					'Only tickets and calls of these departments, and what belongs to such tickets. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
			},
			{
				displayName: 'Thread Direction',
				name: 'threadDirection',
				type: 'options',
				default: 'in',
				description: 'Only messages that came in or went out; counts for Thread Created',
				options: [
					{ name: 'From the Customer', value: 'in' },
					{ name: 'To the Customer', value: 'out' },
				],
			},
			{
				displayName: 'Ticket Field Names or IDs',
				name: 'ticketFields',
				type: 'multiOptions',
				typeOptions: { loadOptionsMethod: 'getTicketFields' },
				default: [],
				description:
					'Ticket Updated only if one of these changes; at most five. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
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
					'How often, beside the webhook, Zoho Desk is searched for changes that no webhook told of, since Zoho sends each only once; 0 switches it off',
			},
			{
				displayName: 'Include Previous State',
				name: 'includePrevious',
				type: 'boolean',
				default: false,
				description:
					'Whether to give the record as it was before the change, for what was updated and received by webhook',
			},
			{
				displayName: 'Search Every (Minutes)',
				name: 'searchMinutes',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 1440 },
				default: DEFAULT_SEARCH_MINUTES,
				description:
					'How often Zoho Desk is searched where there is no webhook; each search costs three API credits per kind of record',
			},
		],
	},
];
