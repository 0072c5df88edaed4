import { omit } from 'lodash';
import { updateDisplayOptions } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { yeastarPbx } from '../../transport/yeastarPbx';
import { contactIds, contactIdsField } from './contactIds';

export const create: Operation = {
	description: updateDisplayOptions({ show: { resource: ['phonebook'], operation: ['create'] } }, [
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. CRM',
		},
		{
			displayName: 'Members',
			name: 'members',
			type: 'options',
			noDataExpression: true,
			options: [
				{
					name: 'All Contacts',
					value: 'sel_all',
					description:
						'Also those that are added later; the PBX keeps only one phonebook of this kind',
				},
				{ name: 'Chosen Contacts', value: 'sel_specific' },
			],
			default: 'sel_specific',
		},
		{
			...omit(contactIdsField, 'required'),
			displayOptions: { show: { members: ['sel_specific'] } },
		},
	]),

	async execute(context, itemIndex) {
		const members = context.getNodeParameter('members', itemIndex) as string;
		const ids = members === 'sel_specific' ? contactIds(context, itemIndex) : [];
		const name = String(context.getNodeParameter('name', itemIndex)).trim();
		const pbx = await yeastarPbx(context, itemIndex);
		const { id } = await pbx.post<{ id: number | string }>('phonebook/create', {
			name,
			member_select: members,
			add_contacts_id_list: members === 'sel_specific' ? ids : undefined,
		});
		return [{ json: { id: String(id), name } }];
	},
};
