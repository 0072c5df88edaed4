import type { Operation } from '../../../../actions/Operation';
import { shownFor } from '../../../../actions/shownFor';
import { skippedCaller } from '../../../../caller/answer';
import { isoTime } from '../../../../caller/isoTime';
import { systemClock } from '../../../../transport/Clock';
import { askedCaller, searchOptions } from '../../../caller/searchParameters';
import { zohoDeskClient } from '../../../transport/zohoDesk';
import { findCallers } from '../../caller/finding';

/** Looks who called: adds `match` to the item, without changing anything in Zoho Desk. */
export const find: Operation = {
	description: shownFor('caller', 'find', [
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: searchOptions,
		},
	]),
	async execute(context, itemIndex) {
		const { json } = context.getInputData()[itemIndex];
		const asked = askedCaller(context, itemIndex, 'deskAgentId');
		if ('skipped' in asked) {
			const caller = skippedCaller(asked.number, asked.skipped, isoTime(systemClock.now()));
			return [{ json: { ...json, match: { ...caller } } }];
		}
		const client = await zohoDeskClient(context, itemIndex);
		const callers = await findCallers(client, asked.wanted, systemClock);
		return callers.map((caller) => ({ json: { ...json, match: { ...caller } } }));
	},
};
