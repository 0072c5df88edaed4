import { z } from 'zod';
import { WeComRefusal } from '../errcodes.mts';
import { filledText, read, text } from './endpoint.mts';

/** Items of a menu by type (wecom-kf.md, 4.4). */
const items: Record<string, z.ZodTypeAny> = {
	click: z.object({ id: filledText(128).optional(), content: filledText(128) }).strict(),
	view: z.object({ url: filledText(2048), content: filledText(1024) }).strict(),
	miniprogram: z
		.object({ appid: filledText(32), pagepath: filledText(1024), content: filledText(1024) })
		.strict(),
	text: z
		.object({ content: filledText(256), no_newline: z.number().int().min(0).max(1).optional() })
		.strict(),
};

const ITEMS_AT_MOST = 50;
const TAPPED_ITEMS_AT_MOST = 10;

/** @throws WeComRefusal 95009 for an item of another type, 40058 for one in another form */
function checkItem(item: Record<string, unknown>): void {
	const { type, ...rest } = item;
	const form = typeof type === 'string' && Object.hasOwn(items, type) ? items[type] : undefined;
	if (form === undefined) throw new WeComRefusal(95009);
	read(z.object({ [String(type)]: form }).strict(), rest);
}

/** `msgmenu`: at least one of its three parts, 50 items at most, 10 of them to be tapped. */
export const menu = z
	.object({
		head_content: text(1024).optional(),
		list: z.array(z.record(z.unknown())).optional(),
		tail_content: text(1024).optional(),
	})
	.strict()
	.superRefine(({ list = [] }) => {
		for (const item of list) checkItem(item);
		const tapped = list.filter(({ type }) => type !== 'text').length;
		if (tapped > TAPPED_ITEMS_AT_MOST || list.length > ITEMS_AT_MOST) throw new WeComRefusal(95008);
	})
	.refine(
		({ head_content, list = [], tail_content }) => head_content || list.length || tail_content,
		{
			message: 'head_content, list or tail_content is needed',
		},
	);
