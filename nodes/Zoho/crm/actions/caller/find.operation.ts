import type { IExecuteFunctions } from 'n8n-workflow';
import type { Operation } from '../../../../actions/Operation';
import { systemClock } from '../../../../transport/Clock';
import { zohoCrmClient } from '../../../transport/zohoCrm';
import { skippedCaller } from '../../caller/answer';
import { findCallers, isoTime } from '../../caller/finding';
import { shownFor } from '../../../../actions/shownFor';
import { askedCaller, searchOptions } from './searchParameters';

/** Looks who called: adds `match` to the item, without changing anything in Zoho CRM. */
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
	async execute(context: IExecuteFunctions, itemIndex: number) {
		const { json } = context.getInputData()[itemIndex];
		const asked = askedCaller(context, itemIndex);
		if ('skipped' in asked) {
			const caller = skippedCaller(asked.number, asked.skipped, isoTime(systemClock));
			return [{ json: { ...json, match: { ...caller } } }];
		}
		const client = await zohoCrmClient(context, itemIndex);
		const includeLastCall = context.getNodeParameter('options.includeLastCall', itemIndex, false);
		const callers = await findCallers(client, asked.wanted, systemClock, includeLastCall === true);
		return callers.map((caller) => ({ json: { ...json, match: { ...caller } } }));
	},
};
