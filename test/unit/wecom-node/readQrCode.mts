import { decode } from 'fast-png';
import jsQR from 'jsqr';

/** What a telephone reads in a PNG file; null if it finds no QR code. */
export function readQrCode(png: Buffer): { text: string; width: number } | null {
	const { width, height, data, channels } = decode(png);
	const pixels = new Uint8ClampedArray(width * height * 4).fill(255);
	for (let pixel = 0; pixel < width * height; pixel++) {
		pixels.fill(data[pixel * channels], pixel * 4, pixel * 4 + 3);
	}
	const found = jsQR(pixels, width, height);
	return found ? { text: found.data, width } : null;
}
