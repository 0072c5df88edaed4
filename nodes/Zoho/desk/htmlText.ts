import { withoutEntities } from '../../html/entities';
import { callIdLine, mentionsCall } from '../callLog/texts';

/** A start tag, and not a number in angle brackets as in the facts of a call. */
const TAG = /<[a-z][^>]*>/i;

const RECORDING_LINK_LABEL = 'Recording link: ';

/** A text for a field that Zoho Desk shows as HTML: what holds no tag keeps its line breaks and angle brackets. */
export function htmlOf(text: string): string {
	return TAG.test(text) ? text : escapedHtml(text);
}

/** A text without any HTML of its own, such as the facts of a call, in which a caller may be named `<eva>`. */
export function escapedHtml(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replace(/\r?\n/g, '<br>');
}

/**
 * HTML with a line that leads to the recording: the last one, but for the line by which the call is recognised.
 *
 * @param link an absolute address; empty adds nothing
 * @param callId null if the text is about no call
 */
export function htmlWithRecordingLink(html: string, link: string, callId: string | null): string {
	if (link === '') return html;
	const address = link.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
	const line = `${RECORDING_LINK_LABEL}<a href="${address}">${htmlOf(link)}</a>`;
	return withLineAboveCallId(
		html,
		line,
		'<br>',
		callId === null ? null : htmlOf(callIdLine(callId)),
	);
}

/** The same for plain text, in which Zoho Desk makes a link of the address. */
export function textWithRecordingLink(text: string, link: string, callId: string): string {
	if (link === '') return text;
	return withLineAboveCallId(text, `${RECORDING_LINK_LABEL}${link}`, '\n', callIdLine(callId));
}

function withLineAboveCallId(
	text: string,
	line: string,
	lineBreak: string,
	lastLine: string | null,
): string {
	if (text === '') return line;
	if (lastLine === null || !text.endsWith(lastLine)) return `${text}${lineBreak}${line}`;
	const above = text.slice(0, -lastLine.length);
	return `${above}${line}${lineBreak}${lastLine}`;
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
	const withoutTags = html
		.replace(/<br\s*\/?>|<\/?(?:div|p|li|tr)\b[^>]*>/gi, '\n')
		.replace(/<\/?[a-z][^>]*>/gi, '');
	return withoutEntities(withoutTags).trim();
}

/**
 * The letters and digits of a text, by which two forms of it are compared: Zoho may give it back with marks of its own,
 * such as line breaks and quotation marks in another form.
 *
 * @param contentType how Zoho reads the text; absent for a text that it has given back
 */
export function lettersOf(text: unknown, contentType: 'html' | 'plainText' = 'html'): string {
	const plain = contentType === 'plainText' ? String(text) : textOfHtml(text);
	return plain.normalize('NFKC').replace(/[^\p{Letter}\p{Number}]/gu, '');
}
