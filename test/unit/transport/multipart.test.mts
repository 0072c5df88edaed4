import fc from 'fast-check';
import { multipartFile, plainFileName } from '../../../nodes/transport/multipart';
import { anyCodePoint } from '../anyCodePoint.mts';

it('no name ends the part of a multipart body, or is a path', () => {
	fc.assert(
		fc.property(fc.string({ unit: anyCodePoint }), (name) => {
			expect(plainFileName(name)).not.toMatch(/["\\/\r\n]/);
			expect(plainFileName(name)).not.toBe('');
		}),
	);
	expect(plainFileName('../../etc/passwd')).toBe('.._.._etc_passwd');
});

it.each(['audio/wav', 'no type\r\nX: y', null])('the type %s is one header', (mimeType) => {
	const { body } = multipartFile('file', { name: 'a', mimeType, bytes: Buffer.from('x') });
	const [head] = body.toString('utf8').split('\r\n\r\n');
	expect(head.split('\r\n')).toHaveLength(3);
	expect(head).toContain(mimeType === 'audio/wav' ? 'audio/wav' : 'application/octet-stream');
});

it('a part names the file, and what a service wants to know beside it', () => {
	const bytes = Buffer.from('價目');
	const { body, headers } = multipartFile(
		'media',
		{ name: '價目表.pdf', mimeType: 'application/pdf', bytes },
		{ filelength: bytes.length },
	);
	const boundary = headers['Content-Type'].replace('multipart/form-data; boundary=', '');
	expect(body.toString('utf8')).toBe(
		[
			`--${boundary}`,
			'Content-Disposition: form-data; name="media"; filename="價目表.pdf"; filelength=6',
			'Content-Type: application/pdf',
			'',
			'價目',
			`--${boundary}--`,
			'',
		].join('\r\n'),
	);
});
