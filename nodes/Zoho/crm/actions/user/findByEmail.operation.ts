import type { Operation } from '../../../../actions/Operation';
import { shownFor } from '../../../../actions/shownFor';
import { zohoCrmClient } from '../../../transport/zohoCrm';
import { findUserByEmail } from '../../metadata/users';

/** Finds the active user with an e-mail address and adds it to the item as `user`; null if there is none. */
export const findByEmail: Operation = {
	description: shownFor('user', 'findByEmail', [
		{
			displayName: 'Email',
			name: 'email',
			type: 'string',
			placeholder: 'e.g. eva@example.com',
			default: '',
			description:
				'Upper and lower case make no difference. The list of users is kept for ten minutes, so that many items cost one API credit.',
		},
	]),
	async execute(context, itemIndex) {
		const email = context.getNodeParameter('email', itemIndex) as string | null;
		const client = await zohoCrmClient(context, itemIndex);
		const user = await findUserByEmail(client, email ?? '');
		return [{ json: { ...context.getInputData()[itemIndex].json, user } }];
	},
};
