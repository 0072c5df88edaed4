import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express from 'express';

import type { Stack } from '../e2e/stack/startStack.mts';
import type { CallWatch } from './callWatch.mts';
import { LEDGER } from './checkOutcome.mts';
import { customers, unknownNumber } from './customers.mts';
import { readCallOrder } from './callOrder.mts';
import { changeCustomer } from './customerChange.mts';
import { recordingLogin } from './installTemplates.mts';
import { phonebookViews } from './phonebookView.mts';
import { MESSAGES } from './weChat/conversations.mts';
import { conversationViews } from './weChat/conversationView.mts';
import { channel, type WeChat } from './weChat/openWeChat.mts';
import { weChatRoutes } from './weChat/weChatRoutes.mts';

const CRM_MODULES = ['Contacts', 'Leads', 'Accounts', 'Calls', 'Tasks'];
const DESK_MODULES = ['tickets', 'contacts', 'accounts', 'calls'] as const;

export interface WebPage {
	url: string;
	close(): Promise<void>;
}

/** A page on which to place calls, to write in WeChat and to answer, to change customers, and to watch n8n, CRM, help
 * desk, PBX and ledger. On 127.0.0.1 only. */
export async function openWebPage(
	stack: Stack,
	watch: CallWatch,
	weChat: WeChat,
	{ port, login }: { port: number; login: { email: string; password: string } },
): Promise<WebPage> {
	const app = express();
	app.disable('x-powered-by');
	app.use('/weChat', weChatRoutes(stack, weChat));
	app.use(express.json());

	app.get('/', (_request, response) => {
		response.type('html').send(readFileSync(join(process.cwd(), 'test/demo/page.html'), 'utf8'));
	});
	app.get('/about', (_request, response) => {
		response.json({
			editor: stack.n8n.url,
			login,
			recordingLogin,
			customers,
			unknownNumber,
			extensions: stack.pbx.company.extensions,
			queues: stack.pbx.company.queues,
			channel,
		});
	});
	app.get('/state', async (_request, response) => {
		const names = await stack.client.tableNames();
		response.json({
			outcomes: await watch.outcomes(),
			crm: Object.fromEntries(CRM_MODULES.map((module) => [module, stack.zoho.records(module)])),
			desk: {
				...Object.fromEntries(
					DESK_MODULES.map((module) => [module, stack.zoho.desk.records(module)]),
				),
				agents: stack.zoho.desk.agents,
			},
			pbx: {
				sockets: stack.pbx.sockets.length,
				tokens: stack.pbx.tokens,
				frames: stack.pbx.frames,
				cdrRows: stack.pbx.cdr.length,
				phonebooks: phonebookViews(stack.pbx),
			},
			weChat: await conversationViews(stack, weChat),
			messages: await stack.client.readRows(MESSAGES),
			ledger: names.includes(LEDGER) ? await stack.client.readRows(LEDGER) : [],
		});
	});
	app.post('/calls', async (request, response) => {
		const order = readCallOrder(request.body, stack.pbx.company);
		if ('problem' in order) {
			response.status(400).json(order);
			return;
		}
		const { callId } = await stack.pbx.place(order.scenario);
		response.json({ callId });
	});
	app.post('/customers', (request, response) => {
		const changed = changeCustomer(request.body, stack.zoho);
		response.status('problem' in changed ? 400 : 200).json(changed);
	});

	const server = createServer(app);
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}
