import { locatedValue } from '../../../../actions/locatedValue';
import type { Operation } from '../../../../actions/Operation';
import { rowLimit, rowLimitFields } from '../../../../actions/rowLimit';
import { shownFor } from '../../../../actions/shownFor';
import { deskId } from '../../../transport/deskPaths';
import { zohoDeskClient } from '../../../transport/zohoDesk';
import { listAgents } from '../../metadata/agents';
import { departmentLocator } from '../../parameters';

export const getMany: Operation = {
	description: shownFor('agent', 'getAll', [
		...rowLimitFields,
		departmentLocator('Only agents who work in this department'),
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Status',
					name: 'status',
					type: 'options',
					default: 'ACTIVE',
					description: 'Which agents to return',
					options: [
						{ name: 'Active', value: 'ACTIVE' },
						{ name: 'All', value: 'all' },
						{ name: 'Disabled', value: 'DISABLED' },
					],
				},
			],
		},
	]),
	async execute(context, itemIndex) {
		const client = await zohoDeskClient(context, itemIndex);
		const department = locatedValue(context, 'department', itemIndex, '');
		const status = context.getNodeParameter('options.status', itemIndex, 'ACTIVE') as string;
		const agents = await listAgents(
			client,
			{
				status: status === 'all' ? undefined : status,
				departmentIds: department === '' ? undefined : deskId(department),
			},
			rowLimit(context, itemIndex),
		);
		return agents.map((json) => ({ json }));
	},
};
