import { firstFileInZip } from '../../../nodes/transport/zip';
import { zipFile } from '../../simulators/zoho/crm/bulk/zipFile.mts';

async function contentOf(archive: Buffer): Promise<{ text: string; chunks: number }> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of firstFileInZip(archive)) chunks.push(chunk);
	return { text: Buffer.concat(chunks).toString('utf8'), chunks: chunks.length };
}

it('reads the file in an archive', async () => {
	const archive = zipFile('联系人.csv', Buffer.from('id,Last_Name\n1,王芳\n', 'utf8'));
	expect((await contentOf(archive)).text).toBe('id,Last_Name\n1,王芳\n');
});

it('gives a large file in chunks', async () => {
	const text = 'The quick brown fox\n'.repeat(100_000);
	const read = await contentOf(zipFile('fox.csv', Buffer.from(text)));
	expect(read.text === text).toBe(true);
	expect(read.chunks).toBeGreaterThan(10);
});

it('reads an archive with a comment behind it, and a file that is not packed', async () => {
	const name = Buffer.from('a.csv');
	const content = Buffer.from('stored');
	const local = Buffer.alloc(30);
	local.writeUInt32LE(0x04034b50, 0);
	local.writeUInt16LE(name.length, 26);
	local.writeUInt16LE(4, 28);
	const central = Buffer.alloc(46);
	central.writeUInt32LE(0x02014b50, 0);
	central.writeUInt32LE(content.length, 20);
	central.writeUInt32LE(content.length, 24);
	central.writeUInt16LE(name.length, 28);
	const end = Buffer.alloc(22);
	end.writeUInt32LE(0x06054b50, 0);
	end.writeUInt16LE(1, 10);
	end.writeUInt32LE(local.length + name.length + 4 + content.length, 16);
	const archive = [
		local,
		name,
		Buffer.alloc(4),
		content,
		central,
		name,
		end,
		Buffer.from('made by hand'),
	];
	expect((await contentOf(Buffer.concat(archive))).text).toBe('stored');
});

const archive = zipFile('a.csv', Buffer.from('id\n'.repeat(500)));
const changed = (at: number, value: number) => {
	const copy = Buffer.from(archive);
	copy[at < 0 ? copy.length + at : at] = value;
	return copy;
};
const centralAt = archive.readUInt32LE(archive.length - 6);

it.each<[string, Buffer, string]>([
	['a web page', Buffer.from('<html>Sorry!</html>'.repeat(3)), 'This is no ZIP archive'],
	['nothing', Buffer.alloc(0), 'This is no ZIP archive'],
	['half an archive', archive.subarray(0, archive.length / 2), 'This is no ZIP archive'],
	['an empty archive', changed(-12, 0), 'The ZIP archive is empty'],
	['a directory elsewhere', changed(-6, 1), 'The ZIP archive is damaged'],
	['an encrypted file', changed(centralAt + 8, 1), 'encrypted'],
	['a file of another length', changed(centralAt + 24, 7), 'incomplete'],
	['a file that is longer than the archive', changed(centralAt + 22, 7), 'damaged'],
])('refuses %s', async (_, bytes, message) => {
	await expect(contentOf(bytes)).rejects.toThrow(message);
});
