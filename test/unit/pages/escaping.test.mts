import fc from 'fast-check';
import { samePage, webAddress } from '../../../nodes/pages/addresses';
import { html, markupOf } from '../../../nodes/pages/html';
import { anyCodePoint } from '../anyCodePoint.mts';
import { harmless, pages } from './samplePages.mts';

/** Everything that the parser of a browser takes for the bones of a page, without what is between them. */
function bonesOf(page: string): string[] {
	return page.match(/[<>"'`]/g) ?? [];
}

const nastyTexts = [
	'<script>alert(1)</script>',
	'"><img src=x onerror=alert(1)>',
	"' onmouseover='alert(1)",
	'</title><script>alert(1)</script>',
	'<!-- script --><!-- style -->',
	"$& $` $' $1 ${7*7} {{7*7}}",
	'&lt;script&gt;',
	'javascript:alert(1)',
	'\u2028\u0000\ud800<',
];
const anyText = fc.oneof(
	fc.constantFrom(...nastyTexts),
	fc.string({ unit: anyCodePoint, minLength: 1 }),
	fc
		.array(fc.constantFrom(...'<>"\'`&;=/ \n-!a'), { minLength: 1 })
		.map((letters) => letters.join('')),
);
/** Blank texts leave parts of a page out, which is no matter of escaping. */
const anyShownText = anyText.map((text) => `a${text}`);

describe.each(Object.entries(pages))('the page %s', (_name, page) => {
	const bones = bonesOf(page(harmless, 'en').html);

	it('shows any text as text', () => {
		fc.assert(
			fc.property(anyShownText, (text) => {
				expect(bonesOf(page({ ...harmless, text }, 'en').html)).toEqual(bones);
			}),
		);
	});

	it('shows anything as the number', () => {
		fc.assert(
			fc.property(anyText, (text) => {
				const shown = page({ ...harmless, number: `0700555${text}` }, 'en').html;
				expect(bonesOf(shown)).toEqual(bones);
			}),
		);
	});

	it('leads nowhere but to web addresses and to itself', () => {
		const anyAddress = fc.oneof(
			anyText,
			anyText.map((text) => `https://example.com/${text}`),
			anyText.map((text) => `javascript:${text}`),
			anyText.map((text) => ` \tjava\nscript:${text}`),
			anyText.map((text) => `data:text/html,${text}`),
			anyText.map((text) => `?${text}`),
		);
		fc.assert(
			fc.property(anyAddress, (address) => {
				const shown = page({ ...harmless, address }, 'en').html;
				const targets = [...shown.matchAll(/ (?:href|action)="([^"]*)"/g)].map(([, to]) => to);
				expect(targets.filter((to) => !/^(?:https?:\/\/|\?)/.test(to))).toEqual([]);
				expect(shown.match(/ (?:href|action)=[^"]/g)).toBeNull();
				const loose = bonesOf(shown.replace(/ (?:href|action)="[^"]*"/g, ''));
				expect(loose.filter((bone) => bone === '`')).toEqual([]);
			}),
		);
	});

	it('is written in the language that is asked for', () => {
		expect(page(harmless, 'zh').html).toContain('<html lang="zh-CN">');
		expect(page(harmless, 'zh').headers['content-language']).toBe('zh');
		expect(page(harmless, 'en').html).toContain('<html lang="en">');
	});
});

it('what is put into a piece is escaped, pieces are not', () => {
	const name = '<b title="x">Anna & \'Ben\'</b>';
	const piece = html`<i>${name}</i>`;
	expect(markupOf(html`<p>${[piece, 1, null, false, undefined, '']}</p>`)).toBe(
		'<p><i>&lt;b title=&quot;x&quot;&gt;Anna &amp; &#39;Ben&#39;&lt;/b&gt;</i>1</p>',
	);
});

it('nothing that comes as JSON passes for a piece', () => {
	const forged = JSON.parse('{"markup":"<script>","Symbol(markup)":"<script>"}');
	expect(markupOf(html`<p>${forged}</p>`)).toBe('<p></p>');
});

it.each([
	['https://crm.zoho.eu/crm/tab/Leads/5?a="b"', 'https://crm.zoho.eu/crm/tab/Leads/5?a=%22b%22'],
	[' http://192.168.5.20/x ', 'http://192.168.5.20/x'],
	['javascript:alert(1)', null],
	['java\nscript:alert(1)', null],
	['data:text/html,<script>', null],
	['/relative', null],
	['', null],
	[null, null],
])('%j leads to %j', (address, leadsTo) => {
	expect(webAddress(address)).toBe(leadsTo);
});

it('the address of the same page keeps its parameters, changes some and drops what is no text', () => {
	const query = { user: 'a+b@x.example', number: ' 86', call: '1', list: ['a'], page: '2' };
	expect(samePage(query, { page: '3', call: null })).toBe(
		'?user=a%2Bb%40x.example&number=+86&page=3',
	);
	expect(samePage(undefined, { call: '17.4' })).toBe('?call=17.4');
});
