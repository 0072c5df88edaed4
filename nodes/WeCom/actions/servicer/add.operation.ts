import { shownFor } from '../../../actions/shownFor';
import type { Operation } from '../../../actions/Operation';
import { changeServicers, servicerFields } from './servicerRows';

/** Lets people or departments answer for an account, and adds `servicers` to the item. */
export const add: Operation = {
	description: shownFor('servicer', 'add', servicerFields),
	async execute(context, itemIndex) {
		const { json, binary } = context.getInputData()[itemIndex];
		const servicers = await changeServicers(context, itemIndex, 'kf/servicer/add');
		return [{ json: { ...json, servicers }, binary }];
	},
};
