import { locatedValue } from '../../../actions/locatedValue';
import type { Operation } from '../../../actions/Operation';
import { shownFor } from '../../../actions/shownFor';
import { deskRecordPath } from '../../transport/deskPaths';
import { zohoDeskClient } from '../../transport/zohoDesk';
import { recordLocator } from '../parameters';
import { foundRecord } from './foundRecord';
import { includeOf, includeOption } from './includeOption';
import type { RecordKind } from './RecordKind';

/** Gets one record with all its fields. */
export function get(kind: RecordKind): Operation {
	const { resource, module, title } = kind;
	return {
		description: shownFor(resource, 'get', [
			recordLocator(title),
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: [includeOption(kind)],
			},
		]),
		async execute(context, itemIndex) {
			const client = await zohoDeskClient(context, itemIndex);
			const id = locatedValue(context, 'recordId', itemIndex);
			const path = deskRecordPath(module, id);
			const query = { include: includeOf(context, itemIndex) };
			const json = await foundRecord(
				module,
				id,
				async () => await client.read({ method: 'GET', path, query }),
			);
			return [{ json }];
		},
	};
}
