import { shownFor } from '../../../actions/shownFor';
import type { Operation } from '../../../actions/Operation';
import { weComClient } from '../../transport/weCom';
import { accountLocator, accountOf } from '../parameters';

/** Deletes an account; one has to remain. */
export const deleteAccount: Operation = {
	description: shownFor('account', 'delete', [accountLocator]),
	async execute(context, itemIndex) {
		const { json, binary } = context.getInputData()[itemIndex];
		const openKfId = accountOf(context, itemIndex);
		const client = await weComClient(context, itemIndex);
		await client.write('kf/account/del', { open_kfid: openKfId });
		return [{ json: { ...json, account: { openKfId, deleted: true } }, binary }];
	},
};
