import type { WeComClient } from './weCom';

/** A customer-service account (客服账号) as WeCom has it. */
export interface WeComAccount {
	open_kfid: string;
	name?: string;
	/** An address. */
	avatar?: string;
	/** Whether the app may carry its messages; absent where WeCom does not tell. */
	manage_privilege?: boolean;
}

const LARGEST_PAGE = 100;

/** All accounts of the corp, in WeCom's order. There is no total: the last page is the one that is not full. */
export async function allAccounts(client: WeComClient): Promise<WeComAccount[]> {
	const accounts: WeComAccount[] = [];
	for (;;) {
		const { account_list: page = [] } = await client.read<{ account_list?: WeComAccount[] }>(
			'kf/account/list',
			{ offset: accounts.length, limit: LARGEST_PAGE },
		);
		accounts.push(...page);
		if (page.length < LARGEST_PAGE) return accounts;
	}
}

/** Whether the app may read and send the messages of an account, as far as WeCom tells. */
export function isManaged({ manage_privilege: isGranted }: WeComAccount): boolean {
	return isGranted !== false;
}
