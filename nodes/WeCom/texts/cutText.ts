import { graphemesOf } from './graphemes';

/** The longest text of one message, in bytes of UTF-8 (wecom-kf.md, 4.3). */
export const LONGEST_TEXT_BYTES = 2048;

/** Where a text may be cut, the best place first. */
const PLACES = [
	{ before: /./su, after: /^[^\S\n]*\n/ },
	{ before: /[.!?…][)\]"'”’]?$/u, after: /^\s/ },
	{ before: /[。！？；][」』”’）]?$/u, after: /^/ },
	{ before: /./su, after: /^\s/ },
];

/**
 * Cuts a text into as few parts as possible. Of the ways to do so it takes the one that cuts at line ends, else at the
 * ends of sentences, else at blanks; never within a character as people see it, unless that one alone is too long.
 * Blanks around a cut are dropped.
 *
 * @param largestBytes the most that a part may have, in bytes of UTF-8; 4 at least
 * @returns nothing for a text of blanks
 */
export function cutText(text: string, largestBytes = LONGEST_TEXT_BYTES): string[] {
	const characters = charactersOf(text.trim(), largestBytes);
	const parts: string[] = [];
	let start = 0;
	while (start < characters.length) {
		const allowed = partsFrom(characters, start, largestBytes);
		const end = bestEnd(characters, start, largestBytes, allowed);
		parts.push(joined(characters, start, end).trimEnd());
		start = afterBlanks(characters, end);
	}
	return parts;
}

/** The beginning of a text that has a byte limit, whole characters only. */
export function beginningOf(text: string, largestBytes: number): string {
	const characters = charactersOf(text.trim(), largestBytes);
	return joined(characters, 0, lastEnd(characters, 0, largestBytes));
}

interface Character {
	text: string;
	bytes: number;
}

function charactersOf(text: string, largestBytes: number): Character[] {
	// Half a pair would leave as another character in any case.
	const wellFormed = text.replace(/\p{Surrogate}/gu, '\uFFFD').replace(/\r\n?/g, '\n');
	return graphemesOf(wellFormed)
		.flatMap((segment) => (byteLength(segment) > largestBytes ? [...segment] : [segment]))
		.map((character) => ({ text: character, bytes: byteLength(character) }));
}

export function byteLength(text: string): number {
	return Buffer.byteLength(text, 'utf8');
}

function joined(characters: readonly Character[], start: number, end: number): string {
	return characters
		.slice(start, end)
		.map(({ text }) => text)
		.join('');
}

/** The end of the longest part that begins at `start`. */
function lastEnd(characters: readonly Character[], start: number, largestBytes: number): number {
	let bytes = 0;
	for (let end = start; end < characters.length; end++) {
		bytes += characters[end].bytes;
		if (bytes > largestBytes) return end;
	}
	return characters.length;
}

function afterBlanks(characters: readonly Character[], start: number): number {
	let next = start;
	while (next < characters.length && characters[next].text.trim() === '') next++;
	return next;
}

/** How few parts the rest of the text can have. */
function partsFrom(characters: readonly Character[], start: number, largestBytes: number): number {
	let count = 0;
	for (let next = start; next < characters.length; count++) {
		next = afterBlanks(characters, lastEnd(characters, next, largestBytes));
	}
	return count;
}

function bestEnd(
	characters: readonly Character[],
	start: number,
	largestBytes: number,
	allowedParts: number,
): number {
	const last = lastEnd(characters, start, largestBytes);
	if (last === characters.length) return last;
	for (const place of PLACES) {
		const end = lastPlace(characters, start, last, place);
		// An earlier place of the same kind leaves more, so only the last one can cost no part.
		if (end === null) continue;
		const following = afterBlanks(characters, end);
		if (partsFrom(characters, following, largestBytes) < allowedParts) return end;
	}
	return last;
}

function lastPlace(
	characters: readonly Character[],
	start: number,
	last: number,
	{ before, after }: (typeof PLACES)[number],
): number | null {
	for (let end = last; end > start; end--) {
		const precedes = joined(characters, Math.max(start, end - 2), end);
		if (precedes.at(-1)?.trim() === '') continue;
		if (before.test(precedes) && after.test(blanksAt(characters, end))) return end;
	}
	return null;
}

/** The blanks that follow a place. */
function blanksAt(characters: readonly Character[], start: number): string {
	return joined(characters, start, afterBlanks(characters, start));
}
