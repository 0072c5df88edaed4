import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';
import type { Operation } from '../../../actions/Operation';
import { shownFor } from '../../../actions/shownFor';
import { onceOnlyWriter } from '../../../transport/onceOnlyWriter';
import { holdsValues } from '../../transport/deskRecords';
import { zohoDeskClient } from '../../transport/zohoDesk';
import { newestRecords } from '../caller/storedRecords';
import { writeOnceForItem } from '../onceForItem';
import { MAX_REMEMBERED_CALLS, REMEMBER_CALLS_MS } from '../writtenOnce';
import { recordBody } from './recordBody';
import { recordDataOf } from './recordData';
import type { RecordKind } from './RecordKind';
import { fieldMapper, writeOptions } from './writeParameters';

const records = onceOnlyWriter<IDataObject>(REMEMBER_CALLS_MS, MAX_REMEMBERED_CALLS);

/** Creates one record for an item, however often n8n tries the node. Desk allows several with the same number. */
export function create({ resource, module }: RecordKind): Operation {
	return {
		description: shownFor(resource, 'create', [fieldMapper, writeOptions()]),
		async execute(context, itemIndex) {
			const client = await zohoDeskClient(context, itemIndex);
			const body = recordBody(await recordDataOf(context, client, module, itemIndex));
			const { result } = await writeOnceForItem(records, context, client, itemIndex, {
				place: [module],
				content: [JSON.stringify(body)],
				what: resource,
				title: String(body.lastName ?? body.accountName ?? ''),
				write: async () =>
					(await client.write({ method: 'POST', path: `/${module}`, body })).body ?? {},
				findAlike: async (since) =>
					(await newestRecords(client, module)).filter(
						(record) =>
							DateTime.fromISO(String(record.createdTime)) >= since && holdsValues(record, body),
					),
			});
			return [{ json: result }];
		},
	};
}
