import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';

import { openWorkflow, type OpenEditor } from '../stack/browser.mts';
import { outputFolder } from '../stack/packPackage.mts';
import { until } from '../stack/until.mts';
import type { SavedWorkflow } from '../stack/workflows.mts';

/** A node of the canvas that n8n cannot draw or that is not installed. */
export interface WrongNode {
	node: string;
	why: 'not installed' | 'unknown type' | 'no icon';
}

/** On a machine that does other things. */
const LONGEST_DRAWING_MS = 40_000;

const part = (testId: string) => `[data-test-id="${testId}"]`;

/** A node on the canvas by its name. */
export const nodeOnCanvas = (page: Page, name: string): Locator =>
	page.locator(`.vue-flow__node:has([data-node-name="${name}"])`).first();

/** Opens a workflow, waits until all of it is drawn, and shows the whole of it. */
export async function showWorkflow(
	editor: OpenEditor,
	n8nUrl: string,
	{ id, nodes, connections }: SavedWorkflow,
): Promise<void> {
	const { page } = editor;
	await openWorkflow(editor, n8nUrl, id);
	const areDrawn = async (timeout?: number) =>
		await waitForCount(page, '.vue-flow__node', nodes.length, timeout);
	// Seen once: some nodes were not drawn within two minutes. A person would load the page anew.
	await areDrawn(LONGEST_DRAWING_MS).catch(async () => {
		await page.goto(`${n8nUrl}/workflow/${id}`);
		await areDrawn();
	});
	const lines = Object.values(connections)
		.flatMap((kinds) => Object.values(kinds))
		.flat()
		.flatMap((targets) => targets ?? []);
	// Unknown nodes have no outputs, hence no lines: whoever looks for them waits in vain.
	if ((await nodesThatLookWrong(page)).length === 0) {
		await waitForCount(page, part('edge'), lines.length);
	}
	await page.locator(part('zoom-to-fit')).click();
	await waitUntilStill(page.locator('.vue-flow__transformationpane'));
}

/** What a person sees at once when a template does not fit the n8n that opens it. */
export async function nodesThatLookWrong(page: Page): Promise<WrongNode[]> {
	await page.waitForFunction(() =>
		[...document.querySelectorAll<HTMLImageElement>('[data-test-id="canvas-node"] img')].every(
			({ complete }) => complete,
		),
	);
	return await page.locator(part('canvas-node')).evaluateAll((nodes) =>
		nodes.flatMap((element): WrongNode[] => {
			const node = element.getAttribute('data-node-name') ?? '';
			if (element.querySelector('[data-test-id="node-not-installed"]')) {
				return [{ node, why: 'not installed' }];
			}
			if (element.querySelector('.n8n-node-icon')?.textContent?.trim() === '?') {
				return [{ node, why: 'unknown type' }];
			}
			const images = [...element.querySelectorAll('img')];
			return images.some(({ naturalWidth }) => naturalWidth === 0)
				? [{ node, why: 'no icon' }]
				: [];
		}),
	);
}

/** Texts of the messages that n8n shows in the corner. */
export async function toastsOf(page: Page): Promise<string[]> {
	return await page.locator('.el-notification').allInnerTexts();
}

/** Clicks Execute workflow below the canvas and answers what n8n says when the run has come to its end. */
export async function executeOnCanvas(page: Page): Promise<string> {
	await page.locator(part('execute-workflow-button')).click();
	const toast = page.locator('.el-notification').first();
	await toast.waitFor({ timeout: 60_000 });
	return await toast.innerText();
}

/** Keeps a picture of the window in test/output and answers its path. */
export async function keepScreenshot(page: Page, name: string): Promise<string> {
	const path = join(outputFolder, `editor-${name.replaceAll('/', '-')}.png`);
	await page.screenshot({ path });
	return path;
}

async function waitForCount(
	page: Page,
	selector: string,
	count: number,
	timeout?: number,
): Promise<void> {
	await page.waitForFunction(
		([wanted, atLeast]) => document.querySelectorAll(String(wanted)).length >= Number(atLeast),
		[selector, count],
		{ timeout },
	);
}

/** The canvas glides to its new place. */
async function waitUntilStill(element: Locator): Promise<void> {
	const looks: string[] = [];
	const isStill = async () => {
		looks.push(await element.evaluate((moving) => getComputedStyle(moving).transform));
		return looks.length > 3 && new Set(looks.slice(-3)).size === 1;
	};
	await until(isStill, { what: 'the canvas to stop moving', everyMs: 100 });
}
