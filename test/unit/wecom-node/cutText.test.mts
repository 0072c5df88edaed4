import fc from 'fast-check';
import { beginningOf, byteLength, cutText } from '../../../nodes/WeCom/texts/cutText';
import { anyCodePoint } from '../anyCodePoint.mts';

const withoutBlanks = (text: string) => text.replace(/\s/g, '');
const graphemes = (text: string) =>
	Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);

it.each([
	['fits', 'hello', 10, ['hello']],
	['exactly fits', 'hello', 5, ['hello']],
	['nothing', ' \n ', 10, []],
	['cut at the line end', 'one two\nthree four', 16, ['one two', 'three four']],
	['cut at the sentence', 'One. Two three four', 16, ['One.', 'Two three four']],
	['cut at the blank', 'one two three', 9, ['one two', 'three']],
	['cut within a word', 'abcdefghij', 4, ['abcd', 'efgh', 'ij']],
	['a line end that would cost a part', 'a\nbcdefghijklmnop', 9, ['a\nbcdefgh', 'ijklmnop']],
	['Chinese sentences', '你好。今天很好', 12, ['你好。', '今天很好']],
	['Chinese words', '今天很好', 7, ['今天', '很好']],
	['a family is one character', 'ab👨‍👩‍👧', 19, ['ab', '👨‍👩‍👧']],
	['a character that alone is too long', '👨‍👩‍👧', 8, ['👨‍', '👩‍', '👧']],
	['many blanks at the cut', `one${' '.repeat(50)}two`, 4, ['one', 'two']],
	['lines of Windows', 'one\r\ntwo', 5, ['one', 'two']],
])('%s', (_name, text, largest, parts) => {
	expect(cutText(text, largest)).toEqual(parts);
});

const texts = fc.oneof(
	fc.string({ unit: 'grapheme', maxLength: 200 }),
	fc.string({ unit: fc.constantFrom('a', ' ', '\n', '.', '好', '。', '👨‍👩‍👧', 'é'), maxLength: 200 }),
	fc.string({ unit: anyCodePoint, maxLength: 50 }),
);
const limits = fc.integer({ min: 32, max: 120 });

it('loses nothing but blanks, and each part fits', () => {
	fc.assert(
		fc.property(texts, limits, (text, largest) => {
			const parts = cutText(text, largest);
			const wellFormed = text.replace(/\p{Surrogate}/gu, '\uFFFD');
			expect(withoutBlanks(parts.join(''))).toBe(withoutBlanks(wellFormed));
			expect(parts.filter((part) => byteLength(part) > largest || part.trim() === '')).toEqual([]);
		}),
	);
});

it('makes as few parts as can be', () => {
	fc.assert(
		fc.property(texts, limits, (text, largest) => {
			expect(cutText(text, largest)).toHaveLength(fewestParts(text, largest));
		}),
	);
});

/** By trying each place for the first cut, the best of the rest known. */
function fewestParts(text: string, largest: number): number {
	const characters = graphemes(
		text
			.replace(/\p{Surrogate}/gu, '\uFFFD')
			.replace(/\r\n?/g, '\n')
			.trim(),
	).flatMap((character) => (byteLength(character) > largest ? [...character] : [character]));
	const fewest = new Array<number>(characters.length + 1).fill(0);
	for (let start = characters.length - 1; start >= 0; start--) {
		fewest[start] = Infinity;
		if (characters[start].trim() === '') fewest[start] = fewest[start + 1];
		let bytes = 0;
		for (let end = start + 1; end <= characters.length; end++) {
			bytes += byteLength(characters[end - 1]);
			if (bytes > largest) break;
			fewest[start] = Math.min(fewest[start], 1 + fewest[end]);
		}
	}
	return fewest[0];
}

it('never cuts within a character', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), limits, (text, largest) => {
			const whole = new Set(graphemes(text.replace(/\r\n?/g, '\n')));
			const cut = cutText(text, largest).flatMap(graphemes);
			expect(cut.filter((character) => !whole.has(character))).toEqual([]);
		}),
	);
});

it('knows the characters of a long text, too', () => {
	const unit = fc.constantFrom('a', '好', 'é', '👨‍👩‍👧', '🇩🇪', '👍🏽', 'a' + '\u0301'.repeat(400));
	fc.assert(
		fc.property(fc.array(unit, { minLength: 300, maxLength: 600 }), (characters) => {
			const cut = cutText(characters.join('')).flatMap(graphemes);
			expect(cut).toEqual(characters);
		}),
		{ numRuns: 20 },
	);
});

it('hands long texts to the segmenter in short pieces, since it copies the text for each character', () => {
	const segment = jest.spyOn(Intl.Segmenter.prototype, 'segment');
	cutText('好'.repeat(10_000));
	const lengths = segment.mock.calls.map(([text]) => text.length);
	segment.mockRestore();
	expect(Math.max(...lengths)).toBeLessThan(1_000);
});

it.each([
	['short', 128, 'short'],
	['今天很好', 7, '今天'],
	['', 5, ''],
])('the beginning of %j in %d bytes', (text, largest, beginning) => {
	expect(beginningOf(text, largest)).toBe(beginning);
});
