import { shownFor } from '../../../actions/shownFor';
import type { Operation } from '../../../actions/Operation';
import { changeServicers, servicerFields } from './servicerRows';

/** Takes people or departments off an account, and adds `servicers` to the item. */
export const remove: Operation = {
	description: shownFor('servicer', 'remove', servicerFields),
	async execute(context, itemIndex) {
		const { json, binary } = context.getInputData()[itemIndex];
		const servicers = await changeServicers(context, itemIndex, 'kf/servicer/del');
		return [{ json: { ...json, servicers }, binary }];
	},
};
