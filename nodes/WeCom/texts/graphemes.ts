const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** V8 copies the whole text that it is given for each character of it, so long texts are given in pieces. */
const PIECE_LENGTH = 256;

/** The characters of a text as people see them: a family of emojis is one. @param text well formed */
export function graphemesOf(text: string): string[] {
	const graphemes: string[] = [];
	let length = PIECE_LENGTH;
	for (let start = 0; start < text.length; ) {
		const piece = text.slice(start, endOfCodePoint(text, start + length));
		const found = Array.from(segmenter.segment(piece), ({ segment }) => segment);
		const isLast = start + piece.length === text.length;
		if (!isLast && found.length === 1) {
			length *= 2;
			continue;
		}
		// What the piece ends with may go on behind it.
		const end = isLast ? '' : (found.pop() as string);
		graphemes.push(...found);
		start += piece.length - end.length;
		length = PIECE_LENGTH;
	}
	return graphemes;
}

function endOfCodePoint(text: string, end: number): number {
	return /[\uD800-\uDBFF]/.test(text.charAt(end - 1)) ? end + 1 : end;
}
