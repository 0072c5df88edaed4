import { receivedBytesAtMost, type MediaType } from './media.mts';
import type { ChatEntry } from './session.mts';
import type { WeComState } from './weComState.mts';

interface WrittenFile {
	name: string;
	bytes: Buffer;
	mimeType?: string;
}

/** What a person writes in WeChat or in the WeCom client. */
export type Written =
	| { text: string; menuId?: string }
	| { image: WrittenFile }
	| { voice: WrittenFile }
	| { video: WrittenFile }
	| { file: WrittenFile }
	| { location: { latitude: number; longitude: number; name?: string; address?: string } }
	| { link: { title: string; desc?: string; url: string; pic_url?: string } }
	/** Any other type with its body as WeCom has it (wecom-kf.md, 3.3). */
	| { raw: { msgtype: string; body?: Record<string, unknown> } };

export type WrittenMessage = Pick<ChatEntry, 'type' | 'text' | 'file' | 'body'>;

const mimeTypes: Record<MediaType, string> = {
	image: 'image/jpeg',
	voice: 'audio/amr',
	video: 'video/mp4',
	file: 'application/octet-stream',
};

function mediaMessage(wecom: WeComState, type: MediaType, file: WrittenFile): WrittenMessage {
	// A larger one arrives as a text with a notice (3.3; its wording is not known).
	if (file.bytes.length > receivedBytesAtMost[type]) {
		const content = `[A ${type} that is too large was sent. Please look at it in WeChat.]`;
		return { type: 'text', text: content, body: { content } };
	}
	const mimeType = file.mimeType ?? mimeTypes[type];
	const { mediaId } = wecom.media.add(type, file.name, mimeType, file.bytes);
	return { type, file: { name: file.name, bytes: file.bytes }, body: { media_id: mediaId } };
}

/** The message as WeCom keeps it; files go into the media store. */
export function messageOf(wecom: WeComState, written: Written): WrittenMessage {
	if ('text' in written) {
		const { text, menuId } = written;
		return {
			type: 'text',
			text,
			body: { content: text, ...(menuId !== undefined && { menu_id: menuId }) },
		};
	}
	if ('image' in written) return mediaMessage(wecom, 'image', written.image);
	if ('voice' in written) return mediaMessage(wecom, 'voice', written.voice);
	if ('video' in written) return mediaMessage(wecom, 'video', written.video);
	if ('file' in written) return mediaMessage(wecom, 'file', written.file);
	if ('location' in written) return { type: 'location', body: written.location };
	if ('link' in written) return { type: 'link', body: written.link };
	return { type: written.raw.msgtype, body: written.raw.body ?? {} };
}
