import { amrOf } from '../../simulators/wecom/fileContents.mts';
import {
	startWeComSimulator,
	type WeComOptions,
	type WeComSimulator,
} from '../../simulators/wecom/weComSimulator.mts';
import { clientOf, timesAsked } from './weComAccess.mts';

const simulators: WeComSimulator[] = [];

async function start(options: WeComOptions = {}): Promise<WeComSimulator> {
	const wecom = await startWeComSimulator(options);
	simulators.push(wecom);
	return wecom;
}

afterEach(async () => {
	await Promise.all(simulators.splice(0).map(async (wecom) => await wecom.close()));
});

/** Every byte value, so that nothing that is taken for text survives. */
const everyByte = Buffer.from(Array.from({ length: 256 }, (_, index) => index));

describe.each(['raw', 'percentEncoded', 'extended'] as const)(
	'a file with a %s name',
	(fileNameForm) => {
		it.each(['價目表 2026.pdf', 'plain.pdf', '报告.xlsx', '100% é.pdf'])(
			'%s comes back as it was sent',
			async (name) => {
				const wecom = await start({ fileNameForm });
				const client = clientOf(wecom);
				const file = { name, mimeType: 'application/pdf', bytes: everyByte };
				const { mediaId, createdAt } = await client.upload('file', file);
				expect(await client.download(mediaId)).toEqual(file);
				expect(createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
			},
		);
	},
);

it('a file that WeCom gives only in pieces comes as a whole, byte by byte the same', async () => {
	const wecom = await start({ bytesPerDownloadAtMost: 10 * 1024 * 1024 });
	const client = clientOf(wecom);
	const bytes = Buffer.alloc(20 * 1024 * 1024, everyByte);
	bytes[bytes.length - 1] = 7;
	const file = { name: 'a.zip', mimeType: 'application/zip', bytes };
	const { mediaId } = await client.upload('file', file);
	const download = await client.download(mediaId);
	expect(download.bytes.equals(bytes)).toBe(true);
	expect(timesAsked(wecom, 'media/get')).toBe(3);
});

it('a voice message is taken with its type', async () => {
	const wecom = await start();
	const voice = { name: 'v.amr', mimeType: 'audio/amr', bytes: amrOf(2) };
	const client = clientOf(wecom);
	const { mediaId } = await client.upload('voice', voice);
	expect((await client.download(mediaId)).bytes.equals(voice.bytes)).toBe(true);
	await expect(client.upload('image', voice)).rejects.toMatchObject({ kind: 'refused' });
});

it('a file that has expired is called so, although the status is 200', async () => {
	const wecom = await start();
	const client = clientOf(wecom);
	const file = { name: 'a.pdf', mimeType: null, bytes: everyByte };
	const { mediaId } = await client.upload('file', file);
	wecom.expireMedia(mediaId);
	await expect(client.download(mediaId)).rejects.toMatchObject({ kind: 'notFound', code: '40007' });
	expect(timesAsked(wecom, 'media/get')).toBe(1);
});

it('a revoked token is replaced for files, too', async () => {
	const wecom = await start();
	const client = clientOf(wecom);
	const file = { name: 'a.pdf', mimeType: null, bytes: everyByte };
	const { mediaId } = await client.upload('file', file);
	wecom.revokeTokens();
	expect((await client.download(mediaId)).bytes.equals(everyByte)).toBe(true);
	wecom.revokeTokens();
	await client.upload('file', file);
	expect(timesAsked(wecom, 'gettoken')).toBe(3);
});
