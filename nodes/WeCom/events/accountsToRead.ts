import { ServiceError } from '../../transport/ServiceError';
import { isManaged, type WeComAccount } from '../transport/accounts';
import { WECOM } from '../transport/errors';

/**
 * The accounts that a trigger reads.
 *
 * @param chosen ids; empty for all that the app manages
 * @throws ServiceError if there is none, or one that is chosen does not exist
 */
export function accountsToRead(
	accounts: readonly WeComAccount[],
	chosen: readonly string[],
): Array<{ openKfId: string; name: string | null }> {
	const managed = accounts.filter(isManaged);
	const missing = chosen.filter(
		(id) => !managed.some(({ open_kfid: openKfId }) => openKfId === id),
	);
	if (missing.length > 0) throw notManaged(missing, accounts);
	if (managed.length === 0) throw nothingToRead();
	return managed
		.filter(({ open_kfid: id }) => chosen.length === 0 || chosen.includes(id))
		.map(({ open_kfid: openKfId, name }) => ({ openKfId, name: name || null }));
}

const PLACE =
	'In the WeCom admin console, open WeChat Customer Service (微信客服) > Manage Sessions and Messages by API (通过API管理会话消息) > your app, and add accounts under Accounts It May Manage (可管理的客服账号)';

function notManaged(missing: readonly string[], accounts: readonly WeComAccount[]): ServiceError {
	const names = missing.map((id) => {
		const account = accounts.find(({ open_kfid: openKfId }) => openKfId === id);
		return account?.name ? `${account.name} (${id})` : id;
	});
	return new ServiceError({
		service: WECOM,
		kind: 'permission',
		message: `The app does not manage the chosen account ${names.join(', ')}`,
		advice: `${PLACE}, or choose other accounts in the trigger.`,
	});
}

function nothingToRead(): ServiceError {
	return new ServiceError({
		service: WECOM,
		kind: 'permission',
		message: 'The app manages no customer-service account',
		advice: `${PLACE}.`,
	});
}
