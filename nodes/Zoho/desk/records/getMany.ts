import type { Operation } from '../../../actions/Operation';
import { rowLimit, rowLimitFields } from '../../../actions/rowLimit';
import { shownFor } from '../../../actions/shownFor';
import { zohoDeskClient } from '../../transport/zohoDesk';
import { includeOf, includeOption } from './includeOption';
import type { RecordKind } from './RecordKind';
import { sortByOf, sortParameter } from './sortParameters';

/** Lists records, read from the records themselves: also those of the last seconds. */
export function getMany(kind: RecordKind): Operation {
	const { resource, module, sortFields } = kind;
	return {
		description: shownFor(resource, 'getAll', [
			...rowLimitFields,
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: [includeOption(kind)],
			},
			sortParameter(sortFields),
		]),
		async execute(context, itemIndex) {
			const client = await zohoDeskClient(context, itemIndex);
			const records = await client.list({
				path: `/${module}`,
				query: {
					include: includeOf(context, itemIndex),
					sortBy: sortByOf(context, itemIndex),
				},
				limit: rowLimit(context, itemIndex),
			});
			return records.map((json) => ({ json }));
		},
	};
}
