/**
 * Takes the pictures of the readme anew, from the templates as they are now: npx tsx test/e2e/editor/takePictures.mts
 * It needs what the end-to-end tests need: a built package (npm run build) and Chromium.
 */
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';

import { openEditor } from '../stack/browser.mts';
import { zohoFields } from '../stack/connectVendors.mts';
import { startStack } from '../stack/startStack.mts';
import { executeOnCanvas, showWorkflow } from './canvas.mts';
import { openNodePanel } from './nodePanel.mts';

const picturesFolder = join(process.cwd(), '.github', 'images');
const TEMPLATE = 'calls-to-zoho-crm';
const DESK_TEMPLATE = 'calls-to-zoho-desk';
const SYNC_TEMPLATE = 'sync-crm-contacts';
const WECHAT_TEMPLATE = 'wecom-to-zoho-desk';
const CANVAS_MARGIN = 32;

interface Box {
	x: number;
	y: number;
	width: number;
	height: number;
}

const stack = await startStack({ tell: console.log });
try {
	mkdirSync(picturesFolder, { recursive: true });
	const { client, n8n, zoho } = stack;
	const zohoCredential = await client.createConnectedCredential(
		'callBridgeZohoOAuth2Api',
		'Zoho account in the pictures',
		// Links to records as people know them, although the CRM behind them is the simulated one.
		{ ...zohoFields(zoho), crmUrl: 'https://crm.zoho.eu' },
		zoho.issueToken(),
	);
	const credentials = [...stack.credentials, zohoCredential];
	for (const name of ['setup', 'bind-extensions']) {
		const { id } = await client.importTemplate(name, { credentials });
		await client.runManually(id);
	}
	zoho.insert('Contacts', { First_Name: 'Wei', Last_Name: 'Li', Phone: '0755-2660 1234' });
	const workflow = await client.importTemplate(TEMPLATE, { credentials });
	const editor = await openEditor(n8n.url);
	const { page } = editor;
	try {
		await page.setViewportSize({ width: 2400, height: 1350 });
		for (const [name, opened] of [
			[SYNC_TEMPLATE, await client.importTemplate(SYNC_TEMPLATE, { credentials })],
			[DESK_TEMPLATE, await client.importTemplate(DESK_TEMPLATE, { credentials })],
			[WECHAT_TEMPLATE, await client.importTemplate(WECHAT_TEMPLATE, { credentials })],
			[TEMPLATE, workflow],
		] as const) {
			await showWorkflow(editor, n8n.url, opened);
			await hideControls(page);
			await take(page, name, await boxAround(page.locator('.vue-flow__node')));
			await page.reload();
		}
		await page.setViewportSize({ width: 1600, height: 1680 });
		await showWorkflow(editor, n8n.url, workflow);
		await executeOnCanvas(page);
		const panel = await openNodePanel(page, 'Apply Call Rules');
		await hideControls(page);
		await widenSettings(page, panel);
		const output = panel.locator('[data-test-id="output-panel"]');
		await output.locator('[data-test-id="radio-button-json"]').click();
		// The decision stands at the end of the item.
		await output.locator('[data-test-id="ndv-data-container"]').hover();
		await page.mouse.wheel(0, 10_000);
		await output.getByText('decision', { exact: false }).first().waitFor();
		await page.mouse.move(2, 2);
		await take(page, 'call-rules', await settingsAndOutput(panel));
	} finally {
		await editor.close();
	}
} finally {
	await stack.stop();
}

/** Everything that lies over the canvas or the panel and is no part of the workflow. */
async function hideControls(page: Page): Promise<void> {
	await page.mouse.move(2, 2);
	await page.addStyleTag({
		content: `[data-test-id="canvas-controls"], [data-test-id="canvas-minimap"], [data-test-id="canvas-node-toolbar"],
			[data-test-id="execute-workflow-button"], [data-test-id="floating-nodes"],
			[data-test-id="panel-drag-button"], .el-notification { visibility: hidden !important }`,
	});
}

async function boxAround(elements: Locator): Promise<Box> {
	const boxes = await elements.evaluateAll((all) =>
		all.map((element) => {
			const { left, top, right, bottom } = element.getBoundingClientRect();
			return { left, top, right, bottom };
		}),
	);
	const x = Math.min(...boxes.map(({ left }) => left)) - CANVAS_MARGIN;
	const y = Math.min(...boxes.map(({ top }) => top)) - CANVAS_MARGIN;
	return {
		x,
		y,
		width: Math.max(...boxes.map(({ right }) => right)) + CANVAS_MARGIN - x,
		height: Math.max(...boxes.map(({ bottom }) => bottom)) + CANVAS_MARGIN - y,
	};
}

/** As wide as the longest title of a setting needs. */
async function widenSettings(page: Page, panel: Locator): Promise<void> {
	const edge = await panel.locator('[class*="_resizer_"][class*="_right_"]').boundingBox();
	if (!edge) throw new Error('The settings of the node cannot be made wider');
	const x = edge.x + edge.width / 2;
	await page.mouse.move(x, edge.y + edge.height / 2);
	await page.mouse.down();
	await page.mouse.move(x + 100, edge.y + edge.height / 2, { steps: 5 });
	await page.mouse.up();
}

async function settingsAndOutput(panel: Locator): Promise<Box> {
	const settings = await panel.locator('[class*="_resize_"][class*="_column_"]').boundingBox();
	const whole = await panel.boundingBox();
	if (!settings || !whole) throw new Error('The panel of the node is not there');
	const { x, y, height } = settings;
	return { x, y, width: whole.x + whole.width - x, height };
}

async function take(page: Page, name: string, clip: Box): Promise<void> {
	const path = join(picturesFolder, `${name}.png`);
	await page.screenshot({ path, clip, animations: 'disabled' });
	console.log(`${path}: ${Math.round(statSync(path).size / 1024)} kB`);
}
