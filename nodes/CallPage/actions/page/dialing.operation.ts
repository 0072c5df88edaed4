import { randomUUID } from 'crypto';
import type { Operation } from '../../../actions/Operation';
import { shownFor } from '../../../actions/shownFor';
import { dialingPage, dialingStates } from '../../../pages/dialingPage';
import { chosenCountry, countryParameter } from '../../countryParameter';
import { objectIn } from '../../itemData';
import { chosenLanguage, languageParameter } from '../../languageParameter';
import { numberParameter } from './numberParameter';
import { pageItem } from './pageItem';

/** How a call that was asked for by a click is going: a page that starts it, follows it, and says how it ended. */
export const dialing: Operation = {
	description: shownFor('page', 'dialing', [
		{
			displayName: 'State',
			name: 'state',
			type: 'options',
			options: [
				{ name: 'Connected', value: 'connected' },
				{ name: 'Ended', value: 'ended' },
				{ name: 'Failed', value: 'failed' },
				{
					name: 'Ready',
					value: 'ready',
					description: 'Sends itself by POST to its own address as soon as somebody sees it',
				},
				{ name: 'Ringing', value: 'ringing' },
			],
			default: 'ready',
		},
		numberParameter,
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			description: 'Whom the number belongs to',
		},
		{
			displayName: 'Extension',
			name: 'extension',
			type: 'string',
			default: '={{ $json.link.extension }}',
			description: 'Which rings first',
		},
		{
			displayName: 'Reason',
			name: 'reason',
			type: 'string',
			displayOptions: { show: { state: ['ended', 'failed'] } },
			default: '',
			description: 'Why the call ended or failed, in the words of the PBX',
		},
		{
			displayName: 'Query',
			name: 'query',
			type: 'json',
			default: '={{ $json.query }}',
			description: 'Of the request, as the Webhook node gives it. The page goes on with it.',
		},
		{
			displayName: 'Call ID',
			name: 'callId',
			type: 'string',
			displayOptions: { show: { state: ['connected', 'ringing'] } },
			default: '={{ $json.callId || $json.query.call }}',
			description:
				'By which the page asks how the call is going: it loads itself again with the parameter <code>call</code>. Left empty, it does not.',
		},
		{
			displayName: 'Refresh (Seconds)',
			name: 'refreshSeconds',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 60 },
			displayOptions: { show: { state: ['connected', 'ringing'] } },
			default: 2,
			description: 'After how long the page asks again',
		},
		countryParameter,
		languageParameter,
	]),
	async execute(context, itemIndex) {
		const text = (name: string) =>
			String(context.getNodeParameter(name, itemIndex, '') ?? '').trim();
		const state = context.getNodeParameter('state', itemIndex);
		const page = dialingPage({
			language: chosenLanguage(context, itemIndex),
			state: dialingStates.find((each) => each === state) ?? 'failed',
			number: String(context.getNodeParameter('number', itemIndex) ?? ''),
			country: chosenCountry(context, itemIndex),
			name: text('name'),
			extension: text('extension'),
			reason: text('reason'),
			query: objectIn(context.getNodeParameter('query', itemIndex)),
			callId: text('callId'),
			refreshSeconds: Number(context.getNodeParameter('refreshSeconds', itemIndex, 2)) || 2,
			once: randomUUID(),
		});
		return await Promise.resolve([pageItem(context, itemIndex, page)]);
	},
};
