import type { HttpAnswer } from '../../transport/HttpClient';
import { fileNameIn } from '../../transport/contentDisposition';
import { multipartFile, plainFileName, type TransferredFile } from '../../transport/multipart';
import { ServiceError } from '../../transport/ServiceError';
import { WECOM } from './errors';
import type { Exchange, WeComRequest } from './exchange';

/** What WeCom keeps a file as; each has its own formats and sizes (Upload temporary media, 96484). */
export type WeComMediaType = 'image' | 'voice' | 'video' | 'file';

export interface DownloadedMedia {
	/** Null if WeCom gives none. */
	name: string | null;
	mimeType: string;
	bytes: Buffer;
}

/** A slow line takes its time for 20 MB. */
const FILE_TIMEOUT_MS = 300_000;
/** WeCom gives at most 20 MB at once, and does not say how long a megabyte is (830002). */
const PIECE_BYTES = 10 * 1024 * 1024;
/** No file of WeCom is larger (Asynchronous upload, 97172). */
const LARGEST_FILE_BYTES = 200 * 1024 * 1024;
const USE_RANGE = '830002';
const UNKNOWN_TYPE = 'application/octet-stream';

/** The request that sends a file in the one part `media`; its length as in the official sample (wecom-kf.md, 10.1). */
export function mediaUpload(type: WeComMediaType, file: TransferredFile): WeComRequest {
	return {
		method: 'POST',
		endpoint: 'media/upload',
		query: { type },
		...multipartFile('media', file, { filelength: file.bytes.length }),
		timeoutMs: FILE_TIMEOUT_MS,
	};
}

/** The file of a `media_id`: as a whole, or in pieces if WeCom asks for that. */
export async function downloadMedia(
	exchange: Exchange,
	mediaId: string,
	token: string,
): Promise<DownloadedMedia> {
	const request: WeComRequest = {
		method: 'GET',
		endpoint: 'media/get',
		query: { media_id: mediaId, access_token: token },
		answerAs: 'bytes',
		timeoutMs: FILE_TIMEOUT_MS,
	};
	const whole = await fileFrom(exchange, request).catch((error: unknown) => {
		if (error instanceof ServiceError && error.code === USE_RANGE) return null;
		throw error;
	});
	return whole?.media ?? (await inPieces(exchange, request));
}

async function inPieces(exchange: Exchange, request: WeComRequest): Promise<DownloadedMedia> {
	const pieces: Buffer[] = [];
	for (let start = 0; ; ) {
		const range = `bytes=${start}-${start + PIECE_BYTES - 1}`;
		const { media, pieceOf } = await fileFrom(exchange, { ...request, headers: { Range: range } });
		if (pieceOf === undefined) return media;
		pieces.push(media.bytes);
		start += media.bytes.length;
		const isLast = pieceOf === null ? media.bytes.length < PIECE_BYTES : start >= pieceOf;
		if (isLast) return { ...media, bytes: Buffer.concat(pieces) };
		if (start > LARGEST_FILE_BYTES) throw tooLarge();
	}
}

async function fileFrom(
	exchange: Exchange,
	request: WeComRequest,
): Promise<{ media: DownloadedMedia; pieceOf: number | null | undefined }> {
	const answer = await exchange.fetch(request);
	const bytes = Buffer.isBuffer(answer.body)
		? answer.body
		: Buffer.from(answer.body as ArrayBuffer);
	const disposition = answer.headers['content-disposition'];
	const mimeType = (answer.headers['content-type'] ?? '').split(';')[0].trim();
	if (disposition === undefined) {
		exchange.refuse(request, jsonIn(bytes));
		if (mimeType === 'text/html') throw noFile();
	}
	if (bytes.length === 0) throw incomplete();
	return {
		media: { name: mediaFileName(disposition), mimeType: mimeType || UNKNOWN_TYPE, bytes },
		pieceOf: wholeSizeIn(answer),
	};
}

/**
 * The name in a Content-Disposition header of WeCom: raw UTF-8, percent-encoded or `filename*`, without path
 * (wecom-kf.md, 10.2).
 */
export function mediaFileName(disposition: string | undefined): string | null {
	const written = fileNameIn(disposition);
	if (written === null) return null;
	const name = percentDecoded(written).split(/[\\/]/).at(-1)?.trim() ?? '';
	return name === '' ? null : plainFileName(name);
}

/** Only what is encoded as a whole: `100%25 sure.pdf` has a blank and is meant as it is. */
function percentDecoded(name: string): string {
	if (!/%[\da-f]{2}/i.test(name) || /[^!-~]|%(?![\da-f]{2})/i.test(name)) return name;
	try {
		return decodeURIComponent(name);
	} catch {
		return name;
	}
}

/** The size of the file of which the answer is a piece: null if it does not say, undefined if it is the whole file. */
function wholeSizeIn({ status, headers }: HttpAnswer): number | null | undefined {
	if (status !== 206) return undefined;
	const [, size] = /\/(\d+)\s*$/.exec(headers['content-range'] ?? '') ?? [];
	return size === undefined ? null : Number(size);
}

function jsonIn(bytes: Buffer): unknown {
	if (bytes[0] !== 0x7b) return undefined;
	try {
		return JSON.parse(bytes.toString('utf8'));
	} catch {
		return undefined;
	}
}

function noFile(): ServiceError {
	return new ServiceError({
		service: WECOM,
		kind: 'invalidAnswer',
		message: 'Instead of the file came a web page',
		advice:
			'Check the API address in the credential, and that no proxy or firewall answers in its place.',
	});
}

function incomplete(): ServiceError {
	return new ServiceError({
		service: WECOM,
		kind: 'invalidAnswer',
		message: 'WeCom has given no content for the file',
		advice: 'Ask the customer to send the file again.',
	});
}

function tooLarge(): ServiceError {
	return new ServiceError({
		service: WECOM,
		kind: 'refused',
		message: 'The file has more than 200 MB',
		advice: 'Ask the customer to send it another way.',
	});
}
