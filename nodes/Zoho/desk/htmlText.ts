import { callIdLine, mentionsCall } from '../callLog/texts';

/** A start tag, and not a number in angle brackets as in the facts of a call. */
const TAG = /<[a-z][^>]*>/i;

/** A text for a field that Zoho Desk shows as HTML: what holds no tag keeps its line breaks and angle brackets. */
export function htmlOf(text: string): string {
	if (TAG.test(text)) return text;
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replace(/\r?\n/g, '<br>');
}

/** As `htmlOf`, with the line by which the call is recognised below it. */
export function htmlWithCallIdLine(text: string, callId: string): string {
	if (mentionsCall(text, callId)) return htmlOf(text);
	const above = htmlOf(text.trim());
	return above ? `${above}<br>${htmlOf(callIdLine(callId))}` : htmlOf(callIdLine(callId));
}

/** The text in HTML, a line for each block, whatever marks Zoho Desk has added. */
export function textOfHtml(html: unknown): string {
	if (typeof html !== 'string') return '';
	return html
		.replace(/<br\s*\/?>|<\/?(?:div|p|li|tr)\b[^>]*>/gi, '\n')
		.replace(/<\/?[a-z][^>]*>/gi, '')
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&nbsp;', ' ')
		.replaceAll('&amp;', '&')
		.trim();
}
