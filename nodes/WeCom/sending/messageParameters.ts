import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { itemOfRun } from '../../actions/itemOfRun';
import { textParameter } from '../../actions/textParameter';
import { idBaseFor, idBaseOf } from './ownMessageIds';

/** What all operations offer that send. */
export const sendingOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		{
			displayName: 'Message ID',
			name: 'messageId',
			type: 'string',
			default: '',
			placeholder: 'e.g. comment-431000000006907011',
			description:
				'By it WeCom recognises what it has taken before, so that nothing is sent twice, also by another execution. Up to 30 letters, digits, hyphens and underscores. Without one, an item of an execution is sent once, however often n8n tries the node.',
		},
	],
};

/** @throws ServiceError if WeCom would not take the id */
export function idBaseOfItem(context: IExecuteFunctions, itemIndex: number): string {
	const typed = textParameter(context, 'options.messageId', itemIndex);
	if (typed !== '') return idBaseOf(typed);
	return idBaseFor([context.getInstanceId(), ...itemOfRun(context, itemIndex)]);
}
