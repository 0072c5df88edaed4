import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';

import { ownerLogin } from './owner.mts';

/** A limit only ends what hangs: the largest template takes half a minute to be drawn on a machine that does other things. */
const HANGS_AFTER_MS = 120_000;

export interface OpenEditor {
	browser: Browser;
	/** Logged in as the owner. */
	page: Page;
	close(): Promise<void>;
}

/** Opens n8n in a real browser and logs the owner in. CHROMIUM_PATH says where Chromium is; default /usr/bin/chromium. */
export async function openEditor(n8nUrl: string): Promise<OpenEditor> {
	const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
	if (!existsSync(executablePath)) {
		throw new Error(
			`There is no browser at ${executablePath}. Install Chromium (Debian: apt-get install chromium) or set CHROMIUM_PATH.`,
		);
	}
	const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
	try {
		const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
		page.setDefaultTimeout(HANGS_AFTER_MS);
		await page.goto(`${n8nUrl}/signin`);
		await page.locator('input[type="email"]').fill(ownerLogin.email);
		await page.locator('input[type="password"]').fill(ownerLogin.password);
		await page.locator('[data-test-id="form-submit-button"]').click();
		await page.waitForURL((url) => !url.pathname.startsWith('/signin'));
		return { browser, page, close: () => browser.close() };
	} catch (error) {
		await browser.close();
		throw error;
	}
}

/**
 * Opens a workflow and waits until its nodes are drawn. From another workflow it goes by way of the overview, as a person
 * does: to load the whole editor anew takes longer than all else.
 */
export async function openWorkflow(
	{ page }: OpenEditor,
	n8nUrl: string,
	id: string,
): Promise<void> {
	const firstNode = page.locator('[data-test-id="canvas-node"]').first();
	if (new URL(page.url()).pathname.startsWith('/workflow/')) {
		await goInsideEditor(page, '/home/workflows');
		await firstNode.waitFor({ state: 'detached' });
		await goInsideEditor(page, `/workflow/${id}`);
	} else {
		await page.goto(`${n8nUrl}/workflow/${id}`);
	}
	await firstNode.waitFor();
}

/** As the browser's Back does: the editor, which is one page, notices the new address and shows what belongs there. */
async function goInsideEditor(page: Page, path: string): Promise<void> {
	await page.evaluate((address) => {
		window.history.pushState(null, '', address);
		window.dispatchEvent(new PopStateEvent('popstate'));
	}, path);
}
