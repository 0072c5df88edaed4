import { crc32, deflateRawSync } from 'node:zlib';

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END_OF_DIRECTORY = 0x06054b50;
const VERSION = 20;
/** Names are UTF-8; sizes and check sum come behind the data, as streaming writers do it. */
const FLAGS = 0x0808;
const DATA_DESCRIPTOR = 0x08074b50;
const DEFLATED = 8;

/** A ZIP archive with one file in it (APPNOTE.TXT, 4.3). */
export function zipFile(name: string, content: Buffer): Buffer {
	const nameBytes = Buffer.from(name, 'utf8');
	const packed = deflateRawSync(content, { level: 1 });
	const sum = crc32(content);

	const local = Buffer.alloc(30);
	local.writeUInt32LE(LOCAL_HEADER, 0);
	local.writeUInt16LE(VERSION, 4);
	local.writeUInt16LE(FLAGS, 6);
	local.writeUInt16LE(DEFLATED, 8);
	local.writeUInt16LE(nameBytes.length, 26);

	const descriptor = Buffer.alloc(16);
	descriptor.writeUInt32LE(DATA_DESCRIPTOR, 0);
	descriptor.writeUInt32LE(sum, 4);
	descriptor.writeUInt32LE(packed.length, 8);
	descriptor.writeUInt32LE(content.length, 12);

	const central = Buffer.alloc(46);
	central.writeUInt32LE(CENTRAL_HEADER, 0);
	central.writeUInt16LE(VERSION, 4);
	central.writeUInt16LE(VERSION, 6);
	central.writeUInt16LE(FLAGS, 8);
	central.writeUInt16LE(DEFLATED, 10);
	central.writeUInt32LE(sum, 16);
	central.writeUInt32LE(packed.length, 20);
	central.writeUInt32LE(content.length, 24);
	central.writeUInt16LE(nameBytes.length, 28);

	const directoryAt = local.length + nameBytes.length + packed.length + descriptor.length;
	const end = Buffer.alloc(22);
	end.writeUInt32LE(END_OF_DIRECTORY, 0);
	end.writeUInt16LE(1, 8);
	end.writeUInt16LE(1, 10);
	end.writeUInt32LE(central.length + nameBytes.length, 12);
	end.writeUInt32LE(directoryAt, 16);
	return Buffer.concat([local, nameBytes, packed, descriptor, central, nameBytes, end]);
}
