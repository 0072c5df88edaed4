import type { Operation } from '../../../../actions/Operation';
import { rowLimit, rowLimitFields } from '../../../../actions/rowLimit';
import { shownFor } from '../../../../actions/shownFor';
import { zohoCrmClient } from '../../../transport/zohoCrm';
import { listUsers } from '../../metadata/users';

export const getMany: Operation = {
	description: shownFor('user', 'getAll', [
		...rowLimitFields,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Type',
					name: 'type',
					type: 'options',
					default: 'ActiveUsers',
					description: 'Which users to return',
					options: [
						{ name: 'Active', value: 'ActiveUsers' },
						{ name: 'Administrators', value: 'AdminUsers' },
						{ name: 'All', value: 'AllUsers' },
						{ name: 'Confirmed', value: 'ConfirmedUsers' },
						{ name: 'Connected User', value: 'CurrentUser' },
						{ name: 'Deactivated', value: 'DeactiveUsers' },
						{ name: 'Deleted', value: 'DeletedUsers' },
						{ name: 'Not Confirmed', value: 'NotConfirmedUsers' },
					],
				},
			],
		},
	]),
	async execute(context, itemIndex) {
		const client = await zohoCrmClient(context, itemIndex);
		const type = context.getNodeParameter('options.type', itemIndex, 'ActiveUsers') as string;
		const users = await listUsers(client, type, rowLimit(context, itemIndex));
		return users.map((json) => ({ json }));
	},
};
