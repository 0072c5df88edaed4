import type { Operation } from '../../../actions/Operation';
import { rowLimit, rowLimitFields } from '../../../actions/rowLimit';
import { shownFor } from '../../../actions/shownFor';
import { zohoDeskClient } from '../../transport/zohoDesk';
import type { RecordKind } from './RecordKind';
import { searchFilters, searchQueryOf } from './searchFilters';
import { sortByOf, sortParameter } from './sortParameters';

/** What every search sorts by (zoho-desk.md, 5.1). */
const SORT_FIELDS = [
	{ name: 'Modified Time', value: 'modifiedTime' },
	{ name: 'Created Time', value: 'createdTime' },
	{ name: 'Relevance', value: 'relevance' },
];

/** Searches the index, which lags some minutes behind. */
export function search({ resource, module, searchFields }: RecordKind): Operation {
	return {
		description: shownFor(resource, 'search', [
			...rowLimitFields,
			searchFilters(searchFields),
			sortParameter(SORT_FIELDS),
		]),
		async execute(context, itemIndex) {
			const client = await zohoDeskClient(context, itemIndex);
			const records = await client.list({
				path: `/${module}/search`,
				query: { ...searchQueryOf(context, itemIndex), sortBy: sortByOf(context, itemIndex) },
				limit: rowLimit(context, itemIndex),
			});
			return records.map((json) => ({ json }));
		},
	};
}
