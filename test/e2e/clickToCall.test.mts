import type { Page } from 'playwright-core';

import { signedLink } from '../../nodes/links/signLink';
import type { LinkClaims } from '../../nodes/links/Link';
import { startPageStack, type PageStack } from './pages/pageStack.mts';
import { until } from './stack/until.mts';

let stack: PageStack;
/** By extension. */
let links: Map<string, Record<string, string>>;

beforeAll(async () => {
	stack = await startPageStack('click-to-call', { country: 'CN', clicksPerMinute: 3 });
	links = new Map((await stack.links()).map((link) => [link.extension, link]));
});
afterAll(async () => await stack?.stop());
beforeEach(() => {
	Object.assign(stack.pbx.dialPlan, { outcome: 'answered', staysLive: false });
});

const emailOf = (extension: string) =>
	stack.pbx.company.extensions.find(({ number }) => number === extension)?.email ?? '';

/** As the button in Zoho CRM signs it: number included, the extension left to the workflow. */
function buttonLink(number: string, claims: Partial<LinkClaims>, name = ''): string {
	const link = signedLink(
		`${stack.n8n.url}/webhook/callbridge-click-to-call`,
		{ purpose: 'clickToCall', extension: '', user: '', expires: 0, ...claims },
		[
			{ name: 'number', value: number, kind: 'signed' },
			{ name: 'name', value: name, kind: 'unsigned' },
		],
		stack.signingKey,
	);
	if ('refusal' in link) throw new Error(link.refusal);
	return link.url;
}
const linkFor = (extension: string, number: string) =>
	buttonLink(number, { user: emailOf(extension) });

const send = async (url: string, once: string) =>
	await fetch(url, { method: 'POST', body: new URLSearchParams({ once }) });
const shownIn = async (answer: Response) => (await answer.text()).replace(/^[\s\S]*<main/, '<main');

const dialled = () =>
	stack.pbx.requests
		.filter(({ path }) => path === 'call/dial')
		.map(({ body }) => body as { caller: string; callee: string });
const dialledBy = (extension: string) =>
	dialled()
		.filter(({ caller }) => caller === extension)
		.map(({ callee }) => callee);

const stateIs = async (page: Page, text: string) =>
	await page.locator('.state').filter({ hasText: text }).waitFor();

async function hangUp(): Promise<void> {
	for (const { end } of [...stack.pbx.liveCalls]) await end();
}

it('a click dials once; the page shows ringing, connected and the end', async () => {
	Object.assign(stack.pbx.dialPlan, { outcome: 'calleeUnanswered', staysLive: true });
	const tab = await stack.openTab('zh-CN');
	const link = buttonLink('0755-2660 1234', { user: emailOf('1001').toUpperCase() }, '王芳 <CN>');
	await tab.goto(link, { waitUntil: 'commit' });
	await stateIs(tab, '正在振铃');
	expect(await tab.locator('h1').innerText()).toBe('王芳 <CN>');
	expect(dialledBy('1001')).toEqual(['+8675526601234']);
	await tab.waitForURL(/[?&]call=/);
	await stateIs(tab, '正在振铃');
	await stack.picture(tab, 'ringing');
	await hangUp();
	await tab.locator('.state.bad').waitFor();
	expect(await tab.locator('blockquote').innerText()).toContain('NO ANSWER');
	await stack.picture(tab, 'not-answered');
	await tab.close();

	Object.assign(stack.pbx.dialPlan, { outcome: 'answered', staysLive: true });
	const other = await stack.openTab();
	await other.goto(linkFor('1002', '+8613800000001'), { waitUntil: 'commit' });
	await other.locator('.state.good').waitFor();
	await stack.picture(other, 'connected');
	await hangUp();
	await other.getByRole('button', { name: 'Call again' }).waitFor();
	expect(await other.locator('blockquote').count()).toBe(0);
	await stack.picture(other, 'ended');
	expect(dialledBy('1002')).toEqual(['+8613800000001']);
	await other.close();
});

describe('dialled once', () => {
	it('to look at the link, to fetch it ahead and to load the page again dial nothing', async () => {
		Object.assign(stack.pbx.dialPlan, { staysLive: true });
		const link = linkFor('1003', '075526601003');
		for (const purpose of ['', 'prefetch', 'prefetch;prerender']) {
			const answer = await fetch(link, { headers: { 'sec-purpose': purpose } });
			expect(await shownIn(answer)).toContain('data-calling');
		}
		expect(dialledBy('1003')).toEqual([]);
		const tab = await stack.openTab();
		await tab.goto(link, { waitUntil: 'commit' });
		await tab.waitForURL(/[?&]call=/);
		await tab.reload({ waitUntil: 'commit' });
		await stateIs(tab, 'Connected');
		expect(dialledBy('1003')).toHaveLength(1);
		await hangUp();
		await tab.close();
	});

	it('a double click without script, and the same form sent again', async () => {
		const context = await stack.browser.newContext({ javaScriptEnabled: false });
		const tab = await context.newPage();
		await tab.goto(linkFor('1004', '075526601004'));
		await tab.getByRole('button', { name: 'Call' }).dblclick();
		await until(() => dialledBy('1004').length > 0, { what: 'the call' });
		await tab.locator('.state, h1').first().waitFor();
		await context.close();
		const link = linkFor('1005', '075526601005');
		const answers = await Promise.all([send(link, 'a'), send(link, 'a'), send(link, 'b')]);
		expect(answers.map(({ status }) => status).sort()).toEqual([200, 429, 429]);
		expect((await send(linkFor('1005', '075526601105'), 'a')).status).toBe(429);
		expect([dialledBy('1004').length, dialledBy('1005').length]).toEqual([1, 1]);
	});

	it('a person who clicks on and on is stopped', async () => {
		const statuses: number[] = [];
		for (const last of [1, 2, 3, 4]) {
			const answer = await send(linkFor('1006', `07552660200${last}`), `click ${last}`);
			statuses.push(answer.status);
		}
		expect(statuses).toEqual([200, 200, 200, 429]);
		expect(dialledBy('1006')).toHaveLength(3);
	});
});

