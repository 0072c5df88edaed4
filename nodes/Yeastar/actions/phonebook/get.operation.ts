import { omit } from 'lodash';
import { type IDataObject, updateDisplayOptions } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { pbxError } from '../../transport/errors';
import { yeastarPbx } from '../../transport/yeastarPbx';
import { simplifiedContact, type ContactRow } from '../contact/contactRow';
import { locatedValue } from '../../../actions/locatedValue';
import { phonebookLocator } from '../locators';
import { simplifyField } from '../../../actions/rowLimit';
import { simplifiedPhonebook, type PhonebookRow } from './phonebookRow';

export const get: Operation = {
	description: updateDisplayOptions({ show: { resource: ['phonebook'], operation: ['get'] } }, [
		phonebookLocator,
		simplifyField,
	]),

	async execute(context, itemIndex) {
		const pbx = await yeastarPbx(context, itemIndex);
		const { data } = await pbx.get<{ data?: PhonebookRow & { contacts_list?: ContactRow[] } }>(
			'phonebook/get',
			{ id: locatedValue(context, 'phonebook', itemIndex, '') },
		);
		if (!data) throw pbxError('phonebook/get', { errcode: 70093 });
		if (!context.getNodeParameter('simplify', itemIndex)) return [{ json: data }];
		const contacts = (data.contacts_list ?? []).map(simplifiedContactOfPhonebook);
		return [{ json: { ...simplifiedPhonebook(data), contacts } }];
	},
};

/** A phonebook does not say in which other phonebooks its contacts are. */
function simplifiedContactOfPhonebook(row: ContactRow): IDataObject {
	return omit(simplifiedContact(row), 'phonebooks');
}
