import type { IDataObject } from 'n8n-workflow';
import { locatedValue } from '../../../actions/locatedValue';
import type { Operation } from '../../../actions/Operation';
import { shownFor } from '../../../actions/shownFor';
import { zohoCrmClient } from '../../transport/zohoCrm';
import { recordLocator } from '../parameters';
import { getRecord } from './getRecord';
import { listFieldsOption } from './listParameters';
import type { RecordKind } from './RecordKind';

/** Gets one record with all its fields, or with the chosen ones. */
export function get(kind: RecordKind): Operation {
	return {
		description: shownFor(kind.resource, 'get', [
			recordLocator(kind.title),
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: [listFieldsOption],
			},
		]),
		async execute(context, itemIndex) {
			const client = await zohoCrmClient(context, itemIndex);
			const id = locatedValue(context, 'recordId', itemIndex);
			const chosen = context.getNodeParameter('options.returnFields', itemIndex, []) as string[];
			const record: IDataObject = await getRecord(client, kind.module, id, chosen);
			return [{ json: record }];
		},
	};
}
