/** The demo behind `npm start`. Started by test/tools/start.mjs once everything is installed and built. */
import sumBy from 'lodash/sumBy.js';

import { freePort } from '../e2e/stack/freePort.mts';
import { ownerLogin } from '../e2e/stack/owner.mts';
import { startStack, type Stack } from '../e2e/stack/startStack.mts';
import type { SavedWorkflow } from '../e2e/stack/workflows.mts';
import { watchCalls } from './callWatch.mts';
import { addCustomers } from './customers.mts';
import { installTemplates } from './installTemplates.mts';
import { CALLS_HEADER, cellsOfCall, placeSampleCalls } from './placeSampleCalls.mts';
import { printReport } from './report.mts';
import { openWebPage, type WebPage } from './webPage.mts';
import { openWeChat } from './weChat/openWeChat.mts';
import { playConversation } from './weChat/sampleConversation.mts';

const EDITOR_PORT = 5678;
const PAGE_PORT = 5680;

const once = process.argv.includes('--once');
let stack: Stack | undefined;
let page: WebPage | undefined;
let ending: Promise<void> | undefined;

const tell = (progress: string) => console.log(`  ${progress} …`);

async function endEverything(): Promise<void> {
	ending ??= (async () => {
		await page?.close();
		await stack?.stop();
	})();
	await ending;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	process.on(signal, async () => {
		console.log('\nEnding n8n, PBX, CRM, help desk and WeCom …');
		await endEverything();
		process.exit(signal === 'SIGINT' && !once ? 0 : 130);
	});
}

try {
	console.log('Starting');
	stack = await startStack({ tell, n8n: { port: await freePort(EDITOR_PORT) } });
	// The CRM of the demo reaches n8n although both are on this machine.
	stack.zoho.notifications.settings.notifyUrls = 'loopback';
	// A webhook that a busy machine answers late is not lost.
	stack.zoho.desk.settings.webhookTimeoutMs = 60_000;
	addCustomers(stack.zoho);
	const { calls, deskCalls, messages, answers } = await installTemplates(stack, tell);
	const isComplete = calls && deskCalls && messages && answers;
	let totals = { passed: 0, failed: 1 };
	if (isComplete) {
		const watch = watchCalls(stack.client, calls.id);
		const deskWatch = watchCalls(stack.client, deskCalls.id);
		const weChat = await openWeChat(stack, messages);
		console.log('Placing calls, and writing in WeChat meanwhile');
		const [ofCalls, ofWeChat] = await Promise.all([
			placeSampleCalls(stack, watch, deskWatch),
			playConversation(stack, weChat, [messages.id, answers.id]),
		]);
		const reports = [
			printReport(ofCalls, CALLS_HEADER, cellsOfCall),
			printReport(ofWeChat, ['in WeChat', 'ticket', 'what became of it'], (step) => [
				step.ticket,
				step.seen,
			]),
		];
		totals = { passed: sumBy(reports, 'passed'), failed: sumBy(reports, 'failed') };
		console.log(`${totals.passed} passed, ${totals.failed} failed`);
		if (!once) {
			page = await openWebPage(stack, watch, weChat, {
				port: await freePort(PAGE_PORT),
				login: ownerLogin,
			});
			console.log(farewell(stack.n8n.url, page.url, [calls, deskCalls, messages, answers]));
		}
	} else {
		console.log('Without the templates in workflows there is nothing to show.');
		console.log(`${totals.passed} passed, ${totals.failed} failed`);
	}
	if (once || !isComplete) {
		await endEverything();
		process.exit(totals.failed === 0 ? 0 : 1);
	}
} catch (error) {
	console.error(`\n${error instanceof Error ? error.message : String(error)}`);
	if (stack) console.error(`The log of n8n: ${stack.n8n.logFile}`);
	console.log('0 passed, 1 failed');
	await endEverything();
	process.exit(1);
}

function farewell(editor: string, demoPage: string, workflows: SavedWorkflow[]): string {
	const addresses = workflows.map(({ id }) => `${editor}/workflow/${id}`);
	return [
		'',
		`n8n's editor           ${editor}`,
		`                       e-mail ${ownerLogin.email}, password ${ownerLogin.password}`,
		`the main templates     ${addresses.join('\n                       ')}`,
		`call, write and watch  ${demoPage}`,
		'',
		'Everything runs on this machine only, with simulated PBX, CRM, help desk and WeCom, and is forgotten at the end. Ctrl+C ends it.',
	].join('\n');
}
