const HEADER_BYTES = 6;
const FRAME_MS = 20;
/** By frame type: 0 to 7 speech, 8 comfort noise, 15 nothing to hear; 9 to 14 do not occur in files (RFC 4867, 5.3). */
const FRAME_BYTES: Readonly<Record<number, number>> = {
	0: 13,
	1: 14,
	2: 16,
	3: 18,
	4: 20,
	5: 21,
	6: 27,
	7: 32,
	8: 6,
	15: 1,
};

/**
 * How long an AMR file plays, counted by its frames.
 *
 * @param bytes with the header `#!AMR`
 * @returns milliseconds; null if what follows the header are no frames
 */
export function amrDuration(bytes: Buffer): number | null {
	let frames = 0;
	for (let place = HEADER_BYTES; place < bytes.length; frames++) {
		const size = FRAME_BYTES[(bytes[place] >> 3) & 0x0f];
		if (size === undefined) return null;
		place += size;
	}
	return frames === 0 ? null : frames * FRAME_MS;
}
