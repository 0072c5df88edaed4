import { shownFor } from '../../../actions/shownFor';
import type { Operation } from '../../../actions/Operation';
import { listed, LONGEST_ONCE_SECONDS, sendAppMessage } from '../../appMessages/appMessage';
import { refusal } from '../../refusal';
import { weComClient } from '../../transport/weCom';
import { neededText } from '../parameters';

/** Writes to members of the company in the WeCom app, and adds `appMessage` to the item. */
export const send: Operation = {
	description: shownFor('appMessage', 'send', [
		{
			displayName: 'App ID',
			name: 'agentId',
			type: 'number',
			default: 0,
			required: true,
			placeholder: 'e.g. 1000002',
			description: 'The AgentId that the page of your app shows in the WeCom admin console',
		},
		{
			displayName: 'User IDs',
			name: 'userIds',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. WangFang, LiLei',
			description: 'Of the members who get the message, from the WeCom contacts, with commas',
		},
		{
			displayName: 'Text',
			name: 'text',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			required: true,
			description: 'WeCom takes 2,048 bytes; what is beyond is cut off',
		},
		{
			displayName: 'Once in (Seconds)',
			name: 'onceInSeconds',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: LONGEST_ONCE_SECONDS },
			default: 1800,
			description:
				'For so long WeCom drops the same text to the same members, so that nothing arrives twice when the node is tried again; 0 sends it each time',
		},
	]),
	async execute(context, itemIndex) {
		const { json, binary } = context.getInputData()[itemIndex];
		const agentId = Number(context.getNodeParameter('agentId', itemIndex));
		if (!Number.isInteger(agentId) || agentId <= 0) {
			throw refusal(
				'The parameter App ID holds no AgentId',
				'Copy the number from the page of your app in the WeCom admin console.',
			);
		}
		const userIds = listed(neededText(context, 'userIds', 'User IDs', itemIndex), ',');
		if (userIds.length === 0) {
			throw refusal(
				'The parameter User IDs names nobody',
				'Give IDs of members, with commas, as the WeCom contacts show them.',
			);
		}
		const sent = await sendAppMessage(await weComClient(context, itemIndex), {
			agentId,
			userIds,
			text: neededText(context, 'text', 'Text', itemIndex),
			onceInSeconds: Number(context.getNodeParameter('onceInSeconds', itemIndex)),
		});
		return [{ json: { ...json, appMessage: { ...sent } }, binary }];
	},
};
