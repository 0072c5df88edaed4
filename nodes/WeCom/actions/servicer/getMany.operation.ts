import { shownFor } from '../../../actions/shownFor';
import type { Operation } from '../../../actions/Operation';
import { rowLimit, rowLimitFields } from '../../../actions/rowLimit';
import { weComClient } from '../../transport/weCom';
import { accountLocator, accountOf } from '../parameters';
import { idsOf } from './servicerRows';

interface ServicerRow {
	userid?: string;
	department_id?: number;
	/** Only with the right to manage the account (wecom-kf.md, 7.2). */
	status?: number;
	stop_type?: number;
}

/** Lists the people and departments that answer for an account. */
export const getMany: Operation = {
	description: shownFor('servicer', 'getAll', [accountLocator, ...rowLimitFields]),
	async execute(context, itemIndex) {
		const openKfId = accountOf(context, itemIndex);
		const client = await weComClient(context, itemIndex);
		const { servicer_list: rows = [] } = await client.get<{ servicer_list?: ServicerRow[] }>(
			'kf/servicer/list',
			{ open_kfid: openKfId },
		);
		return rows
			.slice(0, rowLimit(context, itemIndex))
			.map((row) => ({ json: { openKfId, ...idsOf(row), status: statusOf(row) } }));
	},
};

/** The numbers are others than in events (wecom-kf.md, 12.16). */
function statusOf({ status, stop_type: stopType }: ServicerRow): string | null {
	if (status === 0) return 'receiving';
	if (status === 1) return stopType === 1 ? 'suspended' : 'stopped';
	return null;
}
