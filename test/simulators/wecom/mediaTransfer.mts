import type { Request, Response } from 'express';
import { invalidParameter, WeComRefusal } from './errcodes.mts';
import { checkUpload, mediaTypes, type MediaType, type StoredMedia } from './media.mts';
import type { WeComState } from './weComState.mts';

const isMediaType = (value: unknown): value is MediaType =>
	mediaTypes.some((type) => type === value);

/** The official sample says `filelength` in the head of the part (10.1), which Node's own reader does not know. */
function withoutFileLength(body: Buffer): { body: Buffer; fileLength: number | null } {
	const end = Math.max(body.indexOf('\r\n\r\n'), 0);
	const head = body.toString('latin1', 0, end);
	const [parameter, length] = /;\s*filelength="?(\d+)"?(?=\s*(?:[;\r]|$))/i.exec(head) ?? [];
	if (parameter === undefined) return { body, fileLength: null };
	const rest = Buffer.from(head.replace(parameter, ''), 'latin1');
	return { body: Buffer.concat([rest, body.subarray(end)]), fileLength: Number(length) };
}

/** The multipart body, read by Node's own reader. @throws WeComRefusal 41006, 44001 */
async function fileOf(request: Request): Promise<File> {
	const contentType = request.get('content-type') ?? '';
	const { body, fileLength } = withoutFileLength(
		Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
	);
	const form = await new globalThis.Response(new Uint8Array(body), {
		headers: { 'content-type': contentType },
	})
		.formData()
		.catch(() => {
			throw new WeComRefusal(44001, 'the multipart body cannot be read');
		});
	const file = form.get('media');
	if (file === null) throw new WeComRefusal(41006, 'no part named media');
	if (typeof file === 'string') throw invalidParameter('media', 'no filename');
	if (fileLength !== null && fileLength !== file.size) {
		throw invalidParameter('filelength', 'not the length of the file');
	}
	return file;
}

/** `media/upload` (wecom-kf.md, 10.1). @throws WeComRefusal */
export async function upload(wecom: WeComState, request: Request): Promise<object> {
	const { type } = request.query;
	if (!isMediaType(type)) throw new WeComRefusal(40005);
	const file = await fileOf(request);
	const bytes = Buffer.from(await file.arrayBuffer());
	checkUpload(type, bytes);
	const mimeType = file.type || 'application/octet-stream';
	const { mediaId } = wecom.media.add(type, file.name, mimeType, bytes);
	return {
		errcode: 0,
		errmsg: '',
		type,
		media_id: mediaId,
		created_at: String(Math.floor(wecom.settings.now() / 1000)),
	};
}

/** How the name of a file is told (10.2: which form the server uses is unconfirmed). */
function disposition({ name }: StoredMedia, form: WeComState['settings']['fileNameForm']): string {
	const encoded = encodeURIComponent(name);
	if (form === 'extended') return `attachment; filename*=UTF-8''${encoded}`;
	if (form === 'percentEncoded') return `attachment; filename="${encoded}"`;
	// Node writes headers as Latin-1: the bytes of UTF-8 go out as they are.
	return `attachment; filename="${Buffer.from(name).toString('latin1')}"`;
}

interface Piece {
	from: number;
	/** The last byte, included. */
	to: number;
}

/** @throws WeComRefusal 40058 for a range that the file has not */
function pieceOf(range: string | undefined, size: number): Piece | null {
	if (range === undefined) return null;
	const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(range) ?? [];
	const piece = { from: Number(from), to: Math.min(to ? Number(to) : size - 1, size - 1) };
	if (from === undefined || piece.from > piece.to)
		throw invalidParameter('Range', 'not satisfiable');
	return piece;
}

/** Counts a request for one media id. @throws WeComRefusal 45033 where it is asked for again and again */
function countFetch({ settings }: WeComState, media: StoredMedia): void {
	const now = settings.now();
	media.fetchedAt = [...media.fetchedAt.filter((at) => at > now - 60_000), now];
	if (media.fetchedAt.length > settings.downloadsOfAMediaAMinute) throw new WeComRefusal(45033);
}

/** `media/get` (10.2): the file, or a piece of it. @throws WeComRefusal */
export function download(wecom: WeComState, request: Request, response: Response): void {
	const { media_id: mediaId } = request.query;
	if (typeof mediaId !== 'string' || mediaId === '') throw new WeComRefusal(41006);
	const media = wecom.media.get(mediaId);
	countFetch(wecom, media);
	const { bytesPerDownloadAtMost, fileNameForm } = wecom.settings;
	const size = media.bytes.length;
	const piece = pieceOf(request.get('range'), size);
	const { from, to } = piece ?? { from: 0, to: size - 1 };
	if (to - from + 1 > bytesPerDownloadAtMost) throw new WeComRefusal(830002);
	response.status(piece === null ? 200 : 206);
	if (piece !== null) response.set('Content-Range', `bytes ${from}-${to}/${size}`);
	response.set('Content-Type', media.mimeType);
	// Before Content-Length, and with write: Node decodes this header as UTF-8 once it knows the length, which would
	// spoil the raw form.
	response.set('Content-disposition', disposition(media, fileNameForm));
	response.set('Content-Length', String(to - from + 1));
	response.write(media.bytes.subarray(from, to + 1));
	response.end();
}
