import type { IDataObject } from 'n8n-workflow';
import { locatedValue } from '../../../actions/locatedValue';
import type { Operation } from '../../../actions/Operation';
import { shownFor } from '../../../actions/shownFor';
import { successOf } from '../../transport/errors';
import { recordPath } from '../../transport/paths';
import { zohoCrmClient } from '../../transport/zohoCrm';
import { recordLocator } from '../parameters';
import type { RecordKind } from './RecordKind';

/** Moves one record into Zoho CRM's recycle bin, where it stays for 60 days. */
export function deleteRecord(kind: RecordKind): Operation {
	return {
		description: shownFor(kind.resource, 'delete', [recordLocator(kind.title)]),
		async execute(context, itemIndex) {
			const client = await zohoCrmClient(context, itemIndex);
			const path = recordPath(kind.module, locatedValue(context, 'recordId', itemIndex));
			const { body } = await client.write({ method: 'DELETE', path });
			successOf((body?.data as IDataObject[] | undefined)?.[0]);
			return [{ json: { deleted: true } }];
		},
	};
}
