import { z } from 'zod';
import { createAccount } from '../corp.mts';
import { WeComRefusal } from '../errcodes.mts';
import {
	accountOf,
	filledText,
	managedAccountOf,
	openKfid,
	post,
	text,
	type Endpoint,
} from './endpoint.mts';

const NAME_CHARACTERS = 16;
const accountName = z
	.string()
	.refine((name) => name !== '' && [...name].length <= NAME_CHARACTERS, {
		message: 'no name for an account',
	});
const mediaId = filledText(128);
/** `scene` and own message ids (4.2, 7.1). */
const scene = text(32).pipe(z.string().regex(/^[0-9a-zA-Z_-]*$/));

const avatarOf = (mediaId: string) => `https://wework.qpic.cn/wwpic/${mediaId.slice(0, 12)}/0`;

/** wecom-kf.md, 7.1. */
export const accountEndpoints: Endpoint[] = [
	post('kf/account/add', { name: accountName, media_id: mediaId }, ({ input, app, wecom }) => {
		if (app.permission === 'none') throw new WeComRefusal(48002);
		const { mediaId: picture } = wecom.media.get(input.media_id, 'image');
		const { isCertified } = wecom.settings;
		if (!isCertified && wecom.accounts.size >= 10) throw new WeComRefusal(95027);
		if (wecom.accounts.size >= 5000) throw new WeComRefusal(95005);
		const account = createAccount(wecom, input.name, avatarOf(picture));
		// An account that the app creates is managed by it automatically (1.1).
		app.managedAccounts.add(account.openKfId);
		return { open_kfid: account.openKfId };
	}),
	post('kf/account/del', { open_kfid: openKfid }, ({ input, app, wecom }) => {
		const { openKfId } = managedAccountOf(wecom, app, input.open_kfid);
		if (wecom.accounts.size === 1) throw new WeComRefusal(95005);
		wecom.accounts.delete(openKfId);
		for (const { managedAccounts } of wecom.apps) managedAccounts.delete(openKfId);
		return {};
	}),
	post(
		'kf/account/update',
		{ open_kfid: openKfid, name: accountName.optional(), media_id: mediaId.optional() },
		({ input, app, wecom }) => {
			const account = managedAccountOf(wecom, app, input.open_kfid);
			if (input.media_id !== undefined) {
				account.avatar = avatarOf(wecom.media.get(input.media_id, 'image').mediaId);
			}
			account.name = input.name ?? account.name;
			return {};
		},
	),
	post(
		'kf/account/list',
		{
			offset: z.number().int().min(0).default(0),
			limit: z.number().int().min(1).max(100).default(100),
		},
		({ input: { offset, limit }, app, wecom }) => ({
			account_list: [...wecom.accounts.values()]
				.slice(offset, offset + limit)
				.map(({ openKfId, name, avatar }) => ({
					open_kfid: openKfId,
					name,
					avatar,
					manage_privilege: app.permission === 'manage' && app.managedAccounts.has(openKfId),
				})),
		}),
	),
	post(
		'kf/add_contact_way',
		{ open_kfid: openKfid, scene: scene.optional() },
		({ input, wecom }) => {
			const { openKfId } = accountOf(wecom, input.open_kfid);
			const { path, scene: encScene } = wecom.ids.link();
			const url = `https://work.weixin.qq.com/kf/${path}?enc_scene=${encScene}`;
			wecom.links.push({ url, openKfId, scene: input.scene ?? '' });
			return { url };
		},
	),
];
