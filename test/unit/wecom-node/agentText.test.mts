import fc from 'fast-check';
import { html as piece, markupOf } from '../../../nodes/pages/html';
import { textOfAgentHtml } from '../../../nodes/WeCom/texts/agentText';

it.each([
	['plain text', 'Good morning', 'Good morning'],
	['bold', 'It is <b>ready</b> <i>now</i>', 'It is ready now'],
	['line breaks', 'one<br>two<br/>three', 'one\ntwo\nthree'],
	[
		'lines of an editor',
		'<div>one</div><div>two</div><div><br></div><div>three</div>',
		'one\ntwo\n\nthree',
	],
	['paragraphs', '<p>one</p><p>two</p>', 'one\n\ntwo'],
	['line ends of the source', '<div>one\n  two</div>\n<div>three</div>', 'one two\nthree'],
	['a list', 'See:<ul><li>one</li><li>two</li></ul>bye', 'See:\n- one\n- two\nbye'],
	['a numbered list', '<ol><li>one</li><li>two</li></ol>', '1. one\n2. two'],
	[
		'a list in a list',
		'<ul><li>one<ol><li>two</li></ol></li><li>three</li></ul>',
		'- one\n  1. two\n- three',
	],
	['paragraphs in a list', '<ul><li><p>one</p></li><li>two</li></ul>', '- one\n- two'],
	[
		'a link',
		'Read <a href="https://a.example/x?y=1&amp;z=2">this</a>.',
		'Read this (https://a.example/x?y=1&z=2).',
	],
	['a link that shows its address', '<a href="https://a.example/">a.example</a>', 'a.example'],
	['a link without words', '<a href=https://a.example/x></a>', 'https://a.example/x'],
	[
		'a link that is none',
		'<a href="javascript:alert(1)">here</a> <a href="mailto:a@b.example">a@b.example</a>',
		'here a@b.example',
	],
	['spaces that do not break', 'one&nbsp;two&nbsp;&nbsp;&#160;three', 'one two   three'],
	['entities', '5 &lt; 6 &amp; &quot;x&quot; &#24320; &#x1F600;', '5 < 6 & "x" 开 😀'],
	['tags as text', '&lt;b&gt;not bold&lt;/b&gt;', '<b>not bold</b>'],
	[
		'scripts, styles and comments',
		'<style>p{}</style>a<script>alert("<b>")</script><!-- x > y -->b',
		'ab',
	],
	['brackets in attributes', '<img alt="a > b" src="x">done', 'done'],
	[
		'a table',
		'<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>',
		'a b\nc d',
	],
	['a bracket that opens no tag', 'a < b and c <3', 'a < b and c <3'],
	[
		'a quote of Gmail',
		'Yes<br><div class="gmail_quote">On Monday<blockquote>Old</blockquote></div>',
		'Yes',
	],
	['a quote of Zoho', '<div>Yes</div><div class="zmail_extra_x zmail_extra"><hr>Old</div>', 'Yes'],
	['a quote of Apple Mail', 'Yes<blockquote type="cite">Old</blockquote>', 'Yes'],
	['a quote with a line', 'Yes<blockquote style="border-left: 1px dotted">Old</blockquote>', 'Yes'],
	['a quote of Outlook', 'Yes<div id="divRplyFwdMsg">From: a</div>Old', 'Yes'],
	[
		'a line of Zoho Mail',
		'<div>Yes</div><div>---- On Mon, 02 Mar 2026 10:15:32 +0800 Eva wrote ----</div><div>Old</div>',
		'Yes',
	],
	['a line in Chinese', '<div>好</div><div>在 2026年3月2日，王芳 写道：</div><div>旧</div>', '好'],
	['a quotation of its own', 'He says<blockquote>Hello</blockquote>', 'He says\nHello'],
	['nothing', '<div><br></div>', ''],
])('%s', (_name, html, text) => {
	expect(textOfAgentHtml(html)).toBe(text);
});

it.each([
	['a comment without end', 'Yes<!-- No', 'Yes'],
	['a tag without end', 'Yes<a href="x', 'Yes'],
	['a quotation mark in an attribute', `<td width=5">Yes</td> it's`, "Yes it's"],
])('reads broken HTML as browsers do: %s', (_name, html, text) => {
	expect(textOfAgentHtml(html)).toBe(text);
});

// Each took minutes, in which n8n did nothing else.
it.each([
	['comments', '<!--'.repeat(50_000), ''],
	['quotation marks', '<a "'.repeat(50_000), ''],
	['attributes', '<a class="gm'.repeat(20_000), ''],
	['attributes without marks', `<a ${'class='.repeat(40_000)}>x`, 'x'],
	['links', '<a href=//>'.repeat(20_000) + '</a>'.repeat(20_000), ''],
	['blanks', '&nbsp;'.repeat(60_000) + 'x', 'x'],
	['tags and words', '<b>x</b> '.repeat(8_000), 'x '.repeat(8_000).trim()],
	['lines', '<p>-- </p>'.repeat(5_000), '--\n\n'.repeat(5_000).trim()],
])('takes many %s', (_name, html, text) => {
	expect(textOfAgentHtml(html)).toBe(text);
});

it('keeps every word that is not a tag', () => {
	fc.assert(
		fc.property(fc.array(fc.stringMatching(/^[!-~]{1,12}$/), { maxLength: 20 }), (words) => {
			const html = words.map((word) => markupOf(piece`<span title='"'>${word}</span>`)).join(' ');
			expect(textOfAgentHtml(html)).toBe(words.join(' '));
		}),
	);
});

it('takes any text', () => {
	fc.assert(
		fc.property(
			fc.string({ unit: fc.constantFrom('<', '>', 'a', '/', '"', ' ', '&', ';', 'li', '\n') }),
			(html) => {
				expect(textOfAgentHtml(html)).toBe(textOfAgentHtml(html).trim());
			},
		),
	);
});
