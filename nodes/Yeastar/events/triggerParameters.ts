import type { INodeProperties } from 'n8n-workflow';
import { countryField, directionsOption, outboundPrefixOption } from '../callParameters';
import { RAW_EVENT_OPTIONS } from './eventTypes';

export const eventsField: INodeProperties = {
	displayName: 'Events',
	name: 'events',
	type: 'multiOptions',
	default: ['callEnded'],
	description:
		'When to start the workflow; each event happens once per call, whatever the number of phones that rang',
	options: [
		{
			name: 'Call Answered',
			value: 'callAnswered',
			description: 'A person has answered; a menu or a queue that picks up does not count',
		},
		{
			name: 'Call Ended',
			value: 'callEnded',
			description: 'The call is over and its result, times and recording are known',
		},
		{
			name: 'Call Ringing',
			value: 'callRinging',
			description: 'The first phone rings',
		},
	],
};

/** Each narrows the calls; see `callFilter`. */
export const callFilterOptions: INodeProperties[] = [
	{
		displayName: 'DIDs',
		name: 'dids',
		type: 'string',
		default: '',
		placeholder: 'e.g. 02660000, Sales',
		description: 'Numbers the customer dialled, or their names, separated by commas',
	},
	directionsOption,
	{
		displayName: 'Extensions',
		name: 'extensions',
		type: 'string',
		default: '',
		placeholder: 'e.g. 1001, 1002',
		description: 'Extensions that were rung or took part, separated by commas',
	},
	{
		displayName: 'Queues',
		name: 'queues',
		type: 'string',
		default: '',
		placeholder: 'e.g. 6500',
		description: 'Numbers of queues that the call went through, separated by commas',
	},
];

export const filtersField: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	description: 'Report only some of the calls; every filter must fit',
	options: callFilterOptions,
};

export const rawEventsField: INodeProperties = {
	displayName: 'Raw Events',
	name: 'rawEvents',
	type: 'multiOptions',
	default: [],
	description: 'Events of the PBX to pass on as they are, in addition to the calls',
	options: RAW_EVENT_OPTIONS,
};

export const otherEventsOption: INodeProperties = {
	displayName: 'Other Event Numbers',
	name: 'otherEvents',
	type: 'string',
	default: '',
	placeholder: 'e.g. 30033, 30036',
	description: 'Numbers of further events to pass on as they are, separated by commas',
};

export const timeZoneOption: INodeProperties = {
	displayName: 'PBX Time Zone',
	name: 'timeZone',
	type: 'string',
	default: '',
	placeholder: 'e.g. Asia/Shanghai',
	description:
		'Only needed if times come out wrong; the PBX reports local times, and its offset is found by itself',
};

export const settleOption: INodeProperties = {
	displayName: 'Settle (Seconds)',
	name: 'settleSeconds',
	type: 'number',
	typeOptions: { minValue: 0.5, maxValue: 60, numberPrecision: 1 },
	default: 2,
	description:
		'How long to wait after the end of a call for further records of it; the PBX writes one for each menu, queue and phone',
};

/** The parameters of Yeastar Trigger; those above also belong to Yeastar Webhook Trigger. */
export const triggerParameters: INodeProperties[] = [
	{
		displayName:
			'Needs on the PBX: <b>Integrations > API</b> switched on, and <b>Call Status Monitor</b> ticked for extensions and trunks under its Advanced Settings',
		name: 'setupNotice',
		type: 'notice',
		default: '',
	},
	eventsField,
	countryField,
	filtersField,
	rawEventsField,
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
				default: 24,
				description:
					'How far back calls are made up for that took place while n8n or the connection was down; 0 switches it off',
			},
			{
				displayName: 'Compare With Call Records (Minutes)',
				name: 'reconcileMinutes',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 1440 },
				default: 5,
				description:
					'How often the call records of the PBX are searched for calls that no event told of',
			},
			otherEventsOption,
			outboundPrefixOption,
			timeZoneOption,
			settleOption,
		],
	},
];
