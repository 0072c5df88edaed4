import { shownFor } from '../../../actions/shownFor';
import type { Operation } from '../../../actions/Operation';
import { readCustomer } from '../../customers/customer';
import { weComClient } from '../../transport/weCom';
import { customerField, neededText } from '../parameters';

/** Reads a customer, and adds `customer` to the item: null if WeCom knows him no more. */
export const get: Operation = {
	description: shownFor('customer', 'get', [
		customerField,
		{
			displayName: 'Include Entry',
			name: 'includeEntry',
			type: 'boolean',
			default: false,
			description:
				'Whether to add by which link the customer has last opened the chat within 48 hours, with its scene and scene parameters',
		},
	]),
	async execute(context, itemIndex) {
		const { json, binary } = context.getInputData()[itemIndex];
		const externalUserId = neededText(context, 'externalUserId', 'Customer ID', itemIndex);
		const found = await readCustomer(await weComClient(context, itemIndex), externalUserId);
		if (found === null) return [{ json: { ...json, customer: null }, binary }];
		const includesEntry = context.getNodeParameter('includeEntry', itemIndex);
		const customer = { ...found.profile, ...(includesEntry ? { entry: found.entry } : {}) };
		return [{ json: { ...json, customer }, binary }];
	},
};
