import { chromium, type Browser } from 'playwright-core';

import { signedLink } from '../../nodes/links/signLink';
import { clickToCallWorkflow, PATH } from './pages/clickToCallWorkflow.mts';
import { n8nPolicy } from './pages/pageServer.mts';
import { startStack, type Stack } from './stack/startStack.mts';

const signingKey = 'a key of the tests with 32 characters';

let stack: Stack;
let browser: Browser;

beforeAll(async () => {
	stack = await startStack();
	const keys = await stack.client.createCredential('callBridgeLinkApi', 'Links', { signingKey });
	const { id } = await stack.client.importWorkflow(clickToCallWorkflow(), {
		credentials: [...stack.credentials, keys],
	});
	await stack.client.publish(id);
	browser = await chromium.launch({
		executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
		args: ['--no-sandbox'],
	});
});
afterAll(async () => {
	await browser?.close();
	await stack?.stop();
});

function linkFor(number: string, expires = 0): string {
	const link = signedLink(
		`${stack.n8n.url}/webhook/${PATH}`,
		{ purpose: 'clickToCall', extension: '1001', user: 'anna@example.com', expires },
		[{ name: 'number', value: number, kind: 'signed' }],
		signingKey,
	);
	if ('refusal' in link) throw new Error(link.refusal);
	return link.url;
}

const dialled = () =>
	stack.pbx.requests.filter(({ path }) => path === 'call/dial').map(({ body }) => body);

it('a click dials once, and the page tells it', async () => {
	const page = await browser.newPage({ locale: 'zh-CN' });
	await page.goto(linkFor('+86 755 2660 1234'), { waitUntil: 'commit' });
	await page.getByRole('status').filter({ hasText: '正在振铃' }).waitFor();
	expect(await page.locator('h1').innerText()).toBe('+86 755 2660 1234');
	const before = dialled();
	expect(before).toEqual([expect.objectContaining({ caller: '1001', callee: '+8675526601234' })]);
	await page.goto(linkFor('+86 755 2660 1234'), { waitUntil: 'commit' });
	await page.getByRole('heading', { name: '已经在进行中' }).waitFor();
	expect(dialled()).toEqual(before);
	await page.close();
});

it('to look at the link dials nothing, and the answer is fenced and not kept', async () => {
	const before = dialled();
	const answer = await fetch(linkFor('+8613800000000'));
	expect(await answer.text()).toContain('<button data-calling="Calling…">Call</button>');
	expect(Object.fromEntries(answer.headers)).toMatchObject({
		'content-security-policy': n8nPolicy(),
		'content-type': 'text/html; charset=utf-8',
		'cache-control': 'no-store',
		'referrer-policy': 'no-referrer',
	});
	// A frame of Zoho CRM may show it.
	expect(answer.headers.get('x-frame-options')).toBeNull();
	expect(dialled()).toEqual(before);
});

it.each<[what: string, link: () => string, words: string]>([
	['forged', () => linkFor('0700').replace('1001', '1002'), 'This link is not genuine'],
	['expired', () => linkFor('0700', 1), 'This link is no longer good'],
	['unsigned', () => `${stack.n8n.url}/webhook/${PATH}?number=0700`, 'This link is not signed'],
])('a link that is %s is refused in words, also when it is sent', async (_what, link, words) => {
	const before = dialled();
	for (const method of ['GET', 'POST']) {
		const answer = await fetch(link(), {
			method,
			...(method === 'POST' ? { body: new URLSearchParams({ once: '1' }) } : {}),
		});
		expect(answer.status).toBe(403);
		expect(await answer.text()).toContain(words);
	}
	expect(dialled()).toEqual(before);
});
