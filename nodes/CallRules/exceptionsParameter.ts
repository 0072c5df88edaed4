import { sortBy } from 'lodash';
import type { INodeProperties } from 'n8n-workflow';
import {
	businessHoursNames,
	callTypeNames,
	changeNames,
	customerIsNames,
	directionNames,
	recordKindNames,
} from '../rules/ruleWords';
import { choicesOf } from './choicesOf';

const asAboveOrOther = choicesOf(changeNames);

const conditions: INodeProperties = {
	displayName: 'When',
	name: 'conditions',
	type: 'collection',
	placeholder: 'Add Condition',
	default: {},
	description: 'All of them must be true. One that is not added, or left empty, does not matter.',
	options: [
		{
			displayName: 'Business Hours',
			name: 'businessHours',
			type: 'options',
			options: choicesOf(businessHoursNames),
			default: 'outside',
			description: 'By the start of the call. The periods are set below.',
		},
		{
			displayName: 'Call Types',
			name: 'callTypes',
			type: 'multiOptions',
			options: choicesOf(callTypeNames),
			default: [],
		},
		{
			displayName: 'Customer Is',
			name: 'customerIs',
			type: 'options',
			options: choicesOf(customerIsNames),
			default: 'known',
			description: 'A customer whose record was created on this call is unknown',
		},
		{
			displayName: 'DID',
			name: 'did',
			type: 'string',
			default: '',
			placeholder: 'e.g. 5503301, 5503302',
			description:
				'The number that the customer called or saw. A star after it stands for the rest.',
		},
		{
			displayName: 'Direction',
			name: 'directions',
			type: 'multiOptions',
			options: choicesOf(directionNames),
			default: [],
		},
		{
			displayName: 'Extension',
			name: 'extension',
			type: 'string',
			default: '',
			placeholder: 'e.g. 2005, 20*',
			description: 'The extension that answered, or rang last',
		},
		{
			displayName: 'Queue',
			name: 'queue',
			type: 'string',
			default: '',
			placeholder: 'e.g. 6700, 6701',
		},
		{
			displayName: 'Repeat Caller Within (Minutes)',
			name: 'repeatWithinMinutes',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 30,
			description:
				'The last call of this customer was at most so long ago. Needs the time that Caller > Find gives as lastCallAt; 0 does not matter.',
		},
		{
			displayName: 'Talk Time at Least (Seconds)',
			name: 'talkTimeAtLeast',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
		},
		{
			displayName: 'Talk Time at Most (Seconds)',
			name: 'talkTimeAtMost',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description: '0 means no limit',
		},
	],
};

const changes: INodeProperties = {
	displayName: 'Changes',
	name: 'changes',
	type: 'collection',
	placeholder: 'Add Change',
	default: {},
	displayOptions: { show: { then: ['change'] } },
	description: 'What is not added stays as above',
	options: [
		{
			displayName: 'Create a Record',
			name: 'createRecord',
			type: 'options',
			// n8n wants five options and more in alphabetical order.
			options: sortBy(
				choicesOf({ asAbove: changeNames.asAbove, ...recordKindNames, no: changeNames.no }),
				'name',
			),
			default: 'contact',
			description: 'For unknown numbers, on inbound and outbound calls',
		},
		{
			displayName: 'Create a Ticket',
			name: 'createTicket',
			type: 'options',
			options: asAboveOrOther,
			default: 'yes',
		},
		{
			displayName: 'Follow-Up Task',
			name: 'followUpTask',
			type: 'options',
			options: asAboveOrOther,
			default: 'yes',
		},
		{
			displayName: 'Log the Call',
			name: 'logCall',
			type: 'options',
			options: asAboveOrOther,
			default: 'yes',
		},
		{
			displayName: 'Sync the Customer to a Phonebook',
			name: 'syncContact',
			type: 'options',
			options: asAboveOrOther,
			default: 'yes',
		},
	],
};

export const exceptionsParameter: INodeProperties = {
	displayName: 'Exceptions',
	name: 'exceptions',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true, multipleValueButtonText: 'Add Exception' },
	placeholder: 'Add Exception',
	default: {},
	description:
		'Calls for which something else counts than the settings above. The first one that matches decides; one without a condition matches every call.',
	options: [
		{
			displayName: 'Exception',
			name: 'exception',
			values: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. Test numbers',
					description: 'Shown in the decision of each call that it matches',
				},
				conditions,
				{
					displayName: 'Then',
					name: 'then',
					type: 'options',
					options: [
						{ name: 'Leave Out the Call', value: 'leaveOut' },
						{ name: 'Change', value: 'change' },
					],
					default: 'leaveOut',
				},
				changes,
			],
		},
	],
};
