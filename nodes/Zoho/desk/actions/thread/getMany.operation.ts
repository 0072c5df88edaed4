import { locatedValue } from '../../../../actions/locatedValue';
import type { Operation } from '../../../../actions/Operation';
import { rowLimit, rowLimitFields } from '../../../../actions/rowLimit';
import { shownFor } from '../../../../actions/shownFor';
import { zohoDeskClient } from '../../../transport/zohoDesk';
import { recordLocator } from '../../parameters';
import { listThreads, readThread } from '../../threads/reading';

/** Lists the threads of a ticket, the newest first. */
export const getMany: Operation = {
	description: shownFor('thread', 'getAll', [
		recordLocator('Ticket'),
		...rowLimitFields,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: [
				{
					displayName: 'Include Full Text',
					name: 'fullText',
					type: 'boolean',
					default: false,
					description:
						'Whether to read the whole text of each thread as content and plainText, for one API credit more each. Without it a thread has only the summary.',
				},
			],
		},
	]),
	async execute(context, itemIndex) {
		const ticketId = locatedValue(context, 'recordId', itemIndex);
		const client = await zohoDeskClient(context, itemIndex);
		const threads = await listThreads(client, ticketId, rowLimit(context, itemIndex));
		if (!context.getNodeParameter('options.fullText', itemIndex, false)) {
			return threads.map((json) => ({ json }));
		}
		const whole = threads.map(async ({ id }) => await readThread(client, ticketId, String(id)));
		return (await Promise.all(whole)).map((json) => ({ json }));
	},
};
