import fc from 'fast-check';
import { csvReader } from '../../../nodes/transport/csv';

function rowsOf(...pieces: string[]): string[][] {
	const rows: string[][] = [];
	const reader = csvReader((cells) => rows.push(cells));
	for (const piece of pieces) reader.write(piece);
	reader.end();
	return rows;
}

it.each<[string, string, string[][]]>([
	[
		'plain lines',
		'a,b\n1,2\n',
		[
			['a', 'b'],
			['1', '2'],
		],
	],
	[
		'no line end at the end',
		'a,b\r\n1,2',
		[
			['a', 'b'],
			['1', '2'],
		],
	],
	[
		'empty cells',
		',a,\n,,\n',
		[
			['', 'a', ''],
			['', '', ''],
		],
	],
	['empty lines', '\na\n\n\nb\n', [['a'], ['b']]],
	['an empty cell in quotes', '""\n', [['']]],
	[
		'commas, quotes and line breaks',
		'"a,b","say ""hi""","one\r\ntwo\nthree"\n',
		[['a,b', 'say "hi"', 'one\r\ntwo\nthree']],
	],
	['Chinese and formulas', '王芳,=1+1,+86 138\n', [['王芳', '=1+1', '+86 138']]],
	['blanks', ' a , b\n', [[' a ', ' b']]],
	['quotes in the middle of a cell', 'a"b"c,1\n', [['a"b"c', '1']]],
	['a byte order mark', '\uFEFF"id"\n1\n', [['id'], ['1']]],
	['nothing', '', []],
])('reads %s', (_, text, rows) => {
	expect(rowsOf(text)).toEqual(rows);
});

it('gives back whatever was written, wherever the file is cut', () => {
	const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', '王', '=') });
	const written = (value: string) =>
		value === '' || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
	fc.assert(
		fc.property(
			fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 5 }),
			fc.array(fc.nat(40)),
			fc.constantFrom('\n', '\r\n'),
			(rows, cuts, lineEnd) => {
				const text = rows.map((cells) => cells.map(written).join(',') + lineEnd).join('');
				const places = [0, ...cuts.sort((one, other) => one - other), text.length];
				const pieces = places.slice(1).map((end, index) => text.slice(places[index], end));
				expect(rowsOf(...pieces)).toEqual(rows);
			},
		),
	);
});

it('says that a file ends within quotes', () => {
	expect(() => rowsOf('"a')).toThrow('The CSV file ends within quotes');
});
