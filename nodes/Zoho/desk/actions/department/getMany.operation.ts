import type { Operation } from '../../../../actions/Operation';
import { rowLimit, rowLimitFields } from '../../../../actions/rowLimit';
import { shownFor } from '../../../../actions/shownFor';
import { zohoDeskClient } from '../../../transport/zohoDesk';
import { listDepartments } from '../../metadata/departments';

export const getMany: Operation = {
	description: shownFor('department', 'getAll', [
		...rowLimitFields,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Include Disabled',
					name: 'includeDisabled',
					type: 'boolean',
					default: false,
					description: 'Whether to return departments that are not in use, too',
				},
			],
		},
	]),
	async execute(context, itemIndex) {
		const client = await zohoDeskClient(context, itemIndex);
		const includeDisabled = context.getNodeParameter('options.includeDisabled', itemIndex, false);
		const departments = await listDepartments(
			client,
			{ isEnabled: includeDisabled ? undefined : true },
			rowLimit(context, itemIndex),
		);
		return departments.map((json) => ({ json }));
	},
};
