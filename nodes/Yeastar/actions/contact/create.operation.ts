import { NodeOperationError, type IDataObject, updateDisplayOptions } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { yeastarPbx } from '../../transport/yeastarPbx';
import { firstNameField, numbersField, optionalContactFields } from './contactFields';
import { contactBody, givenNumbers, numberList } from './contactInput';

export const create: Operation = {
	description: updateDisplayOptions({ show: { resource: ['contact'], operation: ['create'] } }, [
		{ ...firstNameField, required: true },
		{ ...numbersField, required: true, description: 'A contact has at least one number' },
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: optionalContactFields,
		},
	]),

	async execute(context, itemIndex) {
		const additional = context.getNodeParameter('additionalFields', itemIndex) as IDataObject;
		const firstName = context.getNodeParameter('firstName', itemIndex);
		const numbers = givenNumbers(
			context,
			itemIndex,
			context.getNodeParameter('numbers', itemIndex) as IDataObject,
		);
		const body = contactBody(context, itemIndex, { firstName, ...additional });
		body.number_list = numberList(numbers);
		if ((body.number_list as IDataObject[]).length === 0) {
			throw new NodeOperationError(context.getNode(), `Numbers is empty [Item ${itemIndex}]`, {
				description: 'The PBX keeps only contacts with at least one number.',
				itemIndex,
			});
		}
		const pbx = await yeastarPbx(context, itemIndex);
		const { id } = await pbx.post<{ id: number | string }>('company_contact/create', body);
		return [{ json: { id: String(id) } }];
	},
};
