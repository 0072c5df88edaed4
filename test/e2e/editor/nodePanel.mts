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

/** Titles of the settings that a panel or dialog shows, from top to bottom, those on other tabs left out. */
export async function shownSettings(panel: Locator): Promise<string[]> {
	const titles = await panel
		.locator('[data-test-id="node-parameters"] [data-test-id="input-label"]:visible')
		.evaluateAll((labels) =>
			labels.map((label) => label.querySelector('label')?.textContent?.trim() ?? ''),
		);
	return titles.filter((title) => title !== '');
}
