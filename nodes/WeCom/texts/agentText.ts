import { withoutEntities } from '../../html/entities';
import { tagsIn, withTextOnly } from './htmlTags';
import { withoutQuotedHtml, withoutQuotedLines } from './quotedHistory';

interface Walk {
	text: string;
	/** The lists around the present place, outermost first; the number of the last entry, null without numbers. */
	lists: Array<number | null>;
	/** Of the links that are open: the address, and where the text of the link begins. */
	links: Array<{ address: string; start: number }>;
}

const BLOCKS = new Set(
	'address article blockquote div dd dl dt footer h1 h2 h3 h4 h5 h6 header hr ol section table tr ul'.split(
		' ',
	),
);

/**
 * What an agent has written with formatting, as a text for WeCom, which knows none (wecom-kf.md, 4.3): lines and lists
 * stay, the address of a link follows its words, the quoted history of an e-mail is left out.
 */
export function textOfAgentHtml(html: string): string {
	const walk: Walk = { text: '', lists: [], links: [] };
	const own = withoutQuotedHtml(withTextOnly(html));
	let position = 0;
	for (const { name, isEndTag, attributes, start, end } of tagsIn(own)) {
		addText(walk, own.slice(position, start));
		position = end;
		if (isEndTag) closeTag(walk, name);
		else openTag(walk, name, attributes);
	}
	addText(walk, own.slice(position));
	return withoutQuotedLines(tidied(walk.text));
}

function addText(walk: Walk, html: string): void {
	const text = html.replace(/[ \t\r\n\f]+/g, ' ');
	const isAtStart = walk.text === '' || endsInBlank(walk.text);
	walk.text += withoutEntities(isAtStart ? text.replace(/^ /, '') : text);
}

function endsInBlank(text: string): boolean {
	return /\s/.test(text.at(-1) ?? '');
}

function openTag(walk: Walk, name: string, attributes: string): void {
	if (name === 'br') walk.text += '\n';
	else if (name === 'p') beginParagraph(walk);
	else if (name === 'li') beginEntry(walk);
	else if (name === 'td' || name === 'th') beginCell(walk);
	else if (name === 'a') {
		walk.links.push({ address: addressIn(attributes), start: walk.text.length });
	} else if (BLOCKS.has(name)) beginLine(walk);
	if (name === 'ol') walk.lists.push(0);
	if (name === 'ul') walk.lists.push(null);
}

function closeTag(walk: Walk, name: string): void {
	if (name === 'a') endLink(walk);
	else if (name === 'p') beginParagraph(walk);
	else if (name === 'li' || BLOCKS.has(name)) beginLine(walk);
	if (name === 'ol' || name === 'ul') walk.lists.pop();
}

function beginLine(walk: Walk): void {
	if (/^ *(?:-|\d+\.) $/.test(lastLineOf(walk.text))) return;
	if (walk.text !== '' && !walk.text.endsWith('\n')) walk.text += '\n';
}

function beginParagraph(walk: Walk): void {
	beginLine(walk);
	if (walk.lists.length > 0) return;
	if (walk.text !== '' && !walk.text.endsWith('\n\n')) walk.text += '\n';
}

/** In which nothing but the mark of an entry may stand so far. */
function lastLineOf(text: string): string {
	return text.slice(text.lastIndexOf('\n') + 1);
}

function beginCell(walk: Walk): void {
	if (walk.text !== '' && !endsInBlank(walk.text)) walk.text += ' ';
}

function beginEntry(walk: Walk): void {
	beginLine(walk);
	const last = walk.lists.at(-1) ?? null;
	if (last !== null) walk.lists[walk.lists.length - 1] = last + 1;
	const indent = '  '.repeat(Math.max(0, walk.lists.length - 1));
	walk.text += `${indent}${last === null ? '-' : `${last + 1}.`} `;
}

function endLink(walk: Walk): void {
	const link = walk.links.pop();
	if (!link || link.address === '') return;
	const words = walk.text.slice(link.start).trim();
	if (words === '') walk.text += link.address;
	else if (bareAddress(words) !== bareAddress(link.address)) {
		walk.text = `${walk.text.trimEnd()} (${link.address})`;
	}
}

/** Only addresses of the web say more than the words of their link. */
function addressIn(attributes: string): string {
	const [, double, single, bare] =
		/\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i.exec(attributes) ?? [];
	const address = withoutEntities(double ?? single ?? bare ?? '').trim();
	return /^https?:\/\//i.test(address) ? address : '';
}

function bareAddress(address: string): string {
	return address
		.replace(/^https?:\/\//i, '')
		.replace(/\/$/, '')
		.toLowerCase();
}

function tidied(text: string): string {
	return text
		.split('\n')
		.map((line) => line.trimEnd())
		.join('\n')
		.replace(/\n{3,}/g, '\n\n')
		.trim();
}
