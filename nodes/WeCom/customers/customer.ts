import type { WeComClient } from '../transport/weCom';

/** A customer as WeCom tells of him; WeChat reveals little, so much is null. */
export interface CustomerProfile {
	nickname: string | null;
	avatarUrl: string | null;
	gender: 'male' | 'female' | null;
	/** Only if the company has bound a WeChat developer account. */
	unionId: string | null;
}

/** How a customer has last opened the chat within 48 hours. */
export interface CustomerEntry {
	scene: string | null;
	sceneParameters: Record<string, string>;
	/** The WeChat Channels account or shop that he came from. */
	channelsNickname: string | null;
	shopNickname: string | null;
}

interface RawCustomer {
	external_userid?: string;
	nickname?: string;
	avatar?: string;
	gender?: number;
	unionid?: string;
	enter_session_context?: {
		scene?: string;
		scene_param?: string;
		wechat_channels?: { nickname?: string; shop_nickname?: string };
	};
}

/** Meanings by analogy with customer contact (wecom-kf.md, 8.1). */
const GENDERS: Readonly<Partial<Record<number, CustomerProfile['gender']>>> = {
	1: 'male',
	2: 'female',
};

/**
 * Reads a customer, and how he has come.
 *
 * @returns null if WeCom does not know him, or knows him no more: nobody who has neither opened the chat nor written within
 *   48 hours (wecom-kf.md, 8.1)
 */
export async function readCustomer(
	client: WeComClient,
	externalUserId: string,
): Promise<{ profile: CustomerProfile; entry: CustomerEntry | null } | null> {
	const { customer_list: customers = [] } = await client.read<{ customer_list?: RawCustomer[] }>(
		'kf/customer/batchget',
		{ external_userid_list: [externalUserId], need_enter_session_context: 1 },
	);
	const raw = customers.find((each) => each.external_userid === externalUserId);
	if (!raw) return null;
	const profile = {
		nickname: raw.nickname || null,
		avatarUrl: raw.avatar || null,
		gender: GENDERS[raw.gender ?? 0] ?? null,
		unionId: raw.unionid || null,
	};
	return { profile, entry: entryOf(raw.enter_session_context) };
}

function entryOf(context: RawCustomer['enter_session_context']): CustomerEntry | null {
	if (!context) return null;
	return {
		scene: context.scene || null,
		sceneParameters: Object.fromEntries(new URLSearchParams(context.scene_param ?? '')),
		channelsNickname: context.wechat_channels?.nickname || null,
		shopNickname: context.wechat_channels?.shop_nickname || null,
	};
}
