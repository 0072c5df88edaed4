import { randomUUID } from 'crypto';

/** A file on its way to or from a service. */
export interface TransferredFile {
	name: string;
	/** Null if nobody has said anything about it but that it is bytes. */
	mimeType: string | null;
	bytes: Buffer;
}

/**
 * The body and the header of a request that sends a file in the one part of a multipart body (RFC 7578).
 *
 * @param part its name
 * @param parameters what the Content-Disposition of the part says beside the names
 */
export function multipartFile(
	part: string,
	{ name, mimeType, bytes }: TransferredFile,
	parameters: Readonly<Record<string, number>> = {},
): { body: Buffer; headers: Record<string, string> } {
	const boundary = `callbridge-${randomUUID()}`;
	const more = Object.entries(parameters).map(([key, value]) => `; ${key}=${value}`);
	const head = [
		`--${boundary}`,
		`Content-Disposition: form-data; name="${part}"; filename="${plainFileName(name)}"${more.join('')}`,
		`Content-Type: ${/^[\w.+-]+\/[\w.+-]+$/.test(mimeType ?? '') ? mimeType : 'application/octet-stream'}`,
	].join('\r\n');
	return {
		body: Buffer.concat([
			Buffer.from(`${head}\r\n\r\n`),
			bytes,
			Buffer.from(`\r\n--${boundary}--\r\n`),
		]),
		headers: { 'Content-Type': `multipart/form-data; boundary=${boundary}` },
	};
}

/** A name without what ends it in a multipart body, or makes a path of it. */
export function plainFileName(name: string): string {
	return name.replace(/[\p{Cc}"\\/]/gu, '_').trim() || 'file';
}
