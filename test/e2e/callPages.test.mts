import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

import { languageOf } from '../../nodes/pages/language';
import { contrastsBelow } from './pages/contrast.mts';
import { startPageServer, type PageServer } from './pages/pageServer.mts';
import { dialing, shownPages } from './pages/shownPages.mts';
import { until } from './stack/until.mts';

const pictures = join(process.cwd(), 'test', 'output', 'pages');
const elsewhere = () => server.url('/elsewhere');

let browser: Browser;
let server: PageServer;
/** In which state the page of a call is shown when it is asked for with the call. */
let callState: 'connected' | 'ended' = 'ended';

beforeAll(async () => {
	const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
	if (!existsSync(executablePath)) {
		throw new Error(`There is no browser at ${executablePath}. Set CHROMIUM_PATH.`);
	}
	mkdirSync(pictures, { recursive: true });
	browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
	server = await startPageServer(({ method, path, query }) => {
		const language = languageOf(query.lang);
		if (path === '/ready') {
			return method === 'POST' ? 'nothing' : dialing('ready', { language, query });
		}
		if (path === '/click-to-call') {
			if (method === 'POST') return dialing('ringing', { language, query });
			return dialing(query.call === undefined ? 'ready' : callState, { language, query });
		}
		const page = shownPages[path.slice(1)];
		return page ? page({ language, query, elsewhere: elsewhere() }) : null;
	});
});
afterAll(async () => {
	await browser?.close();
	await server?.close();
});
beforeEach(() => {
	server.requests.length = 0;
});

const requestsOf = (method: string) =>
	server.requests.filter((request) => request.method === method);

/** Runs with a page of its own and fails if the browser complains about something, such as a policy. */
async function inBrowser(
	options: BrowserContextOptions,
	work: (page: Page) => Promise<void>,
): Promise<void> {
	const context = await browser.newContext(options);
	const complaints: string[] = [];
	try {
		const page = await context.newPage();
		page.on('console', (message) => {
			if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
		});
		page.on('pageerror', (error) => complaints.push(error.message));
		await work(page);
		expect(complaints).toEqual([]);
	} finally {
		await context.close();
	}
}

const sizes = [
	{ width: 360, height: 720 },
	{ width: 1280, height: 800 },
];
const looks = sizes.flatMap((viewport) =>
	(['light', 'dark'] as const).map((colorScheme) => ({ viewport, colorScheme })),
);

describe.each([...Object.keys(shownPages), 'ready'])('the page %s', (name) => {
	it.each(looks)('is readable at $viewport.width px, $colorScheme', async (look) => {
		await inBrowser(look, async (page) => {
			for (const lang of ['en', 'zh']) {
				// A page that sends itself never tells that it has loaded.
				await page.goto(server.url(`/${name}?lang=${lang}`), { waitUntil: 'commit' });
				await page.locator('h1').waitFor();
				expect(await page.locator('h1').count()).toBe(1);
				expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(
					look.viewport.width,
				);
				expect(await page.evaluate(() => getComputedStyle(document.body).margin)).toBe('0px');
				expect(await page.evaluate(contrastsBelow, 4.5)).toEqual([]);
				await page.screenshot({
					path: join(pictures, `${name}-${look.viewport.width}-${look.colorScheme}-${lang}.png`),
					fullPage: true,
				});
			}
		});
	});

	it('asks nobody for anything', async () => {
		await inBrowser({ javaScriptEnabled: false }, async (page) => {
			const asked: string[] = [];
			page.on('request', (request) => asked.push(request.url()));
			const address = server.url(`/${name}?lang=en`);
			await page.goto(address);
			expect(asked.filter((url) => !url.startsWith(address))).toEqual([]);
		});
	});
});

