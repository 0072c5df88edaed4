import { z } from 'zod';
import { WeComRefusal } from '../errcodes.mts';
import { filledText, post, text, type Endpoint } from './endpoint.mts';

const ONCE_SECONDS = 1_800;

/** 发送应用消息 (developer.work.weixin.qq.com, document 90236): texts only. */
export const appMessageEndpoints: Endpoint[] = [
	post(
		'message/send',
		{
			touser: filledText(64_000),
			msgtype: z.literal('text'),
			agentid: z.number().int(),
			text: z.object({ content: filledText(2_048).pipe(text(2_048)) }).strict(),
			enable_duplicate_check: z.union([z.literal(0), z.literal(1)]).optional(),
			duplicate_check_interval: z.number().int().min(1).max(14_400).optional(),
		},
		({ input, app, wecom }) => {
			if (input.agentid !== app.agentId) throw new WeComRefusal(40056);
			const at = wecom.settings.now();
			const asked = input.touser.split('|');
			const isReached = (userId: string) => wecom.members.get(userId)?.isInScope === true;
			const reached = asked.filter(isReached);
			if (reached.length === 0) throw new WeComRefusal(81013);
			const { content } = input.text;
			const since = at - (input.duplicate_check_interval ?? ONCE_SECONDS) * 1_000;
			const isRepeated =
				input.enable_duplicate_check === 1 &&
				wecom.appMessages.some(
					(sent) => sent.at > since && sent.touser === input.touser && sent.text === content,
				);
			if (!isRepeated) {
				wecom.appMessages.push({ at, touser: input.touser, userIds: reached, text: content });
			}
			const invalid = asked.filter((userId) => !isReached(userId));
			return {
				...(invalid.length > 0 && { invaliduser: invalid.join('|').toLowerCase() }),
				msgid: wecom.ids.message(),
			};
		},
	),
];
