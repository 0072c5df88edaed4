import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';

import { withValues } from '../stack/assignments.mts';
import { until } from '../stack/until.mts';
import { startStack, type Stack } from '../stack/startStack.mts';
import type { WorkflowNode } from '../stack/workflows.mts';

const pictures = join(process.cwd(), 'test', 'output', 'pages');
const PHONE = { width: 360, height: 740 };

/** A company that has imported a template of pages and published it, and a browser that opens them. */
export interface PageStack extends Stack {
	workflowId: string;
	signingKey: string;
	browser: Browser;
	/** What the branch started by hand gives for each person, the address of the template included. */
	links(): Promise<Array<Record<string, string>>>;
	/** Changes the values of Set Defaults, and nodes by name, and publishes. */
	changeDefaults(
		values: Record<string, unknown>,
		nodes?: Record<string, Partial<WorkflowNode>>,
	): Promise<void>;
	/** A browser tab; English unless said otherwise. */
	openTab(locale?: string): Promise<Page>;
	/** Keeps the page under `test/output/pages`. */
	picture(page: Page, name: string): Promise<void>;
}

export async function startPageStack(
	template: 'click-to-call' | 'screen-pop',
	defaults: Record<string, unknown>,
): Promise<PageStack> {
	const stack = await startStack({ zoho: { desk: { edition: 'PROFESSIONAL' } } });
	const { client } = stack;
	const signingKey = 'a key of the tests with 32 characters';
	try {
		const keys = await client.createCredential('callBridgeLinkApi', 'Links', { signingKey });
		const credentials = [...stack.credentials, keys];
		for (const name of ['setup', 'bind-extensions']) {
			const { id } = await client.importTemplate(name, { credentials });
			const { error } = await client.runManually(id);
			if (error) throw new Error(`${name}: ${error.message}`);
		}
		let values = defaults;
		const { id: workflowId } = await client.importTemplate(template, {
			credentials,
			parameters: { 'Set Defaults': withValues(template, 'Set Defaults', values) },
		});
		// Publishing goes on after n8n says that it is done: for a moment the version before would answer.
		const isServed = async (expected: boolean) =>
			await until(
				async () => {
					const { status } = await fetch(`${stack.n8n.url}/webhook/callbridge-${template}`);
					return (status !== 404) === expected;
				},
				{ what: `the pages of ${template} to be ${expected ? 'there' : 'gone'}` },
			);
		await client.publish(workflowId);
		await isServed(true);
		const browser = await chromium.launch({
			executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
			args: ['--no-sandbox'],
		});
		mkdirSync(pictures, { recursive: true });
		return {
			...stack,
			workflowId,
			signingKey,
			browser,
			async links() {
				const execution = await client.runManually(workflowId);
				if (execution.error) throw new Error(execution.error.message);
				return execution.itemsOf<Record<string, string>>('List Links');
			},
			async changeDefaults(changes, nodes = {}) {
				values = { ...values, ...changes };
				await client.updateWorkflow(workflowId, {
					nodes: {
						...nodes,
						'Set Defaults': { parameters: withValues(template, 'Set Defaults', values) },
					},
				});
				await client.unpublish(workflowId);
				await isServed(false);
				await client.publish(workflowId);
				await isServed(true);
			},
			openTab: async (locale = 'en-US') => await browser.newPage({ locale, viewport: PHONE }),
			async picture(page, name) {
				await page.screenshot({
					path: join(pictures, `${template}-${name}.png`),
					fullPage: true,
				});
			},
			async stop() {
				await browser.close();
				await stack.stop();
			},
		};
	} catch (error) {
		await stack.stop();
		throw error;
	}
}
