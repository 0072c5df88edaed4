import { type IDataObject, updateDisplayOptions } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { yeastarPbx } from '../../transport/yeastarPbx';
import { locatedValue } from '../../../actions/locatedValue';
import { contactLocator } from '../locators';
import { readContact } from './readContact';

export const deleteContact: Operation = {
	description: updateDisplayOptions({ show: { resource: ['contact'], operation: ['delete'] } }, [
		contactLocator,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				{
					displayName: 'Remove From Phonebooks First',
					name: 'removeFromPhonebooks',
					type: 'boolean',
					default: false,
					description:
						'Whether to take the contact out of its phonebooks, without which the PBX may refuse to delete it',
				},
			],
		},
	]),

	async execute(context, itemIndex) {
		const id = locatedValue(context, 'contact', itemIndex, '');
		const options = context.getNodeParameter('options', itemIndex) as IDataObject;
		const pbx = await yeastarPbx(context, itemIndex);
		if (options.removeFromPhonebooks) {
			const { phonebook_list: phonebooks } = await readContact(pbx, id);
			for (const phonebook of (phonebooks ?? []) as Array<{ id: number }>) {
				await pbx.post('phonebook/update', {
					id: phonebook.id,
					del_contacts_id_list: [Number(id)],
				});
			}
		}
		await pbx.get('company_contact/delete', { id });
		return [{ json: { deleted: true } }];
	},
};