describe('with the keyboard alone', () => {
	/** What has the focus, and whether one sees that it has. */
	const focused = async (page: Page) =>
		await page.evaluate(() => {
			const element = document.activeElement as HTMLElement;
			const outlines = [null, '::after'].map((part) => getComputedStyle(element, part));
			return {
				text: (element.innerText || element.getAttribute('name') || '').split('\n')[0].trim(),
				isSeen: outlines.some(
					({ outlineStyle, outlineWidth }) =>
						outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2,
				),
			};
		});

	async function tabStops(page: Page, count: number): Promise<string[]> {
		const stops: string[] = [];
		for (let index = 0; index < count; index++) {
			await page.keyboard.press('Tab');
			const { text, isSeen } = await focused(page);
			stops.push(isSeen ? text : `${text} (focus not seen)`);
		}
		return stops;
	}

	it('a record is chosen', async () => {
		await inBrowser({}, async (page) => {
			await page.goto(server.url('/chooseRecord?lang=en'));
			expect(await tabStops(page, 2)).toEqual(['王芳', 'Wang Fang']);
			await page.keyboard.press('Enter');
			await page.waitForURL(`${elsewhere()}?record=2`);
		});
	});

	it('a lead is created', async () => {
		await inBrowser({ viewport: sizes[0] }, async (page) => {
			await page.goto(server.url('/newCaller?lang=en'));
			expect(await tabStops(page, 3)).toEqual([
				'Create a lead',
				'Create a ticket',
				'New contact in Zoho CRM',
			]);
			await page.keyboard.press('Shift+Tab');
			await page.keyboard.press('Shift+Tab');
			await page.keyboard.press('Enter');
			expect(await tabStops(page, 6)).toEqual([
				'name',
				'company',
				'email',
				'note',
				'number',
				'Create',
			]);
			for (let index = 0; index < 5; index++) await page.keyboard.press('Shift+Tab');
			await page.keyboard.type('Wang Fang');
			await page.screenshot({ path: join(pictures, 'newCaller-form.png'), fullPage: true });
			await page.keyboard.press('Enter');
			await page.waitForURL(`${elsewhere()}?new=lead`);
			expect(requestsOf('POST')).toEqual([
				expect.objectContaining({
					query: { new: 'lead' },
					body: {
						kind: 'lead',
						name: 'Wang Fang',
						company: '',
						email: '',
						note: '',
						number: '+86 755 2660 1234',
					},
				}),
			]);
		});
	});

	it('further tickets are read, and one is opened in a tab without the fences of n8n', async () => {
		await inBrowser({}, async (page) => {
			await page.goto(server.url('/tickets?lang=en&user=anna'));
			const [first, second] = await tabStops(page, 2);
			expect(first).toMatch(/^New ticket/);
			expect(second).toMatch(/^Invoice/);
			const [ticket] = await Promise.all([
				page.waitForEvent('popup'),
				page.keyboard.press('Enter'),
			]);
			await ticket.waitForURL(`${elsewhere()}?ticket=0`);
			expect(await ticket.evaluate(() => window.origin)).toBe(new URL(elsewhere()).origin);
			await page.locator('a[rel=next]').focus();
			await page.keyboard.press('Enter');
			await page.getByText('Page 2 of 5').waitFor();
			expect(server.requests.at(-1)).toMatchObject({ query: { user: 'anna', page: '2' } });
		});
	});
});

describe('screen readers', () => {
	it('are told of table, heads, fields and state', async () => {
		await inBrowser({ viewport: sizes[0] }, async (page) => {
			await page.goto(server.url('/tickets?lang=en'));
			const table = page.getByRole('table');
			expect(await table.getByRole('columnheader').allInnerTexts()).toEqual([
				'Ticket',
				'Status',
				'Assignee',
				'Opened',
			]);
			expect(await table.getByRole('row').count()).toBe(13);
			await page.goto(server.url('/newCaller?lang=en'));
			await page.getByText('Create a ticket').click();
			expect(await page.getByRole('textbox', { name: 'Subject' }).isVisible()).toBe(true);
			await page.goto(server.url('/failed?lang=en'));
			expect(await page.getByRole('alert').innerText()).toBe('The call did not go through');
		});
	});
});

