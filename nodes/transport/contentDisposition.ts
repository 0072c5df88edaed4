/**
 * The file name in a Content-Disposition header (RFC 6266), whose form with a character set goes first. It is as the
 * service wrote it and may hold a path.
 *
 * @returns null without a name
 */
export function fileNameIn(disposition: string | undefined): string | null {
	const [, encoded] = /filename\*\s*=\s*UTF-8''([^;\s]+)/i.exec(disposition ?? '') ?? [];
	if (encoded && !/%(?![\da-f]{2})/i.test(encoded)) {
		return Buffer.from(unescapedBytes(encoded), 'latin1').toString('utf8');
	}
	const [, quoted, bare] =
		/filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(disposition ?? '') ?? [];
	const name = quoted?.replace(/\\(.)/g, '$1') ?? bare;
	if (!name) return null;
	// Headers are read as Latin-1, and services write UTF-8 into them all the same.
	const asUtf8 = Buffer.from(name, 'latin1').toString('utf8');
	return asUtf8.includes('\uFFFD') ? name : asUtf8;
}

function unescapedBytes(encoded: string): string {
	return encoded.replace(/%([\da-f]{2})/gi, (_match, hex: string) =>
		String.fromCharCode(parseInt(hex, 16)),
	);
}
