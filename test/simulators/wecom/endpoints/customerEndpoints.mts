import { z } from 'zod';
import { WINDOW_MS } from '../session.mts';
import type { Customer } from '../weComState.mts';
import { post, userId, type Endpoint } from './endpoint.mts';

function row(customer: Customer, withEntry: boolean, since: number) {
	const { externalUserId, nickname, avatar, gender, unionid, lastEntry } = customer;
	const showsEntry = withEntry && lastEntry !== null && lastEntry.at > since;
	return {
		external_userid: externalUserId,
		nickname,
		avatar,
		gender,
		...(unionid !== null && { unionid }),
		...(showsEntry && { enter_session_context: lastEntry.context }),
	};
}

/** wecom-kf.md, 8.1. */
export const customerEndpoints: Endpoint[] = [
	post(
		'kf/customer/batchget',
		{
			external_userid_list: z.array(userId).min(1).max(100),
			need_enter_session_context: z.number().int().min(0).max(1).default(0),
		},
		({ input, wecom }) => {
			const since = wecom.settings.now() - WINDOW_MS;
			const ids = [...new Set(input.external_userid_list)];
			const seen = ids.flatMap((id) => {
				const customer = wecom.customers.get(id);
				return customer !== undefined && (customer.lastSeenAt ?? 0) > since ? [customer] : [];
			});
			const known = new Set(seen.map(({ externalUserId }) => externalUserId));
			return {
				customer_list: seen.map((customer) =>
					row(customer, input.need_enter_session_context === 1, since),
				),
				invalid_external_userid: ids.filter((id) => !known.has(id)),
			};
		},
	),
];
