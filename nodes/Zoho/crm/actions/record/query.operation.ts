import type { Operation } from '../../../../actions/Operation';
import { rowLimit, rowLimitFields } from '../../../../actions/rowLimit';
import { shownFor } from '../../../../actions/shownFor';
import { zohoCrmClient } from '../../../transport/zohoCrm';
import { coqlQuery } from '../../records/coqlQuery';
import { refusal } from '../../refusal';

/** Queries any module with COQL, which reads the database itself and so knows new records at once. */
export const query: Operation = {
	description: shownFor('record', 'query', [
		{
			displayName: 'Query',
			name: 'query',
			type: 'string',
			typeOptions: { editor: 'sqlEditor', rows: 5 },
			default: '',
			required: true,
			placeholder:
				"e.g. select Full_Name, Phone from Contacts where Created_Time > '2026-03-01T00:00:00+01:00'",
			description:
				'In COQL, with API names and a where clause. If it ends with a limit of its own, Return All and Limit do not count.',
		},
		...rowLimitFields,
	]),
	async execute(context, itemIndex) {
		const text = String(context.getNodeParameter('query', itemIndex) ?? '').trim();
		if (text === '') {
			throw refusal(
				'The parameter Query is empty',
				'Write a COQL query, such as: select Full_Name from Contacts where id is not null',
			);
		}
		const client = await zohoCrmClient(context, itemIndex);
		const records = await coqlQuery(client, text, rowLimit(context, itemIndex));
		return records.map((json) => ({ json }));
	},
};
