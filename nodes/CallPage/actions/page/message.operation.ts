import type { Operation } from '../../../actions/Operation';
import { shownFor } from '../../../actions/shownFor';
import { messagePage } from '../../../pages/messagePage';
import { actionsParameter, chosenActions } from '../../actionsParameter';
import { chosenLanguage, languageParameter } from '../../languageParameter';
import { pageItem } from './pageItem';

/** One sentence and what to do next, as for a link that is refused. */
export const message: Operation = {
	description: shownFor('page', 'message', [
		{
			displayName: 'Message',
			name: 'message',
			type: 'string',
			default: '={{ $json.link.reason }}',
			required: true,
			description: 'One sentence: what happened',
		},
		{
			displayName: 'Advice',
			name: 'advice',
			type: 'string',
			default: '={{ $json.link.advice }}',
			description: 'What to do next',
		},
		{
			displayName: 'Status Code',
			name: 'statusCode',
			type: 'number',
			typeOptions: { minValue: 200, maxValue: 599 },
			default: 403,
			description: 'Of the answer: 403 for a refusal, 200 if all is well',
		},
		actionsParameter,
		languageParameter,
	]),
	async execute(context, itemIndex) {
		const page = messagePage({
			language: chosenLanguage(context, itemIndex),
			message: String(context.getNodeParameter('message', itemIndex) ?? '').trim(),
			advice: String(context.getNodeParameter('advice', itemIndex) ?? '').trim(),
			actions: chosenActions(context, itemIndex),
		});
		const statusCode = Number(context.getNodeParameter('statusCode', itemIndex));
		return await Promise.resolve([pageItem(context, itemIndex, page, statusCode)]);
	},
};
