import { updateDisplayOptions } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { yeastarPbx } from '../../transport/yeastarPbx';
import { locatedValue } from '../../../actions/locatedValue';
import { phonebookLocator } from '../locators';
import { contactIds, contactIdsField } from './contactIds';

export const addContacts: Operation = {
	description: updateDisplayOptions(
		{ show: { resource: ['phonebook'], operation: ['addContacts'] } },
		[phonebookLocator, contactIdsField],
	),

	async execute(context, itemIndex) {
		const id = locatedValue(context, 'phonebook', itemIndex, '');
		const ids = contactIds(context, itemIndex);
		const pbx = await yeastarPbx(context, itemIndex);
		await pbx.post('phonebook/update', { id: Number(id), add_contacts_id_list: ids });
		return [{ json: { id, addedContactIds: ids.map(String) } }];
	},
};
