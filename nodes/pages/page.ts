import { createHash } from 'crypto';
import { fixedMarkup, html, markupOf, type Html } from './html';
import type { Language } from './language';
import { style } from './style';

export interface PageContent {
	language: Language;
	title: string;
	body: Html;
	/** Tables take the whole width, everything else stays in a narrow column. */
	isWide?: true;
	/** Runs when the page is there; the pages work without it as well. */
	script?: string;
	/** The page is replaced by that of another address after some seconds. */
	next?: { address: string; seconds: number };
}

/** What the answer to a browser needs. */
export interface Page {
	html: string;
	/** Names in lower case. */
	headers: Record<string, string>;
}

/**
 * A whole page. n8n puts `Content-Security-Policy: sandbox …` without `allow-same-origin` on answers of webhooks: the
 * page has an origin of its own, without storage and cookies, and may run scripts, send forms and open windows. The
 * policy here allows the one style and the one script of the page in addition, by their hashes, and no other load: even
 * a mistake in the escaping would run nothing and call nobody.
 */
export function pageOf({ language, title, body, isWide, script, next }: PageContent): Page {
	const policy = [
		"default-src 'none'",
		`style-src '${sourceHash(style)}'`,
		...(script === undefined ? [] : [`script-src '${sourceHash(script)}'`]),
		"base-uri 'none'",
		'form-action http: https:',
	].join('; ');
	const document = html`<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
${next && html`<meta http-equiv="refresh" content="${next.seconds};url=${next.address}" />`}
<title>${title}</title>
${PLACE_OF_STYLE}
</head>
<body>
<main${isWide && fixedMarkup` class="wide"`}>
${body}
</main>
${script !== undefined && PLACE_OF_SCRIPT}
</body>
</html>
`;
	const text = markupOf(document)
		.replace(markupOf(PLACE_OF_STYLE), () => `<style>${style}</style>`)
		.replace(markupOf(PLACE_OF_SCRIPT), () => `<script>${script}</script>`);
	return { html: text, headers: { ...HEADERS, 'content-language': language } };
}

/** Texts that are put in cannot hold these, since their angle brackets get escaped. */
const PLACE_OF_STYLE = fixedMarkup`<!-- style -->`;
const PLACE_OF_SCRIPT = fixedMarkup`<!-- script -->`;

const HEADERS = {
	'content-type': 'text/html; charset=utf-8',
	// The page is about one customer and one moment.
	'cache-control': 'no-store',
	// The address of the page holds a signature that no other site needs to know.
	'referrer-policy': 'no-referrer',
	'x-content-type-options': 'nosniff',
	'x-robots-tag': 'noindex',
};

function sourceHash(source: string): string {
	return `sha256-${createHash('sha256').update(source, 'utf8').digest('base64')}`;
}
