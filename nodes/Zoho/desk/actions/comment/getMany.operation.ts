import { locatedValue } from '../../../../actions/locatedValue';
import type { Operation } from '../../../../actions/Operation';
import { rowLimit, rowLimitFields } from '../../../../actions/rowLimit';
import { shownFor } from '../../../../actions/shownFor';
import { insteadOf } from '../../../../transport/ServiceError';
import { zohoDeskClient } from '../../../transport/zohoDesk';
import { commentsPath } from '../../comments/writing';
import { recordLocator } from '../../parameters';
import { sortByOf, sortParameter } from '../../records/sortParameters';
import { recordNotFound } from '../../refusal';

/** Lists the comments of a ticket, the oldest first unless sorted otherwise. */
export const getMany: Operation = {
	description: shownFor('comment', 'getAll', [
		recordLocator('Ticket'),
		...rowLimitFields,
		sortParameter([{ name: 'Time', value: 'commentedTime' }]),
	]),
	async execute(context, itemIndex) {
		const ticketId = locatedValue(context, 'recordId', itemIndex);
		const path = commentsPath(ticketId);
		const client = await zohoDeskClient(context, itemIndex);
		const query = { sortBy: sortByOf(context, itemIndex) };
		const comments = await client
			.list({ path, query, limit: rowLimit(context, itemIndex) })
			.catch(insteadOf(['notFound'], null));
		if (comments === null) throw recordNotFound('tickets', ticketId);
		return comments.map((json) => ({ json }));
	},
};
