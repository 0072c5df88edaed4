import { fileNameIn } from '../../../nodes/transport/contentDisposition';

describe('the name in a header', () => {
	it.each([
		['attachment; filename="call 77.wav"', 'call 77.wav'],
		['attachment; filename=call.wav; size=3', 'call.wav'],
		['attachment; filename="__.wav"; filename*=UTF-8\'\'%E9%80%9A%E8%AF%9D.wav', '通话.wav'],
		["attachment;filename*=utf-8''a%2Fb.wav", 'a/b.wav'],
		["attachment; filename*=UTF-8''100%.wav; filename=b.wav", 'b.wav'],
		['attachment; filename="a \\"b\\".wav"', 'a "b".wav'],
		[`attachment; filename="${Buffer.from('通话.wav').toString('latin1')}"`, '通话.wav'],
		[`attachment; filename="${Buffer.from('é.wav', 'latin1').toString('latin1')}"`, 'é.wav'],
		['attachment; filename="../../etc/passwd"', '../../etc/passwd'],
		['inline', null],
		['attachment; filename=""', null],
		[undefined, null],
	])('%s is %s', (header, name) => {
		expect(fileNameIn(header)).toBe(name);
	});
});
