import { tagsIn, type HtmlTag } from './htmlTags';

/** How mail programs mark the element in which the messages before stand; what comes below is theirs. */
const CLASS_OR_ID =
	/\b(?:class|id)\s*=\s*["']?[^"'>]*\b(?:gmail_quote|gmail_attr|zmail_extra|yahoo_quoted|moz-cite-prefix|divRplyFwdMsg|x_divRplyFwdMsg|appendonsend|protonmail_quote)\b/i;
const QUOTE = /\btype\s*=\s*["']?cite\b|border-left/i;
/** The marks stand near the beginning; nobody has to search a tag without end. */
const SEARCHED_LENGTH = 500;

/** The line that mail programs put above them in texts, at the beginning of a line. */
const LINE_MARKS = [
	/^-{2,}\s*(?:On\b.{5,200}\bwrote\b.{0,5}|.{0,200}写道.{0,5})$/m,
	/^On\b.{5,200}\bwrote:$/m,
	/^在.{5,200}写道[：:]$/m,
	/^-{2,}\s*(?:Original Message|Forwarded message|原始邮件|转发邮件)\s*-{2,}$/im,
	/^_{20,}\n+(?:From|发件人)[:：]/m,
];

/** HTML down to where the history of an e-mail begins. */
export function withoutQuotedHtml(html: string): string {
	for (const tag of tagsIn(html)) if (beginsHistory(tag)) return html.slice(0, tag.start);
	return html;
}

function beginsHistory({ name, isEndTag, attributes }: HtmlTag): boolean {
	if (isEndTag) return false;
	const searched = attributes.slice(0, SEARCHED_LENGTH);
	return CLASS_OR_ID.test(searched) || (name === 'blockquote' && QUOTE.test(searched));
}

/** A text down to where the history of an e-mail begins. */
export function withoutQuotedLines(text: string): string {
	const places = LINE_MARKS.map((mark) => text.search(mark)).filter((place) => place >= 0);
	return text.slice(0, Math.min(text.length, ...places)).trimEnd();
}
