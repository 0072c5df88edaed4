import { mediaFileName } from '../../../nodes/WeCom/transport/media';
import { answer, scriptedWeCom, tokenAnswer } from './scriptedWeCom.mts';

const MEGABYTE = 1024 * 1024;
const PIECE = 10 * MEGABYTE;
const inLatin1 = (text: string) => Buffer.from(text).toString('latin1');
const file = (bytes: Buffer, headers: Record<string, string> = {}, status = 200) =>
	answer(bytes, status, {
		'content-type': 'image/png',
		'content-disposition': 'attachment; filename="a.png"',
		...headers,
	});
const json = (body: object) =>
	answer(Buffer.from(JSON.stringify(body)), 200, {
		'content-type': 'application/json; charset=utf-8',
	});

describe('the name of a file', () => {
	it.each([
		[`attachment; filename="${inLatin1('價目表.pdf')}"`, '價目表.pdf'],
		['attachment; filename="%E5%83%B9%E7%9B%AE%E8%A1%A8.pdf"', '價目表.pdf'],
		["attachment; filename*=UTF-8''%E5%83%B9%E7%9B%AE.pdf", '價目.pdf'],
		['attachment; filename="100%25 sure.pdf"', '100%25 sure.pdf'],
		['attachment; filename="100%.pdf"', '100%.pdf'],
		['attachment; filename="%FF%FE.pdf"', '%FF%FE.pdf'],
		['attachment; filename="../../etc/passwd"', 'passwd'],
		['attachment; filename="..%2F..%2Fetc%2Fpasswd"', 'passwd'],
		['attachment; filename="C:\\\\Users\\\\a.pdf"', 'a.pdf'],
		['attachment; filename="folder/"', null],
		['attachment', null],
		[undefined, null],
	])('in %s is %s', (header, name) => {
		expect(mediaFileName(header)).toBe(name);
	});
});

describe('downloading', () => {
	const downloading = (...replies: object[]) =>
		scriptedWeCom((endpoint, _request, nth) =>
			endpoint === 'media/get' ? replies[nth - 1] : undefined,
		);

	it('gives name, type and bytes', async () => {
		const { client, requests } = downloading(file(Buffer.from('picture')));
		expect(await client.download('M1')).toEqual({
			name: 'a.png',
			mimeType: 'image/png',
			bytes: Buffer.from('picture'),
		});
		expect(requests.at(-1)).toMatchObject({
			method: 'GET',
			query: { media_id: 'M1', access_token: 'access-1' },
			answerAs: 'bytes',
		});
	});

	it('reads a refusal that comes with status 200', async () => {
		const { client } = downloading(json({ errcode: 40007, errmsg: 'invalid media_id' }));
		await expect(client.download('M1')).rejects.toMatchObject({ kind: 'notFound', code: '40007' });
	});

	it('replaces a token that is refused so', async () => {
		const { client, asked } = downloading(
			json({ errcode: 42001, errmsg: 'access_token expired' }),
			file(Buffer.from('picture')),
		);
		await client.download('M1');
		expect(asked).toEqual(['gettoken', 'media/get', 'gettoken', 'media/get']);
	});

	it('takes a file for a file, even if it reads like a refusal', async () => {
		const bytes = Buffer.from('{"errcode":40007}');
		const { client } = downloading(file(bytes, { 'content-type': 'application/json' }));
		expect((await client.download('M1')).bytes).toEqual(bytes);
	});

	it.each([
		['a page of a proxy', answer(Buffer.from('<html>'), 200, { 'content-type': 'text/html' })],
		['nothing', file(Buffer.alloc(0))],
	])('takes %s for no file', async (_what, reply) => {
		const { client } = downloading(reply);
		await expect(client.download('M1')).rejects.toMatchObject({ kind: 'invalidAnswer' });
	});

	it.each([2 * PIECE + 7, 2 * PIECE, PIECE - 1])(
		'fetches %i bytes piece by piece if WeCom asks for that',
		async (size) => {
			const whole = Buffer.alloc(size, 'abcdefg');
			const { client, requests } = scriptedWeCom((endpoint, { headers }) => {
				if (endpoint !== 'media/get') return undefined;
				if (!headers?.Range) return json({ errcode: 830002, errmsg: 'use range' });
				const [start, end] = (/bytes=(\d+)-(\d+)/.exec(headers.Range) ?? []).slice(1).map(Number);
				const piece = whole.subarray(start, end + 1);
				const last = start + piece.length - 1;
				return file(piece, { 'content-range': `bytes ${start}-${last}/${size}` }, 206);
			});
			const { name, bytes } = await client.download('M1');
			expect(name).toBe('a.png');
			expect(bytes.equals(whole)).toBe(true);
			const ranges = requests.flatMap(({ headers }) => headers?.Range ?? []);
			expect(ranges).toHaveLength(Math.ceil(size / PIECE));
			expect(ranges[0]).toBe('bytes=0-10485759');
		},
	);

	it('takes the whole file if it comes after all, also after a piece', async () => {
		const whole = Buffer.alloc(PIECE + 7, 'abcdefg');
		const { client } = scriptedWeCom((endpoint, { headers }) => {
			if (endpoint !== 'media/get') return undefined;
			if (!headers?.Range) return json({ errcode: 830002 });
			const size = { 'content-range': `bytes 0-${PIECE - 1}/${whole.length}` };
			return headers.Range.startsWith('bytes=0-')
				? file(whole.subarray(0, PIECE), size, 206)
				: file(whole);
		});
		expect((await client.download('M1')).bytes.equals(whole)).toBe(true);
	});

	it('ends if the pieces bring nothing', async () => {
		const { client } = scriptedWeCom((endpoint, { headers }) => {
			if (endpoint !== 'media/get') return undefined;
			if (!headers?.Range) return json({ errcode: 830002 });
			return file(Buffer.alloc(0), { 'content-range': 'bytes 0-0/100' }, 206);
		});
		await expect(client.download('M1')).rejects.toMatchObject({ kind: 'invalidAnswer' });
	});
});

