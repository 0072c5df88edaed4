import { z } from 'zod';
import { invalidParameter, WeComRefusal } from '../errcodes.mts';
import type { MediaType } from '../media.mts';
import type { WeComState } from '../weComState.mts';
import { menu } from './menuBody.mts';
import { filledText, read, text } from './endpoint.mts';

/** What a message shows and holds. */
export interface MessageContent {
	type: string;
	body: Record<string, unknown>;
	text?: string;
	file?: { name: string; bytes: Buffer };
}

/** What is longer is cut, at a code point (4.3). */
const cut = (bytesAtMost: number) =>
	z.string().transform((value) => {
		const points = [...value];
		while (Buffer.byteLength(points.join('')) > bytesAtMost) points.pop();
		return points.join('');
	});

const content = z
	.string()
	.refine((value) => value !== '', { message: 'has no content' })
	.refine((value) => Buffer.byteLength(value) <= 2048, { message: 'has too much content' });

const address = filledText(2048).pipe(
	z.string().refine((value) => /^https?:\/\/./.test(value), { message: 'has no scheme' }),
);
const mediaId = filledText(128);

/** Bodies by `msgtype` (wecom-kf.md, 4.3). */
const bodies: Record<string, z.ZodTypeAny> = {
	text: z.object({ content }).strict(),
	image: z.object({ media_id: mediaId }).strict(),
	voice: z.object({ media_id: mediaId }).strict(),
	video: z.object({ media_id: mediaId }).strict(),
	file: z.object({ media_id: mediaId }).strict(),
	link: z
		.object({
			title: filledText(65_536).pipe(cut(128)),
			desc: cut(512).optional(),
			url: address,
			thumb_media_id: mediaId,
		})
		.strict(),
	miniprogram: z
		.object({
			appid: filledText(32),
			title: cut(64).optional(),
			thumb_media_id: mediaId,
			pagepath: filledText(1024),
		})
		.strict(),
	msgmenu: menu,
	location: z
		.object({
			latitude: z.number().min(-90).max(90),
			longitude: z.number().min(-180).max(180),
			name: text(1024).optional(),
			address: text(1024).optional(),
		})
		.strict(),
	ca_link: z.object({ link_url: address }).strict(),
};

const mediaTypes: Record<string, MediaType> = {
	image: 'image',
	voice: 'voice',
	video: 'video',
	file: 'file',
};

/**
 * The message that a request asks for.
 *
 * @param envelope the fields of the request that are not the message
 * @throws WeComRefusal 40008, 40058, 40063, 44004, 45002, 95008, 95009, 40007, 40094, 40201
 */
export function contentOf(
	wecom: WeComState,
	input: Record<string, unknown>,
	envelope: string[],
): MessageContent {
	const type = read(filledText(64), input.msgtype);
	const form = Object.hasOwn(bodies, type) ? bodies[type] : undefined;
	if (form === undefined) throw new WeComRefusal(40008);
	const unknown = Object.keys(input).find((key) => ![...envelope, 'msgtype', type].includes(key));
	if (unknown !== undefined) throw invalidParameter(unknown, 'unknown');
	const body = read(form, input[type]) as Record<string, unknown>;
	if (typeof body.thumb_media_id === 'string') wecom.media.get(body.thumb_media_id, 'image');
	const said = textOf(type, body);
	if (wecom.faults.bannedWords.some((word) => JSON.stringify(body).includes(word))) {
		throw new WeComRefusal(40201);
	}
	const file = Object.hasOwn(mediaTypes, type)
		? wecom.media.get(String(body.media_id), mediaTypes[type])
		: null;
	return {
		type,
		body,
		...(said !== undefined && { text: said }),
		...(file !== null && { file: { name: file.name, bytes: file.bytes } }),
	};
}

function textOf(type: string, body: Record<string, unknown>): string | undefined {
	if (type === 'text') return String(body.content);
	if (type === 'msgmenu') return String(body.head_content ?? '');
	return undefined;
}
