import type { Locator, Page } from 'playwright-core';

import { nodeOnCanvas } from './canvas.mts';

/** Opens a node's panel with a double click and answers the panel. */
export async function openNodePanel(page: Page, node: string): Promise<Locator> {
	await nodeOnCanvas(page, node).locator('.n8n-node-icon').dblclick();
	const panel = page.locator('[data-test-id="ndv"]');
	await panel.locator('[data-test-id="node-parameters"]').waitFor();
	return panel;
}

export async function closeNodePanel(page: Page): Promise<void> {
	await page.locator('[data-test-id="ndv-close-button"]').click();
	await page.locator('[data-test-id="ndv"]').waitFor({ state: 'hidden' });
}

/** Titles of the settings that a panel shows, from top to bottom. */
export async function shownSettings(panel: Locator): Promise<string[]> {
	const titles = panel.locator(
		'[data-test-id="node-parameters"] [data-test-id="input-label"]:visible [class*="_title_"]',
	);
	return (await titles.allInnerTexts()).map((title) => title.trim());
}
