const END_OF_DIRECTORY = 0x06054b50;
const END_LENGTH = 22;
const CENTRAL_HEADER = 0x02014b50;
const CENTRAL_LENGTH = 46;
const LOCAL_HEADER = 0x04034b50;
const LOCAL_LENGTH = 30;
/** The comment at the end of an archive is no longer. */
const LONGEST_COMMENT = 65_535;
const STORED = 0;
const DEFLATED = 8;
const IS_ENCRYPTED = 1;

/**
 * The content of the first file in a ZIP archive, in chunks, so that it never lies in memory as a whole (APPNOTE.TXT, 4.3).
 *
 * @throws Error if it is no ZIP archive, is encrypted or damaged, or holds a file beyond 4 GB
 */
export async function* firstFileInZip(archive: Buffer): AsyncGenerator<Uint8Array> {
	const { packed, method, size } = firstEntry(archive);
	let unpacked = 0;
	for await (const chunk of method === STORED ? [packed] : inflated(packed)) {
		unpacked += chunk.length;
		yield chunk;
	}
	if (unpacked !== size) throw new Error('The file in the ZIP archive is incomplete');
}

/** Node's own, since n8n allows community nodes neither zlib nor a dependency. */
function inflated(packed: Uint8Array<ArrayBuffer>): AsyncIterable<Uint8Array> {
	return new Blob([packed])
		.stream()
		.pipeThrough(new DecompressionStream('deflate-raw')) as unknown as AsyncIterable<Uint8Array>;
}

/** By the directory at the end: in front of a file its length may be missing. */
function firstEntry(archive: Buffer) {
	const end = endOfDirectory(archive);
	if (archive.readUInt16LE(end + 10) === 0) throw new Error('The ZIP archive is empty');
	const header = archive.readUInt32LE(end + 16);
	if (header + CENTRAL_LENGTH > end || archive.readUInt32LE(header) !== CENTRAL_HEADER) {
		throw damaged();
	}
	const flags = archive.readUInt16LE(header + 8);
	const method = archive.readUInt16LE(header + 10);
	const packedSize = archive.readUInt32LE(header + 20);
	const size = archive.readUInt32LE(header + 24);
	const local = archive.readUInt32LE(header + 42);
	if (flags & IS_ENCRYPTED || ![STORED, DEFLATED].includes(method)) {
		throw new Error('The file in the ZIP archive is encrypted, or packed in an unknown way');
	}
	if (local + LOCAL_LENGTH > end || archive.readUInt32LE(local) !== LOCAL_HEADER) throw damaged();
	const start =
		local + LOCAL_LENGTH + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
	if (start + packedSize > end) throw damaged();
	return { packed: new Uint8Array(archive.subarray(start, start + packedSize)), method, size };
}

function endOfDirectory(archive: Buffer): number {
	const earliest = Math.max(0, archive.length - END_LENGTH - LONGEST_COMMENT);
	for (let at = archive.length - END_LENGTH; at >= earliest; at--) {
		if (archive.readUInt32LE(at) === END_OF_DIRECTORY) return at;
	}
	throw new Error('This is no ZIP archive');
}

function damaged(): Error {
	return new Error('The ZIP archive is damaged');
}
