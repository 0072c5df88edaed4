/** What a file is by its content, whatever its name says. */
export type FileContent = 'jpg' | 'png' | 'otherPicture' | 'amr' | 'mp4' | 'mp3' | 'other';

const AMR_HEADER = Buffer.from('#!AMR\n', 'latin1');
const PNG_HEADER = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const PICTURE_HEADERS = ['GIF87a', 'GIF89a', 'BM', 'II*\0', 'MM\0*'];
/** Brands of ISO media files that are pictures, sound, or of QuickTime and telephones of old (ftyps.com). */
const PICTURE_BRANDS = /^(?:he[iv][cmsx]|mif1|msf1|avi[fs])$/;
const BRANDS_OF_OTHERS = /^(?:qt {2}|M4[ABP] |3g\w\w|crx |jp[2xm] )$/;

export function contentOf(bytes: Buffer): FileContent {
	if (bytes.length >= 3 && bytes.readUIntBE(0, 3) === 0xffd8ff) return 'jpg';
	if (startsWith(bytes, PNG_HEADER)) return 'png';
	if (startsWith(bytes, AMR_HEADER)) return 'amr';
	const brand = brandOf(bytes);
	if (brand !== null) {
		if (PICTURE_BRANDS.test(brand)) return 'otherPicture';
		return BRANDS_OF_OTHERS.test(brand) ? 'other' : 'mp4';
	}
	if (isOtherPicture(bytes)) return 'otherPicture';
	return isMp3(bytes) ? 'mp3' : 'other';
}

function startsWith(bytes: Buffer, header: Buffer): boolean {
	return bytes.subarray(0, header.length).equals(header);
}

/** Of a file in the ISO base media format; null if it is none. */
function brandOf(bytes: Buffer): string | null {
	if (bytes.length < 12 || bytes.toString('latin1', 4, 8) !== 'ftyp') return null;
	return bytes.toString('latin1', 8, 12);
}

function isOtherPicture(bytes: Buffer): boolean {
	const isWebP = bytes.toString('latin1', 0, 4) === 'RIFF';
	if (isWebP && bytes.toString('latin1', 8, 12) === 'WEBP') return true;
	return PICTURE_HEADERS.some((header) => startsWith(bytes, Buffer.from(header, 'latin1')));
}

/** MP3 begins with a tag or with the first frame, of layer III (ISO 11172-3). */
function isMp3(bytes: Buffer): boolean {
	if (bytes.toString('latin1', 0, 3) === 'ID3') return true;
	return bytes.length >= 2 && bytes[0] === 0xff && (bytes[1] & 0xe6) === 0xe2;
}
