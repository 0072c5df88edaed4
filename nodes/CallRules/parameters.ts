import type { INodeProperties } from 'n8n-workflow';
import {
	callTypeNames,
	customerDirectionNames,
	recordKindNames,
	weekdayNames,
} from '../rules/ruleWords';
import { choicesOf } from './choicesOf';
import { exceptionsParameter } from './exceptionsParameter';

/** The settings page, in the order in which a person reads it. */
export const parameters: INodeProperties[] = [
	{
		displayName: 'Log Calls',
		name: 'logCalls',
		type: 'multiOptions',
		options: choicesOf(callTypeNames),
		default: ['inboundAnswered', 'inboundMissed', 'outboundAnswered', 'outboundUnanswered'],
		description:
			'Which calls are written to the customer. Inbound Missed counts voicemail and callers who hung up in a menu or a queue.',
	},
	{
		displayName: 'Create a Record for Unknown Numbers',
		name: 'createRecordFor',
		type: 'multiOptions',
		options: choicesOf(customerDirectionNames),
		default: ['inbound', 'outbound'],
		description:
			'On which calls a number that is found nowhere gets a record of its own. Choose none to never create one.',
		hint: 'Such a call leaves by Create Record only: connect it to Caller > Find or Create, and that back to this node',
	},
	{
		displayName: 'Create As',
		name: 'createAs',
		type: 'options',
		options: choicesOf(recordKindNames),
		default: 'lead',
	},
	{
		displayName: 'Name of the New Record',
		name: 'newRecordName',
		type: 'string',
		default: '=Automatic New Contact -{{ $json.customer.number }}',
	},
	{
		displayName: 'Log Calls of Unknown Numbers Without a Record',
		name: 'logWithoutRecord',
		type: 'boolean',
		default: false,
		description:
			'Whether to log calls of numbers that are found nowhere and for which no record is created',
	},
	{
		displayName: 'Create a Ticket',
		name: 'createTicketFor',
		type: 'multiOptions',
		options: choicesOf(callTypeNames),
		default: [],
		description: 'Which calls open a ticket',
	},
	{
		displayName: 'Follow-Up Task for Missed Calls',
		name: 'followUpTask',
		type: 'boolean',
		default: false,
		description: 'Whether each Inbound Missed call makes a task to call back',
	},
	{
		displayName: 'Task Due After (Hours)',
		name: 'taskDueAfterHours',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 4,
		description: 'Counted from the end of the call, day and night',
	},
	{
		displayName: 'Task Subject',
		name: 'taskSubject',
		type: 'string',
		default: '=Call back {{ $json.customer.name || $json.customer.number }}',
	},
	{
		displayName: 'Sync the Customer to a Phonebook',
		name: 'syncContact',
		type: 'boolean',
		default: false,
		description:
			'Whether to copy a customer who calls or is called, and has a record, to a phonebook of the PBX',
	},
	{
		displayName: 'Ignore Internal Calls',
		name: 'ignoreInternalCalls',
		type: 'boolean',
		default: true,
		description:
			'Whether to leave out calls between extensions. Switched off, only exceptions do something with them.',
	},
	{
		displayName: 'Ignore Anonymous Calls',
		name: 'ignoreAnonymousCalls',
		type: 'boolean',
		default: true,
		description: 'Whether to leave out calls without a number. They never get a record.',
	},
	{
		displayName: 'Ignore Numbers',
		name: 'ignoreNumbers',
		type: 'string',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Number' },
		default: [],
		placeholder: 'e.g. +8675526601234 or +8675512*',
		description:
			'Customer numbers whose calls are left out: whole, or only the beginning with a star after it',
	},
	exceptionsParameter,
	{
		displayName: 'Minimum Talk Time (Seconds)',
		name: 'minimumTalkTime',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description:
			'Answered calls shorter than this are left out, exceptions or not. Unanswered calls are not concerned.',
	},
	{
		displayName: 'Business Hours',
		name: 'businessHours',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Period' },
		placeholder: 'Add Period',
		default: {},
		description: 'For exceptions that ask for them. Without a period every hour is inside.',
		options: [
			{
				displayName: 'Period',
				name: 'period',
				values: [
					{
						displayName: 'Days',
						name: 'days',
						type: 'multiOptions',
						options: choicesOf(weekdayNames),
						default: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
					},
					{
						displayName: 'From',
						name: 'from',
						type: 'string',
						default: '09:00',
						placeholder: 'e.g. 09:00',
					},
					{
						displayName: 'To',
						name: 'to',
						type: 'string',
						default: '18:00',
						placeholder: 'e.g. 18:00',
						description: 'A time at or before From is one of the next day',
					},
				],
			},
		],
	},
	{
		displayName: 'Time Zone',
		name: 'timeZone',
		type: 'string',
		default: '',
		placeholder: 'e.g. Asia/Shanghai',
		description:
			'In which the business hours and the tasks are given. Left empty, it is that of the workflow.',
	},
	{
		displayName: 'Dry Run',
		name: 'dryRun',
		type: 'boolean',
		default: false,
		description:
			'Whether to decide only: every call leaves by Left Out with the decision that would have been carried out. An item whose field dryRun is true is decided so in any case.',
	},
];
