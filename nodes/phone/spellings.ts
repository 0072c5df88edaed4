import { digitsOf, parseNumber, splitExtension, type ParsedNumber } from './phoneNumber';

/** As many as Zoho's query language takes in one `in (…)`; nobody types more ways than that. */
const MOST_SPELLINGS = 50;

/** Fewer would fit the end of too many other numbers. */
const FEWEST_ENDING_DIGITS = 6;

/** Longest text that telephone fields usually hold. */
const LONGEST_SPELLING = 30;

/**
 * The ways in which people write a number, the likeliest first, without repeats and without extensions; at most 50, each
 * of at most 30 characters, made of digits, blanks and `+ - . ( )` only.
 *
 * @param country ISO code of the country in which a number without country code is dialled
 */
export function spellings(number: string, country?: string | null): string[] {
	const parsed = parseNumber(number, country);
	const written = parsed ? waysToWrite(parsed) : waysToWriteIncomplete(number);
	const short = written.filter((each) => each.length > 0 && each.length <= LONGEST_SPELLING);
	return [...new Set(short)].slice(0, MOST_SPELLINGS);
}

function waysToWriteIncomplete(number: string): string[] {
	const typed = splitExtension(number).number.trim();
	const digits = digitsOf(number);
	const printable = /^[-+.() \d]+$/.test(typed) ? [typed] : [];
	return [...printable, digits, digits.replace(/^0+/, ''), ...joinedInEveryWay(regrouped(digits))];
}

function waysToWrite(parsed: ParsedNumber): string[] {
	const code = parsed.callingCode;
	const digits = parsed.nationalDigits;
	const inside = digitGroups(parsed.nationalFormat);
	const abroad = digitGroups(parsed.internationalFormat).slice(1);
	const insideDigits = inside.join('');
	const plain = [
		parsed.e164,
		insideDigits,
		`${code}${digits}`,
		`00${code}${digits}`,
		digits,
		parsed.internationalFormat,
		parsed.nationalFormat,
		`+${code} ${digits}`,
		`+${code}-${digits}`,
		`${code} ${digits}`,
		`${code}-${digits}`,
	];
	return [
		...plain,
		...[abroad, regrouped(digits)].flatMap((groups) => [
			`+${code} ${groups.join(' ')}`,
			`+${code}-${groups.join('-')}`,
			`+${code} ${groups.join('-')}`,
			`00${code} ${groups.join(' ')}`,
			`${code} ${groups.join(' ')}`,
			`${code}-${groups.join('-')}`,
		]),
		...withAreaCode(inside, abroad, code),
		...[inside, regrouped(insideDigits), regrouped(digits)].flatMap(joinedInEveryWay),
	];
}

/** Spellings that set the area code apart: `0755-26601234`, `(0755) 2660 1234`, `+86 (755) 26601234`. */
function withAreaCode(inside: string[], abroad: string[], code: string): string[] {
	const [area, ...groups] = inside;
	if (!hasAreaCode(inside)) return [];
	const bareArea = abroad[0];
	const together = groups.join('');
	const rests = [together, ...joinedInEveryWay(groups), ...joinedInEveryWay(regrouped(together))];
	const rest = [...new Set(rests)].filter((each) => !each.includes('.')).slice(0, 3);
	return [
		...rest.flatMap((each) => [`${area}-${each}`, `${area} ${each}`, `(${area})${each}`]),
		...rest.map((each) => `(${area}) ${each}`),
		`+${code} ${bareArea} ${together}`,
		`+${code}-${bareArea}-${together}`,
		`+${code} (${bareArea}) ${together}`,
		`+${code}(${bareArea})${together}`,
		...(area.startsWith('0') ? [`+${code} (0)${bareArea} ${groups.join(' ')}`] : []),
		`+${code}(${area})${together}`,
		`${code}-${bareArea}-${together}`,
		`${code} ${bareArea} ${together}`,
	];
}

/** Two groups without a leading zero (Hong Kong's `2123 4567`) are one local number. */
function hasAreaCode(inside: string[]): boolean {
	return inside.length > 2 || (inside.length === 2 && inside[0].startsWith('0'));
}

function joinedInEveryWay(groups: string[]): string[] {
	return groups.length < 2 ? [groups.join('')] : [' ', '-', '.'].map((by) => groups.join(by));
}

function digitGroups(format: string): string[] {
	return format.match(/\d+/g) ?? [];
}

/** Groups as people make them without knowing the official ones: threes and fours from the end. */
function regrouped(digits: string): string[] {
	if (digits.length <= 4) return [digits];
	if (digits.length === 6 || digits.length === 9) return digits.match(/\d{3}/g) ?? [digits];
	const last = digits.slice(-4);
	const before = digits.slice(0, -4);
	if (before.length <= 4) return [before, last];
	const cut = before.length - (before.length === 7 || before.length === 8 ? 4 : 3);
	return [before.slice(0, cut), before.slice(cut), last];
}

/**
 * How the end of a number may stand inside a longer text (before an extension, behind any prefix): the last digits
 * together, and grouped with a blank and with a dash. At most four, each with at least six digits if the number has them.
 *
 * @param count how many digits count as the end. Where an area code may be set apart, the end does not reach into it:
 *   `%55552671%` would miss `(415) 5552671`.
 */
export function endingSpellings(number: string, count: number, country?: string | null): string[] {
	const parsed = parseNumber(number, country);
	const digits = parsed ? parsed.nationalDigits : digitsOf(number);
	if (count <= 0 || digits.length < FEWEST_ENDING_DIGITS) return digits.length >= 3 ? [digits] : [];
	const official = parsed ? digitGroups(parsed.nationalFormat) : [digits];
	const local = hasAreaCode(official) ? official.slice(1).join('') : digits;
	const together = digits.slice(-Math.max(FEWEST_ENDING_DIGITS, Math.min(count, local.length)));
	const endings = [official, regrouped(digits)]
		.map((groups) => lastGroups(groups, count))
		.filter((groups) => groups.length > 1)
		.flatMap((groups) => [groups.join(' '), groups.join('-')]);
	return [...new Set([together, ...endings])].slice(0, 4);
}

/** As many of the last groups as fit into `count` digits, but at least six digits. */
function lastGroups(groups: string[], count: number): string[] {
	let from = groups.length;
	let length = 0;
	while (from > 0 && (length < FEWEST_ENDING_DIGITS || length + groups[from - 1].length <= count)) {
		from--;
		length += groups[from].length;
	}
	return groups.slice(from);
}