describe('inside a frame of the CRM', () => {
	it('records open in the whole window, tickets in a new tab', async () => {
		await inBrowser({}, async (page) => {
			const frame = (name: string) =>
				server
					.url(
						`/crm?html=${encodeURIComponent(`<iframe src="/${name}?lang=en" width=700 height=600>`)}`,
					)
					.replace('127.0.0.1', 'localhost');
			await page.goto(frame('tickets'));
			const [ticket] = await Promise.all([
				page.waitForEvent('popup'),
				page.frameLocator('iframe').getByRole('link', { name: 'Invoice' }).first().click(),
			]);
			await ticket.waitForURL(`${elsewhere()}?ticket=0`);
			await page.goto(frame('chooseRecord'));
			await page.frameLocator('iframe').getByRole('link', { name: '王芳' }).click();
			await page.waitForURL(`${elsewhere()}?record=1`);
		});
	});
});

describe('click to call', () => {
	const address = () => server.url('/click-to-call?user=anna&number=%2B8675526601234');

	it('dials once, follows the call, and neither loading again nor going back dials', async () => {
		callState = 'connected';
		await inBrowser({}, async (page) => {
			await page.goto(elsewhere());
			await page.goto(address());
			await page.getByText('Connected').waitFor();
			expect(requestsOf('POST')).toEqual([
				expect.objectContaining({
					query: { user: 'anna', number: '+8675526601234' },
					body: { once: 'f3b9c1de-0000-4000-8000-000000000000' },
				}),
			]);
			callState = 'ended';
			await page.getByText('Call ended').waitFor();
			expect(server.requests.at(-1)?.query).toMatchObject({
				user: 'anna',
				number: '+8675526601234',
				call: '1772435720.42',
			});
			await page.reload();
			await page.getByText('Call ended').waitFor();
			await page.goto(elsewhere());
			await page.goBack();
			await page.getByRole('button').waitFor();
			expect(requestsOf('POST')).toHaveLength(1);
		});
	});

	it('a page that is loaded again, or come back to, waits for the button', async () => {
		await inBrowser({}, async (page) => {
			const button = page.getByRole('button');
			const label = async () => await button.innerText();
			await page.goto(server.url('/ready'), { waitUntil: 'commit' });
			await until(() => requestsOf('POST').length === 1, { what: 'the call' });
			expect(await label()).toBe('Calling…');
			expect(await button.isDisabled()).toBe(true);
			await page.reload();
			expect(await label()).toBe('Call');
			await page.goto(elsewhere());
			await page.goBack();
			expect(await label()).toBe('Call');
			expect(requestsOf('POST')).toHaveLength(1);
			await button.dblclick();
			await until(() => requestsOf('POST').length === 2, { what: 'the second call' });
			expect(await label()).toBe('Calling…');
		});
	});

	it('a page that the browser renders ahead, or keeps in the background, waits until it is seen', async () => {
		await inBrowser({}, async (page) => {
			await page.addInitScript(() => {
				const seen = { prerendering: true, visibilityState: 'hidden' };
				Object.assign(window, { seen });
				for (const name of ['prerendering', 'visibilityState'] as const) {
					Object.defineProperty(document, name, { get: () => seen[name] });
				}
			});
			const becomes = async (changed: object, event: string) =>
				await page.evaluate(
					([values, name]) => {
						Object.assign((window as unknown as { seen: object }).seen, values);
						document.dispatchEvent(new Event(name as string));
					},
					[changed, event] as const,
				);
			const label = async () => await page.getByRole('button').innerText();
			await page.goto(server.url('/ready'));
			expect(await label()).toBe('Call');
			await becomes({ prerendering: false }, 'prerenderingchange');
			expect(await label()).toBe('Call');
			await becomes({ visibilityState: 'visible' }, 'visibilitychange');
			expect(await label()).toBe('Calling…');
			await until(() => requestsOf('POST').length === 1, { what: 'the call' });
			await becomes({}, 'visibilitychange');
			expect(requestsOf('POST')).toHaveLength(1);
		});
	});

	it('works without scripts, by the button', async () => {
		callState = 'ended';
		await inBrowser({ javaScriptEnabled: false }, async (page) => {
			await page.goto(address());
			expect(requestsOf('POST')).toEqual([]);
			await page.keyboard.press('Tab');
			await page.keyboard.press('Enter');
			await page.getByText('Call ended').waitFor();
			expect(requestsOf('POST')).toHaveLength(1);
		});
	});
});
