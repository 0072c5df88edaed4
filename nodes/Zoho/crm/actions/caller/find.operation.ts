import type { IExecuteFunctions } from 'n8n-workflow';
import type { Operation } from '../../../../actions/Operation';
import { shownFor } from '../../../../actions/shownFor';
import { skippedCaller } from '../../../../caller/answer';
import { isoTime } from '../../../../caller/isoTime';
import { systemClock } from '../../../../transport/Clock';
import { askedCaller } from '../../../caller/searchParameters';
import { zohoCrmClient } from '../../../transport/zohoCrm';
import { findCallers } from '../../caller/finding';
import { crmSearchOptions } from './crmSearchOptions';

/** Looks who called: adds `match` to the item, without changing anything in Zoho CRM. */
export const find: Operation = {
	description: shownFor('caller', 'find', [
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: crmSearchOptions,
		},
	]),
	async execute(context: IExecuteFunctions, itemIndex: number) {
		const { json } = context.getInputData()[itemIndex];
		const asked = askedCaller(context, itemIndex, 'crmUserId');
		if ('skipped' in asked) {
			const caller = skippedCaller(asked.number, asked.skipped, isoTime(systemClock.now()));
			return [{ json: { ...json, match: { ...caller } } }];
		}
		const client = await zohoCrmClient(context, itemIndex);
		const includeLastCall = context.getNodeParameter('options.includeLastCall', itemIndex, false);
		const callers = await findCallers(client, asked.wanted, systemClock, includeLastCall === true);
		return callers.map((caller) => ({ json: { ...json, match: { ...caller } } }));
	},
};
