import type { HttpClient } from '../../transport/HttpClient';
import { ServiceError } from '../../transport/ServiceError';
import { pbxError, SERVICE, TOKEN_REFUSED, type PbxAnswer } from './errors';
import { isPbxAnswer } from './exchange';

export interface DownloadedFile {
	bytes: Buffer;
	/** As the PBX says it, such as `audio/wav`. */
	contentType: string;
}

/** Instead of a file, the errcode with which the PBX refused the token. */
export interface RefusedDownload extends DownloadedFile {
	refusedBy?: number;
}

const DOWNLOAD_TIMEOUT_MS = 5 * 60_000;
/** Longer than any refusal of the PBX, shorter than a second of sound. */
const LONGEST_REFUSAL_BYTES = 4_096;

/**
 * Second step of a download.
 *
 * @param http as `pbxHttpClient` gives it
 * @param resourcePath from the first step's `download_resource_url`
 */
export async function downloadFrom(
	baseUrl: string,
	http: HttpClient,
	resourcePath: string,
	token: string,
	ignoreSslIssues: boolean,
): Promise<RefusedDownload> {
	const answer = await http({
		method: 'GET',
		url: addressOnPbx(baseUrl, resourcePath),
		query: { access_token: token },
		answerAs: 'bytes',
		timeoutMs: DOWNLOAD_TIMEOUT_MS,
		ignoreSslIssues,
	});
	const bytes = Buffer.isBuffer(answer.body)
		? answer.body
		: Buffer.from(answer.body as ArrayBuffer);
	const refusal = refusalIn(bytes);
	if (!refusal) {
		return { bytes, contentType: answer.headers['content-type'] ?? 'application/octet-stream' };
	}
	if (TOKEN_REFUSED.has(refusal.errcode)) {
		return { bytes: Buffer.alloc(0), contentType: '', refusedBy: refusal.errcode };
	}
	throw pbxError('download', refusal);
}

/** The token goes with this request, so the file must lie on the PBX itself. */
function addressOnPbx(baseUrl: string, resourcePath: string): string {
	const address = `${baseUrl}/${resourcePath.replace(/^\//, '')}`;
	const isRelative = /^\/?[^/\\:]+(\/|$)/.test(resourcePath);
	if (isRelative && new URL(address).origin === new URL(baseUrl).origin) return address;
	throw new ServiceError({
		service: SERVICE,
		kind: 'invalidAnswer',
		message: 'The PBX names a place outside itself for the file',
		advice: 'Check that the address in the credential is that of your PBX.',
	});
}

/** The PBX refuses a file with status 200 and a small JSON body. */
function refusalIn(bytes: Buffer): PbxAnswer | undefined {
	if (bytes.length === 0 || bytes.length > LONGEST_REFUSAL_BYTES || bytes[0] !== 0x7b) {
		return undefined;
	}
	const answer = parsed(bytes.toString('utf8'));
	return isPbxAnswer(answer) && answer.errcode !== 0 ? answer : undefined;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
