import { encode as encodePng } from 'fast-png';
import { encode as encodeQrCode } from 'uqr';

/** The light border that readers need, in modules (ISO/IEC 18004). */
const QUIET_ZONE = 4;
/** Large enough for a poster, small enough for a message. */
const SMALLEST_WIDTH = 800;

const BLACK = 0;
const WHITE = 255;

/** A QR code as a PNG file, which is read even if a part of it is dirty or covered. */
export function qrCodePng(text: string): Buffer {
	const { data: modules, size } = encodeQrCode(text, { ecc: 'M', border: QUIET_ZONE });
	const scale = Math.ceil(SMALLEST_WIDTH / size);
	const width = size * scale;
	const data = new Uint8Array(width * width);
	modules.forEach((row, y) => {
		const line = new Uint8Array(width).fill(WHITE);
		row.forEach((isDark, x) => {
			if (isDark) line.fill(BLACK, x * scale, (x + 1) * scale);
		});
		for (let copy = 0; copy < scale; copy++) data.set(line, (y * scale + copy) * width);
	});
	return Buffer.from(encodePng({ width, height: width, data, channels: 1, depth: 8 }));
}
