/** Only this file can make one, so whatever else goes into a page is text and gets escaped. */
const MARKUP = Symbol('markup');

/** A piece of a page. JSON cannot hold one, whatever somebody puts into it. */
export interface Html {
	readonly [MARKUP]: string;
}

/** What may stand in a page: text, other pieces, lists of both; nothing for null, undefined, false and ''. */
export type HtmlPart = Html | string | number | false | null | undefined | readonly HtmlPart[];

/**
 * Makes a piece of a page: ``html`<p title="${name}">${name}</p>` ``. What is put in is escaped unless it is a piece
 * itself. In attributes the quotation marks belong around it; scripts and styles are `fixedMarkup`.
 */
export function html(literals: TemplateStringsArray, ...parts: HtmlPart[]): Html {
	const markup = literals.map((literal, index) => literal + markupOfPart(parts[index])).join('');
	return { [MARKUP]: markup };
}

/** A piece without anything put in: what the author of a page has written and nobody else. */
export function fixedMarkup(literals: TemplateStringsArray): Html {
	return { [MARKUP]: literals.join('') };
}

export function markupOf(piece: Html): string {
	return piece[MARKUP];
}

function markupOfPart(part: HtmlPart): string {
	if (part === null || part === undefined || part === false) return '';
	if (typeof part === 'string' || typeof part === 'number') return escaped(String(part));
	if (isList(part)) return part.map(markupOfPart).join('');
	return MARKUP in part ? part[MARKUP] : '';
}

function isList(part: Html | readonly HtmlPart[]): part is readonly HtmlPart[] {
	return Array.isArray(part);
}

const ENTITIES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
	'`': '&#96;',
};

/** Control characters and halves of characters are left out: HTML has no way to write them. */
function escaped(text: string): string {
	return text
		.replace(/\p{Cs}/gu, '')
		.replace(/[&<>"'`]/g, (character) => ENTITIES[character])
		.replace(/\p{Cc}/gu, (character) => ('\t\n\r'.includes(character) ? ' ' : ''));
}
