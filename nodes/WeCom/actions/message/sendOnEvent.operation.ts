import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { shownFor } from '../../../actions/shownFor';
import { menuBodyOf, menuFields } from '../../menus/menuParameters';
import { refuseLonger } from '../../menus/menuBody';
import { idBaseOfItem, sendingOptions } from '../../sending/messageParameters';
import { ownMessageId } from '../../sending/ownMessageIds';
import { sendMessage, type OutgoingMessage } from '../../sending/sendMessage';
import { LONGEST_TEXT_BYTES } from '../../texts/cutText';
import { weComClient } from '../../transport/weCom';
import { neededText } from '../parameters';
import { shownForMessageTypes } from './messageTypes';

const parameters: INodeProperties[] = [
	{
		displayName: 'Code',
		name: 'code',
		type: 'string',
		default: '={{ $json.event?.welcomeCode ?? $json.event?.messageCode }}',
		required: true,
		placeholder: 'e.g. CODE1234',
		description:
			'Welcome code or message code of an event, or the message code of Session > Transfer. Each works once; those of entering and of the end of a session for 20 seconds only.',
	},
	{
		displayName: 'Message Type',
		name: 'messageType',
		type: 'options',
		default: 'text',
		options: [
			{
				name: 'Menu',
				value: 'menu',
				description: 'When a customer enters, and when a session has ended',
			},
			{ name: 'Text', value: 'text' },
		],
	},
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		required: true,
		placeholder: 'e.g. Welcome! What can we do for you?',
		description: 'One message of 2048 bytes at most; WeCom takes no second one',
		displayOptions: { show: { messageType: ['text'] } },
	},
	...shownForMessageTypes(['menu'], menuFields),
	sendingOptions,
];

/** Sends the one message that an event allows, and adds `message` to the item. */
export const sendOnEvent: Operation = {
	description: shownFor('message', 'sendOnEvent', parameters),
	async execute(context, itemIndex) {
		const { json, binary } = context.getInputData()[itemIndex];
		const code = neededText(context, 'code', 'Code', itemIndex);
		const outgoing = messageOf(context, itemIndex);
		const messageId = ownMessageId(idBaseOfItem(context, itemIndex), 1);
		const client = await weComClient(context, itemIndex);
		const sent = await sendMessage(client, { code }, outgoing, messageId);
		const message = {
			type: String(context.getNodeParameter('messageType', itemIndex)),
			messageIds: [sent.messageId],
			alreadySent: sent.alreadySent,
		};
		return [{ json: { ...json, message }, binary }];
	},
};

function messageOf(context: IExecuteFunctions, itemIndex: number): OutgoingMessage {
	if (context.getNodeParameter('messageType', itemIndex) === 'menu') {
		return { type: 'msgmenu', body: menuBodyOf(context, itemIndex) };
	}
	const content = neededText(context, 'text', 'Text', itemIndex);
	refuseLonger('The text', content, LONGEST_TEXT_BYTES);
	return { type: 'text', body: { content } };
}
