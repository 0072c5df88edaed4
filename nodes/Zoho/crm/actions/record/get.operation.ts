import { locatedValue } from '../../../../actions/locatedValue';
import type { Operation } from '../../../../actions/Operation';
import { shownFor } from '../../../../actions/shownFor';
import { zohoCrmClient } from '../../../transport/zohoCrm';
import { moduleLocator, RECORD_ID_PLACEHOLDER } from '../../parameters';
import { getRecord } from '../../records/getRecord';

/** Gets one record of any module, custom modules included, with all its fields. */
export const get: Operation = {
	description: shownFor('record', 'get', [
		{
			...moduleLocator('Module', 'module', { required: true }),
			description: 'Module that the record belongs to',
		},
		{
			displayName: 'Record ID',
			name: 'recordId',
			type: 'string',
			default: '',
			required: true,
			placeholder: RECORD_ID_PLACEHOLDER,
			description: "Last part of the record's address in the browser",
		},
	]),
	async execute(context, itemIndex) {
		const client = await zohoCrmClient(context, itemIndex);
		const module = locatedValue(context, 'module', itemIndex);
		const id = context.getNodeParameter('recordId', itemIndex) as string;
		return [{ json: await getRecord(client, module, id) }];
	},
};
