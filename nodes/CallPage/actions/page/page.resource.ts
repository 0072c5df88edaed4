import type { INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { chooseRecord } from './chooseRecord.operation';
import { dialing } from './dialing.operation';
import { message } from './message.operation';
import { newCaller } from './newCaller.operation';
import { tickets } from './tickets.operation';

export const pageOperations: Record<string, Operation> = {
	chooseRecord,
	dialing,
	message,
	newCaller,
	tickets,
};

export const pageProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['page'] } },
		options: [
			{
				name: 'Choose Record',
				value: 'chooseRecord',
				action: 'Make a page to choose a record',
				description: 'Several records have the number of the caller: a link to each',
			},
			{
				name: 'Dialing',
				value: 'dialing',
				action: 'Make a page for a call being dialed',
				description: 'Starts a call from a click, follows it and says how it ended',
			},
			{
				name: 'Message',
				value: 'message',
				action: 'Make a page with a message',
				description: 'One sentence and what to do next, as for a refused link',
			},
			{
				name: 'New Caller',
				value: 'newCaller',
				action: 'Make a page for a new caller',
				description: 'The number, the last calls, and forms to create a record or a ticket',
			},
			{
				name: 'Tickets',
				value: 'tickets',
				action: 'Make a page with tickets',
				description: 'The tickets of a customer, open ones first',
			},
		],
		default: 'message',
	},
	...Object.values(pageOperations).flatMap(({ description }) => description),
];
