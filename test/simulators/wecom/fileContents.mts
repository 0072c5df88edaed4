const startsWith = (bytes: Buffer, signature: number[]) =>
	bytes.subarray(0, signature.length).equals(Buffer.from(signature));

export const isJpegOrPng = (bytes: Buffer): boolean =>
	startsWith(bytes, [0xff, 0xd8, 0xff]) ||
	startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** ISO base media file: a box `ftyp` comes first. */
export const isMp4 = (bytes: Buffer): boolean => bytes.toString('latin1', 4, 8) === 'ftyp';

const AMR_HEADER = '#!AMR\n';
/** Bytes of a frame with its header, by frame type (RFC 4867, 5.3; 3GPP TS 26.101). */
const AMR_FRAME_BYTES = [13, 14, 16, 18, 20, 21, 27, 32, 6, 1, 1, 1, 1, 1, 1, 1];
const FRAMES_A_SECOND = 50;

/** Length of an AMR narrow-band recording; null where it is none. */
export function amrSeconds(bytes: Buffer): number | null {
	if (bytes.toString('latin1', 0, AMR_HEADER.length) !== AMR_HEADER) return null;
	let frames = 0;
	for (let at = AMR_HEADER.length; at < bytes.length; frames++) {
		at += AMR_FRAME_BYTES[(bytes[at] >> 3) & 0x0f];
	}
	return frames / FRAMES_A_SECOND;
}

/** A silent AMR recording of that length, 12.2 kbit/s. */
export function amrOf(seconds: number): Buffer {
	const frame = Buffer.alloc(AMR_FRAME_BYTES[7]);
	frame[0] = (7 << 3) | 0x04;
	const frames = Array.from({ length: Math.round(seconds * FRAMES_A_SECOND) }, () => frame);
	return Buffer.concat([Buffer.from(AMR_HEADER, 'latin1'), ...frames]);
}
