import { updateDisplayOptions } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { yeastarPbx } from '../../transport/yeastarPbx';
import { locatedValue } from '../../../actions/locatedValue';
import { phonebookLocator } from '../locators';

export const deletePhonebook: Operation = {
	description: updateDisplayOptions({ show: { resource: ['phonebook'], operation: ['delete'] } }, [
		phonebookLocator,
	]),

	async execute(context, itemIndex) {
		const pbx = await yeastarPbx(context, itemIndex);
		await pbx.get('phonebook/delete', { id: locatedValue(context, 'phonebook', itemIndex, '') });
		return [{ json: { deleted: true } }];
	},
};
