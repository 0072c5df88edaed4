import { type IDataObject, updateDisplayOptions } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { yeastarPbx } from '../../transport/yeastarPbx';
import { locatedValue } from '../../../actions/locatedValue';
import { contactLocator } from '../locators';
import { firstNameField, numbersField, optionalContactFields } from './contactFields';
import { contactBody, givenNumbers, numberList } from './contactInput';
import { numbersOf, type ContactNumber } from './contactRow';
import { readContact } from './readContact';

const fields = [
	...optionalContactFields,
	firstNameField,
	{
		...numbersField,
		description:
			'Numbers to set. An empty number removes the one of that type; types that are not listed stay as they are.',
	},
].sort((one, other) => one.displayName.localeCompare(other.displayName));

export const update: Operation = {
	description: updateDisplayOptions({ show: { resource: ['contact'], operation: ['update'] } }, [
		contactLocator,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: fields,
		},
	]),

	async execute(context, itemIndex) {
		const id = locatedValue(context, 'contact', itemIndex, '');
		const given = context.getNodeParameter('updateFields', itemIndex) as IDataObject;
		const body = contactBody(context, itemIndex, given);
		const pbx = await yeastarPbx(context, itemIndex);
		if (given.numbers !== undefined) {
			const changes = givenNumbers(context, itemIndex, given.numbers as IDataObject);
			// The PBX replaces all numbers by those it is sent.
			body.number_list = numberList(merged(numbersOf(await readContact(pbx, id)), changes));
		}
		await pbx.post('company_contact/update', { id: Number(id), ...body });
		return [{ json: { id } }];
	},
};

function merged(present: ContactNumber[], changes: ContactNumber[]): ContactNumber[] {
	const byType = new Map([...present, ...changes].map((each) => [each.type, each]));
	return [...byType.values()];
}
