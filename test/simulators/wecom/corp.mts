import { openMessageLog } from './messageLog.mts';
import type { Account, Customer, Member, WeComState } from './weComState.mts';

/** An account in the console, or by API. */
export function createAccount(wecom: WeComState, name: string, avatar: string): Account {
	const openKfId = wecom.ids.account();
	const account: Account = {
		openKfId,
		name,
		avatar,
		log: openMessageLog(openKfId),
		servicers: new Set(),
		departments: new Set(),
		routedTo: null,
		sentIds: new Set(),
	};
	wecom.accounts.set(openKfId, account);
	return account;
}

/** Somebody in the contacts of WeCom. Default: activated, in the scope of the app, receiving. */
export function createMember(
	wecom: WeComState,
	userId: string,
	more: Partial<Omit<Member, 'userId'>> = {},
): Member {
	const member: Member = {
		userId,
		isActivated: true,
		isInScope: true,
		reception: 'receiving',
		...more,
	};
	wecom.members.set(userId, member);
	return member;
}

/** A WeChat user who has neither entered nor written yet. */
export function createCustomer(
	wecom: WeComState,
	more: Partial<Omit<Customer, 'externalUserId' | 'lastSeenAt' | 'lastEntry'>> = {},
): Customer {
	const externalUserId = wecom.ids.customer();
	const customer: Customer = {
		externalUserId,
		nickname: `Customer ${wecom.customers.size + 1}`,
		avatar: `https://wx.qlogo.cn/mmhead/${externalUserId.slice(2, 14)}/0`,
		gender: 0,
		unionid: null,
		...more,
		lastSeenAt: null,
		lastEntry: null,
	};
	wecom.customers.set(externalUserId, customer);
	return customer;
}
