import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { ZohoCrmClient } from '../../transport/zohoCrm';
import { recordId } from '../../transport/paths';
import { ownerIdOf } from '../owner';
import { userLocator } from '../parameters';
import { findUserByEmail } from '../metadata/users';

/** Whose record or log it becomes. */
export interface ChosenOwner {
	/** Null leaves it to Zoho, which takes the connected user. */
	id: string | null;
	/** One sentence for people. */
	reason: string;
}

/** The parameters that choose an owner; to be limited to an operation by the caller. */
export const ownerParameters: INodeProperties[] = [
	{
		displayName: 'Owner',
		name: 'owner',
		type: 'options',
		default: 'boundUser',
		description:
			'Which Zoho CRM user it belongs to. Where none is found, Zoho takes the connected user.',
		options: [
			{
				name: 'Connected User',
				value: 'connectedUser',
				description: 'The user with whose credential the node works',
			},
			{
				name: 'One User',
				value: 'user',
				description: 'Always the same one',
			},
			{
				name: 'User of the Extension',
				value: 'boundUser',
				description: 'As the table that binds extensions to users says',
			},
			{
				name: "User With the Agent's Email",
				value: 'agentEmail',
				description: 'Costs one API credit every ten minutes, for the list of users',
			},
		],
	},
	{
		displayName: 'User of the Extension',
		name: 'boundUserId',
		type: 'string',
		default: '={{ $json.crmUserId }}',
		description: 'ID of the user that is bound to the extension of the call',
		displayOptions: { show: { owner: ['boundUser'] } },
	},
	{ ...userLocator('User', 'ownerUser'), displayOptions: { show: { owner: ['user'] } } },
];

/** The owner that the parameters choose for one item. */
export async function chosenOwner(
	context: IExecuteFunctions,
	client: ZohoCrmClient,
	itemIndex: number,
	agentEmail: string | null,
): Promise<ChosenOwner> {
	switch (context.getNodeParameter('owner', itemIndex)) {
		case 'user': {
			const id = await ownerIdOf(context, client, 'ownerUser', itemIndex);
			return id
				? { id, reason: 'The user that the node names.' }
				: connectedUser('The node names no user.');
		}
		case 'boundUser': {
			const bound = String(context.getNodeParameter('boundUserId', itemIndex, '') ?? '').trim();
			return bound === ''
				? connectedUser('No user is bound to the extension.')
				: { id: recordId(bound), reason: 'The user that is bound to the extension.' };
		}
		case 'agentEmail': {
			const user = agentEmail ? await findUserByEmail(client, agentEmail) : null;
			if (user) return { id: user.id, reason: `The user with the e-mail address ${user.email}.` };
			return connectedUser(
				agentEmail
					? `No active user has the e-mail address ${agentEmail}.`
					: 'The agent of the call has no e-mail address.',
			);
		}
		default:
			return connectedUser('The connected user, as chosen in the node.');
	}
}

function connectedUser(reason: string): ChosenOwner {
	return { id: null, reason };
}
