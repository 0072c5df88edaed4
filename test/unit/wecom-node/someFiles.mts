/** Files whose content is what their names say. */

export const png = (bytes = 100) =>
	padded(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), bytes);

export const jpg = (bytes = 100) => padded(Buffer.from([0xff, 0xd8, 0xff, 0xe0]), bytes);

export const mp4 = (bytes = 100, brand = 'isom') =>
	padded(Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from(`ftyp${brand}`)]), bytes);

export const mp3 = (bytes = 100) => padded(Buffer.from('ID3\u0004'), bytes);

export const text = (bytes = 100) => Buffer.alloc(bytes, 'text ');

/** An AMR file of frames of 20 ms at 4.75 kbit/s (RFC 4867, 5). */
export function amr(seconds: number): Buffer {
	const frame = Buffer.concat([Buffer.from([0x04]), Buffer.alloc(12)]);
	return Buffer.concat([Buffer.from('#!AMR\n'), ...Array<Buffer>(seconds * 50).fill(frame)]);
}

function padded(header: Buffer, bytes: number): Buffer {
	return Buffer.concat([header, Buffer.alloc(Math.max(0, bytes - header.length))]);
}
