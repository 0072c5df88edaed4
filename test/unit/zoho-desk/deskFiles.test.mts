import fc from 'fast-check';
import {
	fileNameIn,
	fileUpload,
	pathOfHref,
	plainFileName,
} from '../../../nodes/Zoho/transport/deskFiles';

describe('the name in a header', () => {
	it.each([
		['attachment; filename="call 77.wav"', 'call 77.wav'],
		['attachment; filename=call.wav; size=3', 'call.wav'],
		['attachment; filename="__.wav"; filename*=UTF-8\'\'%E9%80%9A%E8%AF%9D.wav', '通话.wav'],
		["attachment;filename*=utf-8''a%2Fb.wav", 'a_b.wav'],
		["attachment; filename*=UTF-8''100%.wav; filename=b.wav", 'b.wav'],
		['attachment; filename="a \\"b\\".wav"', 'a _b_.wav'],
		[`attachment; filename="${Buffer.from('通话.wav').toString('latin1')}"`, '通话.wav'],
		[`attachment; filename="${Buffer.from('é.wav', 'latin1').toString('latin1')}"`, 'é.wav'],
		['attachment; filename="../../etc/passwd"', '.._.._etc_passwd'],
		['inline', null],
		['attachment; filename=""', null],
		[undefined, null],
	])('%s is %s', (header, name) => {
		expect(fileNameIn(header)).toBe(name);
	});
});

it('no name ends the part of a multipart body', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), (name) => {
			expect(plainFileName(name)).not.toMatch(/["\\/\r\n]/);
			expect(plainFileName(name)).not.toBe('');
		}),
	);
});

it.each(['audio/wav', 'no type\r\nX: y', null])('the type %s is one header', (mimeType) => {
	const { body } = fileUpload('/uploads', { name: 'a', mimeType, bytes: Buffer.from('x') });
	const [head] = body.toString('utf8').split('\r\n\r\n');
	expect(head.split('\r\n')).toHaveLength(3);
	expect(head).toContain(mimeType === 'audio/wav' ? 'audio/wav' : 'application/octet-stream');
});

describe('the place of an attachment', () => {
	const api = 'https://desk.zoho.eu';

	it.each([
		'https://desk.zoho.eu/api/v1/tickets/1/threads/2/attachments/3/content?inline=true',
		'/api/v1/tickets/1/threads/2/attachments/3/content?inline=true',
		'/tickets/1/threads/2/attachments/3/content?inline=true',
		'tickets/1/threads/2/attachments/3/content?inline=true',
		' https://user:password@desk.zoho.eu:443/api/v1/tickets/1/threads/2/attachments/3/content?inline=true',
	])('is below the API: %s', (href) => {
		expect(pathOfHref(href, api)).toEqual({
			path: '/tickets/1/threads/2/attachments/3/content',
			query: { inline: 'true' },
		});
	});

	it.each([
		'https://desk.zoho.com/api/v1/tickets/1/attachments/3/content',
		'http://desk.zoho.eu/api/v1/tickets/1/attachments/3/content',
		'https://desk.zoho.eu:8443/api/v1/tickets/1/attachments/3/content',
		'https://desk.zoho.eu.evil.example/api/v1/tickets/1/attachments/3/content',
		'javascript:alert(1)',
	])('is nowhere else: %s', (href) => {
		expect(() => pathOfHref(href, api)).toThrow(/which is not the Desk API address/);
	});
});
