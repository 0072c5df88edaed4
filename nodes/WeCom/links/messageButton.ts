import { html, markupOf } from '../../pages/html';

const STYLE =
	'display:inline-block;padding:10px 20px;border-radius:6px;background:#07c160;color:#fff;font:600 16px/1.4 sans-serif;text-decoration:none';

/** HTML of a button for a web page, which opens the conversation in WeChat. It needs no script. */
export function messageButton(url: string, text: string): string {
	return markupOf(
		html`<a href="${url}" target="_blank" rel="noopener" style="${STYLE}">${text}</a>`,
	);
}
