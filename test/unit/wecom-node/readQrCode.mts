import { decode } from 'fast-png';
import jsQR from 'jsqr';

/** Wide enough to be read, and read in a moment. */
const READ_WIDTH = 300;

/** What a telephone reads in a PNG file, from a distance; null if it finds no QR code. */
export function readQrCode(png: Buffer): { text: string; width: number } | null {
	const { width, height, data, channels } = decode(png);
	const step = Math.max(1, Math.floor(width / READ_WIDTH));
	const [readWidth, readHeight] = [Math.floor(width / step), Math.floor(height / step)];
	const pixels = new Uint8ClampedArray(readWidth * readHeight * 4).fill(255);
	for (let y = 0; y < readHeight; y++) {
		for (let x = 0; x < readWidth; x++) {
			const place = (y * readWidth + x) * 4;
			pixels.fill(data[(y * width + x) * step * channels], place, place + 3);
		}
	}
	const found = jsQR(pixels, readWidth, readHeight);
	return found ? { text: found.data, width } : null;
}
