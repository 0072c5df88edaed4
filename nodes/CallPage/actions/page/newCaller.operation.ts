import type { IDataObject } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { shownFor } from '../../../actions/shownFor';
import type { CallType } from '../../../call/Call';
import { newCallerPage, type EarlierCall } from '../../../pages/newCallerPage';
import { actionsParameter, chosenActions } from '../../actionsParameter';
import { chosenCountry, countryParameter } from '../../countryParameter';
import { firstText, rowsIn } from '../../itemData';
import { chosenReader, readerParameters } from '../../readerParameters';
import { numberParameter } from './numberParameter';
import { pageItem } from './pageItem';

/** Nobody knows the caller: a page with the number, the last calls and what can be done. */
export const newCaller: Operation = {
	description: shownFor('page', 'newCaller', [
		numberParameter,
		{
			displayName: 'Name Shown',
			name: 'displayName',
			type: 'string',
			default: '={{ $json.link.parameters.name }}',
			description: 'What the network shows beside the number',
		},
		{
			displayName: 'Calls',
			name: 'calls',
			type: 'json',
			default: '={{ $json.calls }}',
			description:
				'The last calls with this number, a list as Yeastar > Call Record > Get Calls gives them',
		},
		actionsParameter,
		countryParameter,
		...readerParameters,
	]),
	async execute(context, itemIndex) {
		const page = newCallerPage({
			reader: chosenReader(context, itemIndex),
			number: String(context.getNodeParameter('number', itemIndex) ?? ''),
			country: chosenCountry(context, itemIndex),
			displayName: String(context.getNodeParameter('displayName', itemIndex) ?? '').trim(),
			calls: rowsIn(context.getNodeParameter('calls', itemIndex)).map(readCall),
			actions: chosenActions(context, itemIndex),
		});
		return await Promise.resolve([pageItem(context, itemIndex, page)]);
	},
};

const callTypes: CallType[] = [
	'inboundAnswered',
	'inboundMissed',
	'outboundAnswered',
	'outboundUnanswered',
];

function readCall(row: IDataObject): EarlierCall {
	return {
		callType: callTypes.find((callType) => callType === row.callType) ?? null,
		startedAt: firstText(row, 'startedAt'),
		agent: firstText(row, 'agent.name', 'agent.extension', 'agent'),
		talkSeconds: Number(row.talkSeconds ?? 0) || 0,
	};
}
