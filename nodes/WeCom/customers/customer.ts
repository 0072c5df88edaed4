import { numberIn, objectIn, objectsIn, textIn } from '../message/rawValues';
import type { WeComCustomer } from '../message/WeComMessage';
import type { WeComClient } from '../transport/weCom';

/** How a customer has last opened the chat within 48 hours. */
export interface CustomerEntry {
	scene: string | null;
	sceneParameters: Record<string, string>;
	/** The WeChat Channels account or shop that he came from. */
	channelsNickname: string | null;
	shopNickname: string | null;
}

/** Meanings by analogy with customer contact (wecom-kf.md, 8.1). */
const GENDERS: Readonly<Partial<Record<number, WeComCustomer['gender']>>> = {
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
): Promise<{ profile: WeComCustomer; entry: CustomerEntry | null } | null> {
	const answer = await client.read<{ customer_list?: unknown }>('kf/customer/batchget', {
		external_userid_list: [externalUserId],
		need_enter_session_context: 1,
	});
	const raw = objectsIn(answer.customer_list).find(
		(each) => each.external_userid === externalUserId,
	);
	if (!raw) return null;
	const profile = {
		nickname: textIn(raw.nickname),
		avatarUrl: textIn(raw.avatar),
		gender: GENDERS[numberIn(raw.gender) ?? 0] ?? null,
		unionId: textIn(raw.unionid),
	};
	return { profile, entry: entryOf(raw.enter_session_context) };
}

function entryOf(context: unknown): CustomerEntry | null {
	if (!context) return null;
	const { scene, scene_param: parameters, wechat_channels: place } = objectIn(context);
	const { nickname, shop_nickname: shopNickname } = objectIn(place);
	return {
		scene: textIn(scene),
		sceneParameters: Object.fromEntries(new URLSearchParams(textIn(parameters) ?? '')),
		channelsNickname: textIn(nickname),
		shopNickname: textIn(shopNickname),
	};
}
