/** How mail programs mark where the messages before begin; what comes below is theirs. */
const HTML_MARKS = [
	/<[a-z]+\b[^>]*\b(?:class|id)\s*=\s*["']?[^"'>]*\b(?:gmail_quote|gmail_attr|zmail_extra|yahoo_quoted|moz-cite-prefix|divRplyFwdMsg|x_divRplyFwdMsg|appendonsend|protonmail_quote)\b/i,
	/<blockquote\b[^>]*(?:\btype\s*=\s*["']?cite\b|border-left)/i,
];

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
	return upToFirst(html, HTML_MARKS);
}

/** A text down to where the history of an e-mail begins. */
export function withoutQuotedLines(text: string): string {
	return upToFirst(text, LINE_MARKS).trimEnd();
}

function upToFirst(text: string, marks: readonly RegExp[]): string {
	const places = marks.map((mark) => text.search(mark)).filter((place) => place >= 0);
	return places.length === 0 ? text : text.slice(0, Math.min(...places));
}
