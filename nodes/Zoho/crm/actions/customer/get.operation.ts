import type { IDataObject } from 'n8n-workflow';
import { locatedValue } from '../../../../actions/locatedValue';
import type { Operation } from '../../../../actions/Operation';
import { shownFor } from '../../../../actions/shownFor';
import { zohoCrmClient } from '../../../transport/zohoCrm';
import { customerFields } from '../../customers/customerFields';
import { customerOfRecord } from '../../customers/customerOfRecord';
import { fieldsOf } from '../../metadata/fields';
import { moduleLocator, RECORD_ID_PLACEHOLDER } from '../../parameters';
import { getRecord } from '../../records/getRecord';
import { noCustomers } from '../../customers/readCustomers';

/** One record as a customer, such as that of the caller whom Caller > Find has found. */
export const get: Operation = {
	description: shownFor('customer', 'get', [
		{
			...moduleLocator('Module', 'module', { required: true }),
			default: { mode: 'name', value: "={{ $json.match?.record?.module ?? '' }}" },
			description: 'Module of the record; by default that of the caller who was found',
		},
		{
			displayName: 'Record ID',
			name: 'recordId',
			type: 'string',
			default: "={{ $json.match?.record?.id ?? '' }}",
			required: true,
			placeholder: RECORD_ID_PLACEHOLDER,
			description:
				"Last part of the record's address in the browser; by default the caller who was found",
		},
	]),
	async execute(context, itemIndex) {
		const { json } = context.getInputData()[itemIndex];
		const client = await zohoCrmClient(context, itemIndex);
		const module = locatedValue(context, 'module', itemIndex);
		const id = context.getNodeParameter('recordId', itemIndex) as string;
		const fields = await fieldsOf(client, module);
		const record = await getRecord(client, module, id, customerFields(fields));
		const customer = customerOfRecord(module, record, fields);
		if (customer === null) throw noCustomers(module);
		return [{ json: { ...json, customer: customer as unknown as IDataObject } }];
	},
};