describe('uploading', () => {
	it('sends the one part "media" with name and length, and gives ID and time', async () => {
		const { client, requests } = scriptedWeCom((endpoint) =>
			endpoint === 'media/upload'
				? { errcode: 0, errmsg: '', type: 'file', media_id: 'M7', created_at: '1717171717' }
				: undefined,
		);
		const bytes = Buffer.from([0, 255, 13, 10, 0]);
		const file = { name: '價目"表.pdf', mimeType: 'application/pdf', bytes };
		expect(await client.upload('file', file)).toEqual({
			mediaId: 'M7',
			createdAt: '2024-05-31T16:08:37.000Z',
		});
		const { query, headers, body } = requests.at(-1) as (typeof requests)[number];
		expect(query).toEqual({ type: 'file', access_token: 'access-1' });
		expect(headers?.['Content-Type']).toMatch(/^multipart\/form-data; boundary=/);
		expect(String(body)).toContain('name="media"; filename="價目_表.pdf"; filelength=5');
		expect((body as Buffer).includes(bytes)).toBe(true);
	});

	it.each([
		[1_717_171_717, '2024-05-31T16:08:37.000Z'],
		[undefined, '2026-03-02T02:15:20.000Z'],
	])('reads created_at %s as %s', async (createdAt, iso) => {
		const { client } = scriptedWeCom((endpoint) =>
			endpoint === 'gettoken' ? tokenAnswer(1) : { media_id: 'M7', created_at: createdAt },
		);
		const file = { name: 'a.pdf', mimeType: null, bytes: Buffer.from('abcdef') };
		expect((await client.upload('file', file)).createdAt).toBe(iso);
	});

	it('is repeated when WeCom is busy, and refused files are not', async () => {
		const file = { name: 'a.mp3', mimeType: null, bytes: Buffer.from('abcdef') };
		const { client, asked } = scriptedWeCom((endpoint, _request, nth) =>
			endpoint === 'media/upload' ? { errcode: nth === 1 ? -1 : 40004 } : undefined,
		);
		await expect(client.upload('voice', file)).rejects.toMatchObject({ code: '40004' });
		expect(asked).toEqual(['gettoken', 'media/upload', 'media/upload']);
	});
});
