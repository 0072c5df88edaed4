import type { INodeProperties } from 'n8n-workflow';
import { locatedValue } from '../../../actions/locatedValue';
import type { Operation } from '../../../actions/Operation';
import { shownFor } from '../../../actions/shownFor';
import { refusal } from '../../refusal';
import { moveSession, type SessionState } from '../../sessions/session';
import { weComClient } from '../../transport/weCom';
import { conversationFields, conversationOf, servicerLocator } from '../parameters';

/** Where a conversation can be moved, by the value of the parameter (wecom-kf.md, 6.1). */
const TARGETS: Readonly<Record<string, SessionState>> = {
	assistant: 'assistant',
	end: 'ended',
	pool: 'pool',
	servicer: 'servicer',
};

const parameters: INodeProperties[] = [
	...conversationFields,
	{
		displayName: 'To',
		name: 'to',
		type: 'options',
		default: 'servicer',
		description: 'From a servicer a session cannot go back to the assistant or the waiting pool',
		options: [
			{ name: 'Assistant', value: 'assistant', description: 'This app answers' },
			{ name: 'End', value: 'end', description: 'Until the customer writes again' },
			{ name: 'Servicer', value: 'servicer', description: 'A person answers in the WeCom app' },
			{ name: 'Waiting Pool', value: 'pool', description: 'Until a servicer takes it' },
		],
	},
	{
		...servicerLocator,
		required: true,
		description: 'Somebody who answers for the account, and receives at present',
		displayOptions: { show: { to: ['servicer'] } },
	},
];

/** Moves a conversation, and adds `session` to the item, with the code for one message to the customer about it. */
export const transfer: Operation = {
	description: shownFor('session', 'transfer', parameters),
	async execute(context, itemIndex) {
		const { json, binary } = context.getInputData()[itemIndex];
		const conversation = conversationOf(context, itemIndex);
		const to = String(context.getNodeParameter('to', itemIndex));
		const state = TARGETS[to];
		if (!state) {
			throw refusal(
				`A session cannot go to "${to.slice(0, 50)}"`,
				'Choose Assistant, End, Servicer or Waiting Pool.',
			);
		}
		const servicerUserId =
			state === 'servicer' ? locatedValue(context, 'servicerUserId', itemIndex) : null;
		if (servicerUserId === '') {
			throw refusal('The parameter Servicer is empty', 'Choose who takes over the session.');
		}
		const client = await weComClient(context, itemIndex);
		const messageCode = await moveSession(client, conversation, state, servicerUserId);
		return [{ json: { ...json, session: { state, servicerUserId, messageCode } }, binary }];
	},
};
