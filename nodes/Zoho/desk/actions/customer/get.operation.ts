import type { IDataObject } from 'n8n-workflow';
import type { Operation } from '../../../../actions/Operation';
import { shownFor } from '../../../../actions/shownFor';
import { deskRecordPath } from '../../../transport/deskPaths';
import { zohoDeskClient } from '../../../transport/zohoDesk';
import { customerOfRecord } from '../../customers/customerOfRecord';
import { fieldsOf } from '../../metadata/fields';
import { DESK_ID_PLACEHOLDER } from '../../parameters';
import { foundRecord } from '../../records/foundRecord';
import { recordNotFound, refusal } from '../../refusal';

/** One contact or account as a customer, such as that of the caller whom Caller > Find has found. */
export const get: Operation = {
	description: shownFor('customer', 'get', [
		{
			displayName: 'Module',
			name: 'module',
			type: 'string',
			default: "={{ $json.match?.record?.module || 'contacts' }}",
			required: true,
			placeholder: 'e.g. contacts',
			description: 'Either contacts or accounts; by default that of the caller who was found',
		},
		{
			displayName: 'Record ID',
			name: 'recordId',
			type: 'string',
			default: "={{ $json.match?.record?.id ?? '' }}",
			required: true,
			placeholder: DESK_ID_PLACEHOLDER,
			description:
				"Last part of the record's address in the browser; by default the caller who was found",
		},
	]),
	async execute(context, itemIndex) {
		const { json } = context.getInputData()[itemIndex];
		const module = context.getNodeParameter('module', itemIndex) as string;
		if (module !== 'contacts' && module !== 'accounts') {
			throw refusal(`The records of ${module} are no customers`, 'Choose contacts or accounts.');
		}
		const id = String(context.getNodeParameter('recordId', itemIndex));
		const path = deskRecordPath(module, id);
		const client = await zohoDeskClient(context, itemIndex);
		const query = { include: module === 'contacts' ? 'accounts' : undefined };
		const record = await foundRecord(
			module,
			id,
			async () => await client.read({ method: 'GET', path, query }),
		);
		const customer = customerOfRecord(module, record, await fieldsOf(client, module));
		if (customer === null) throw recordNotFound(module, id);
		return [{ json: { ...json, customer: customer as unknown as IDataObject } }];
	},
};
