import type { Operation } from '../../../../actions/Operation';
import { shownFor } from '../../../../actions/shownFor';
import { zohoDeskClient } from '../../../transport/zohoDesk';
import { findAgentByEmail } from '../../metadata/agents';

/**
 * Finds the active agent with an e-mail address and adds it to the item as `deskAgent`; null if there is none. (`agent` is
 * the person who had the call.)
 */
export const findByEmail: Operation = {
	description: shownFor('agent', 'findByEmail', [
		{
			displayName: 'Email',
			name: 'email',
			type: 'string',
			placeholder: 'e.g. eva@example.com',
			default: '',
			description:
				'Upper and lower case make no difference. The list of agents is kept for ten minutes, so that many items cost three API credits per 50 agents.',
		},
	]),
	async execute(context, itemIndex) {
		const email = context.getNodeParameter('email', itemIndex) as string | null;
		const client = await zohoDeskClient(context, itemIndex);
		const deskAgent = await findAgentByEmail(client, email ?? '');
		return [{ json: { ...context.getInputData()[itemIndex].json, deskAgent } }];
	},
};
