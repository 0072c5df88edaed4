import { shownFor } from '../../../actions/shownFor';
import type { Operation } from '../../../actions/Operation';
import { rowLimit, rowLimitFields } from '../../../actions/rowLimit';
import { allAccounts } from '../../transport/accounts';
import { weComClient } from '../../transport/weCom';

/** Lists the customer service accounts. */
export const getMany: Operation = {
	description: shownFor('account', 'getAll', rowLimitFields),
	async execute(context, itemIndex) {
		const accounts = await allAccounts(await weComClient(context, itemIndex));
		return accounts.slice(0, rowLimit(context, itemIndex)).map((account) => ({
			json: {
				openKfId: account.open_kfid,
				name: account.name ?? '',
				avatarUrl: account.avatar || null,
				// Absent where WeCom does not tell (wecom-kf.md, 7.1).
				isManaged: account.manage_privilege ?? null,
			},
		}));
	},
};
