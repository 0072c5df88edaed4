import { WeComRefusal, type Errcode } from './errcodes.mts';
import type { Ids } from './ids.mts';
import { amrSeconds, isJpegOrPng, isMp4 } from './fileContents.mts';

export type MediaType = 'image' | 'voice' | 'video' | 'file';

export interface StoredMedia {
	mediaId: string;
	type: MediaType;
	name: string;
	mimeType: string;
	bytes: Buffer;
	/** Unix milliseconds. */
	endsAt: number;
	/** When it was asked for. */
	fetchedAt: number[];
}

const MB = 1024 * 1024;

interface UploadRule {
	bytesAtMost: number;
	tooLarge: Errcode;
	/** Null where the content is what the type asks. */
	refusal: (bytes: Buffer) => Errcode | null;
}

/** Upload table of wecom-kf.md, 10.1. Which size code stands for which type is chosen here. */
const uploadRules: Record<MediaType, UploadRule> = {
	image: {
		bytesAtMost: 10 * MB,
		tooLarge: 40009,
		refusal: (bytes) => (isJpegOrPng(bytes) ? null : 40123),
	},
	voice: {
		bytesAtMost: 2 * MB,
		tooLarge: 45001,
		refusal(bytes) {
			const seconds = amrSeconds(bytes);
			if (seconds === null) return 301016;
			return seconds > 60 ? 45007 : null;
		},
	},
	video: {
		bytesAtMost: 10 * MB,
		tooLarge: 40011,
		refusal: (bytes) => (isMp4(bytes) ? null : 40004),
	},
	file: { bytesAtMost: 20 * MB, tooLarge: 45001, refusal: () => null },
};

/** What customers may send; larger ones arrive as a text with a notice (3.3). */
export const receivedBytesAtMost: Record<MediaType, number> = {
	image: 2 * MB,
	voice: 2 * MB,
	video: 10 * MB,
	file: 20 * MB,
};

export const mediaTypes = Object.keys(uploadRules) as MediaType[];

/** @throws WeComRefusal for a file that WeCom does not take as this type */
export function checkUpload(type: MediaType, bytes: Buffer): void {
	const rule = uploadRules[type];
	if (bytes.length === 0) throw new WeComRefusal(44001);
	if (bytes.length <= 5) throw new WeComRefusal(40006);
	if (bytes.length > rule.bytesAtMost) throw new WeComRefusal(rule.tooLarge);
	const refusal = rule.refusal(bytes);
	if (refusal !== null) throw new WeComRefusal(refusal);
}

const LIFE_MS = 3 * 24 * 3_600_000;

export type MediaStore = ReturnType<typeof openMediaStore>;

/** Temporary media: of uploads and of received messages, three days each (10.1, 10.2). */
export function openMediaStore(now: () => number, ids: Ids) {
	const stored = new Map<string, StoredMedia>();
	const silks = new Map<string, string>();
	const add = (type: MediaType, name: string, mimeType: string, bytes: Buffer): StoredMedia => {
		const mediaId = ids.media();
		const media = { mediaId, type, name, mimeType, bytes, endsAt: now() + LIFE_MS };
		const entry: StoredMedia = { ...media, fetchedAt: [] };
		stored.set(mediaId, entry);
		return entry;
	};
	return {
		add,
		/** The id of the same voice in SILK: its header, then the bytes of the original. */
		silkOf(mediaId: string): string {
			const voice = stored.get(mediaId);
			if (voice === undefined) return mediaId;
			const bytes = () => Buffer.concat([Buffer.from('#!SILK_V3'), voice.bytes]);
			const silk = silks.get(mediaId) ?? add('voice', voice.name, 'audio/silk', bytes()).mediaId;
			silks.set(mediaId, silk);
			return silk;
		},
		/** @throws WeComRefusal 40007 for an unknown or expired id, or one of another type */
		get(mediaId: string, type?: MediaType): StoredMedia {
			const media = stored.get(mediaId);
			if (media === undefined || media.endsAt <= now()) throw new WeComRefusal(40007);
			if (type !== undefined && media.type !== type) throw new WeComRefusal(40007);
			return media;
		},
		/** Ends the life of one, or of all. */
		expire(mediaId?: string) {
			for (const media of stored.values()) {
				if (mediaId === undefined || media.mediaId === mediaId) media.endsAt = 0;
			}
		},
	};
}