describe('refused before the PBX is asked', () => {
	it.each<[what: string, link: () => string, words: string]>([
		[
			'a link for another extension',
			() => links.get('1007')!.url.replace('extension=1007', 'extension=1008'),
			'This link is not genuine',
		],
		[
			'a changed number',
			() => linkFor('1007', '075526601007').replace('1007&', '9999&'),
			'This link is not genuine',
		],
		[
			'an expired link',
			() => buttonLink('075526601007', { extension: '1007', expires: 1 }),
			'no longer good',
		],
		[
			'a link without signature',
			() => linkFor('1007', '075526601007').replace(/signature=\w+/, ''),
			'This link is not signed',
		],
		[
			'a link for screen pop',
			() => buttonLink('075526601007', { extension: '1007', purpose: 'screenPop' }),
			'This link is for something else',
		],
		['an internal number', () => linkFor('1007', '1001'), 'Internal and short numbers'],
		['an emergency number', () => linkFor('1007', '110'), 'Internal and short numbers'],
		['a feature code', () => linkFor('1007', '*98'), 'no telephone number'],
		['a hidden number', () => linkFor('1007', 'anonymous'), 'no telephone number'],
		[
			'a user without extension',
			() => buttonLink('075526601007', { user: 'nobody@example.com' }),
			'No extension is bound to the user nobody@example.com',
		],
	])('%s', async (_what, link, words) => {
		const before = stack.pbx.requests.length;
		const answer = await send(link(), 'x');
		expect([answer.status, await shownIn(answer)]).toEqual([403, expect.stringContaining(words)]);
		expect(stack.pbx.requests.length).toBe(before);
	});

	it('numbers that the rules do not allow', async () => {
		await stack.changeDefaults({
			allowedPrefixes: '+86, +49',
			forbiddenPrefixes: '+861900',
			internalNumbers: true,
			outsidePrefix: '9',
			homeCode: '+86',
			homeAs: '0',
		});
		const statusOf = async (number: string) =>
			(await send(linkFor('1009', number), `rule ${number}`)).status;
		expect(await statusOf('+44 20 7946 0000')).toBe(403);
		expect(await statusOf('+8619001234567')).toBe(403);
		expect(await statusOf('+49 30 123456')).toBe(200);
		expect(await statusOf('0755 2660 1009')).toBe(200);
		expect(await statusOf('1001')).toBe(200);
		expect(dialledBy('1009')).toEqual(['9+4930123456', '9075526601009', '1001']);
		await stack.changeDefaults({
			allowedPrefixes: '',
			forbiddenPrefixes: '',
			internalNumbers: false,
			outsidePrefix: '',
			homeCode: '',
			homeAs: '',
		});
	});
});

describe('the PBX refuses', () => {
	it('at once: the page shows its words', async () => {
		stack.pbx.faults.answers = [{ kind: 'errcode', path: 'call/dial', errcode: 10005 }];
		const tab = await stack.openTab();
		await tab.goto(linkFor('1010', '075526601010'), { waitUntil: 'commit' });
		await tab.locator('.state.bad').waitFor();
		expect(await tab.locator('blockquote').innerText()).toContain(
			'The PBX denies access to this feature',
		);
		stack.pbx.faults.answers = [];
		await stack.picture(tab, 'refused');
		await tab.close();
	});

	it('a moment later: the page shows the reason in the call record', async () => {
		Object.assign(stack.pbx.dialPlan, { outcome: 'refusedAtOnce' });
		const tab = await stack.openTab();
		await tab.goto(linkFor('1011', '075526601011'), { waitUntil: 'commit' });
		await tab.locator('.state.bad').waitFor();
		expect(await tab.locator('blockquote').innerText()).toContain('NO Dial Permission');
		await stack.picture(tab, 'no-permission');
		await tab.close();
	});
});

it('a personal link and its bookmark call a number that is selected on any page', async () => {
	const { url, bookmark } = links.get('1012')!;
	expect(url).toMatch(/&number=\$\{Contacts\.Phone\}$/);
	const tab = await stack.openTab();
	await tab.setContent('<p>Call <b>+86 (755) 2660-1012</b></p>');
	await tab.locator('b').selectText();
	const [called] = await Promise.all([
		tab.context().waitForEvent('page'),
		tab.evaluate(
			(script) => {
				new Function(script)();
			},
			bookmark.replace('javascript:', ''),
		),
	]);
	await until(() => dialledBy('1012').length > 0, { what: 'the call' });
	expect(dialledBy('1012')).toEqual(['+8675526601012']);
	await called.close();
	await tab.close();
});
